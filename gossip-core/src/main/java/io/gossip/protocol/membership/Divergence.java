package io.gossip.protocol.membership;

/**
 * The share of received view hashes that matched none of ours. A hash is compared with
 * those that we had within five seconds before and after it came, because news travels:
 * what differs for that long is a difference, not a delay.
 */
public final class Divergence {

	private static final long WINDOW_NANOS = 5_000_000_000L;

	private static final int SAMPLES = 128;

	private static final int OWN = 16;

	private static final byte EMPTY = 0;

	private static final byte PENDING = 1;

	private static final byte MATCHED = 2;

	private static final byte DIVERGENT = 3;

	private final long[] hashes = new long[SAMPLES];

	private final long[] senders = new long[SAMPLES];

	private final long[] times = new long[SAMPLES];

	private final byte[] verdicts = new byte[SAMPLES];

	private final long[] ownHashes = new long[OWN];

	private final long[] ownUntil = new long[OWN];

	private int next;

	private int oldestPending;

	private int ownNext;

	private int known;

	private int divergent;

	private int revision;

	private boolean differs;

	private long differsSince;

	private long staysNanos;

	/**
	 * Our view hash has changed.
	 * @param before the hash until now
	 * @param after the hash from now on
	 */
	public void onOwnHash(long nowNanos, long before, long after) {
		this.ownHashes[this.ownNext] = before;
		this.ownUntil[this.ownNext] = nowNanos;
		this.ownNext = (this.ownNext + 1) % OWN;
		for (int i = this.oldestPending; i != this.next; i = (i + 1) % SAMPLES) {
			if (this.verdicts[i] == PENDING && this.hashes[i] == after && nowNanos - this.times[i] <= WINDOW_NANOS) {
				judge(i, MATCHED);
			}
		}
	}

	/**
	 * A hash was received.
	 * @param sender whose it is
	 * @param own our hash now
	 * @return whether it matches one of ours of the last seconds
	 */
	public boolean onReceived(long nowNanos, long sender, long hash, long own) {
		settle(nowNanos);
		int at = this.next;
		if (this.verdicts[at] == PENDING) {
			judge(at, DIVERGENT);
		}
		forget(at);
		this.hashes[at] = hash;
		this.senders[at] = sender;
		this.times[at] = nowNanos;
		this.verdicts[at] = PENDING;
		this.next = (at + 1) % SAMPLES;
		if (this.oldestPending == this.next) {
			this.oldestPending = (this.oldestPending + 1) % SAMPLES;
		}
		boolean matches = hash == own || wasOurs(nowNanos, hash);
		if (matches) {
			judge(at, MATCHED);
			this.differs = false;
		}
		else if (!this.differs) {
			this.differs = true;
			this.differsSince = nowNanos;
		}
		this.staysNanos = matches ? 0 : nowNanos - firstSeenNanos(at, hash);
		return matches;
	}

	/**
	 * How long the received hashes have differed without one that matched, or how long
	 * the last one is known and has not become ours if that is longer: where half of the
	 * members miss the same, every other hash matches.
	 * @return nanoseconds, zero if the last one matched
	 */
	public long differsForNanos(long nowNanos) {
		return this.differs ? Math.max(nowNanos - this.differsSince, this.staysNanos) : 0;
	}

	/** The share of hashes that matched none of ours, 0 to 1. */
	public double share() {
		return (this.known == 0) ? 0 : (double) this.divergent / this.known;
	}

	/** Another number whenever other hashes are among those that matched none of ours. */
	public int revision() {
		return this.revision;
	}

	/** How many members sent the hashes that matched none of ours. */
	public int peers() {
		int count = 0;
		for (int i = 0; i < SAMPLES && this.divergent > 0; i++) {
			count += (this.verdicts[i] == DIVERGENT && isFirstOfSender(i)) ? 1 : 0;
		}
		return count;
	}

	private boolean isFirstOfSender(int at) {
		for (int i = 0; i < at; i++) {
			if (this.verdicts[i] == DIVERGENT && this.senders[i] == this.senders[at]) {
				return false;
			}
		}
		return true;
	}

	private long firstSeenNanos(int at, long hash) {
		long first = this.times[at];
		for (int i = 0; i < SAMPLES; i++) {
			if (this.hashes[i] == hash && (this.verdicts[i] == PENDING || this.verdicts[i] == DIVERGENT)
					&& this.times[i] - first < 0) {
				first = this.times[i];
			}
		}
		return first;
	}

	private boolean wasOurs(long nowNanos, long hash) {
		for (int i = 0; i < OWN; i++) {
			if (this.ownHashes[i] == hash && this.ownUntil[i] != 0 && nowNanos - this.ownUntil[i] <= WINDOW_NANOS) {
				return true;
			}
		}
		return false;
	}

	/** Judges the hashes that nothing matched in time. */
	private void settle(long nowNanos) {
		while (this.oldestPending != this.next && (this.verdicts[this.oldestPending] != PENDING
				|| nowNanos - this.times[this.oldestPending] > WINDOW_NANOS)) {
			if (this.verdicts[this.oldestPending] == PENDING) {
				judge(this.oldestPending, DIVERGENT);
			}
			this.oldestPending = (this.oldestPending + 1) % SAMPLES;
		}
	}

	private void judge(int at, byte verdict) {
		this.verdicts[at] = verdict;
		this.known++;
		countDivergent(verdict, 1);
	}

	private void forget(int at) {
		if (this.verdicts[at] != EMPTY) {
			this.known--;
			countDivergent(this.verdicts[at], -1);
			this.verdicts[at] = EMPTY;
		}
	}

	private void countDivergent(byte verdict, int change) {
		if (verdict == DIVERGENT) {
			this.divergent += change;
			this.revision++;
		}
	}

}
