package io.gossip.protocol.rumor;

import java.util.Arrays;

/**
 * The news that waits to be sent. A rumor names a member and what to tell of it; the
 * bytes are made from the table when it is sent, so that nobody spreads what has changed
 * since. The order is: urgent before ordinary, then least sent first, then oldest first.
 * A rumor is dropped when it has been sent often enough.
 *
 * <p>
 * A member has at most one rumor of its content, and one of its state for each accuser.
 */
public final class RumorQueue {

	private static final int NONE = -1;

	/** After so many rumors in a row that do not fit, the packet counts as full. */
	private static final int MISFITS_MAX = 4;

	private static final RumorKind[] KINDS = RumorKind.values();

	private final int capacity;

	private final int sendsMax;

	/** First and last rumor by (priority, sends). */
	private final int[] heads;

	private final int[] tails;

	private int[] slots = new int[8];

	private byte[] kinds = new byte[8];

	private byte[] urgent = new byte[8];

	private byte[] sends = new byte[8];

	private long[] accusers = new long[8];

	private long[] bornNanos = new long[8];

	private int[] previous = new int[8];

	private int[] next = new int[8];

	/** The next rumor of the same member, by rumor. */
	private int[] nextOfSlot = new int[8];

	/** The first rumor of a member plus one, by slot. */
	private int[] firstOfSlot = new int[8];

	private int[] picked = new int[8];

	private int free = NONE;

	private int used;

	private int size;

	private int freshLeft;

	/**
	 * An empty queue.
	 * @param capacity how many rumors may wait
	 * @param sendsMax how often a rumor may be sent, 1 to 64
	 */
	public RumorQueue(int capacity, int sendsMax) {
		this.capacity = capacity;
		this.sendsMax = sendsMax;
		this.heads = new int[2 * (sendsMax + 1)];
		this.tails = new int[2 * (sendsMax + 1)];
		Arrays.fill(this.heads, NONE);
		Arrays.fill(this.tails, NONE);
	}

	/**
	 * Adds a rumor; one that says the same starts anew. Where there is no room, an urgent
	 * one takes the place of the ordinary one that was sent most.
	 * @param slot the member that it is about
	 * @param kind what it carries
	 * @param accuser who accused the member, zero if nobody
	 * @param isUrgent whether it goes before all ordinary ones
	 * @param born when the news was made
	 * @return whether there was room; if not, a rumor is lost
	 */
	public boolean offer(int slot, RumorKind kind, long accuser, boolean isUrgent, long born) {
		int rumor = find(slot, kind, accuser);
		boolean hasRoom = rumor != NONE || this.size < this.capacity;
		if (rumor == NONE) {
			if (!hasRoom && !(isUrgent && dropMostSent())) {
				return false;
			}
			rumor = take();
			this.slots[rumor] = slot;
			this.kinds[rumor] = (byte) kind.ordinal();
			this.accusers[rumor] = accuser;
			chain(rumor);
		}
		else {
			unlink(rumor);
		}
		this.urgent[rumor] = (byte) (isUrgent ? 1 : 0);
		this.sends[rumor] = 0;
		this.bornNanos[rumor] = born;
		link(rumor);
		return hasRoom;
	}

	private boolean dropMostSent() {
		for (int list = this.heads.length - 1; list > this.sendsMax; list--) {
			if (this.heads[list] != NONE) {
				drop(this.heads[list]);
				return true;
			}
		}
		return false;
	}

	/** Drops what waits to be told of the state of a member. */
	public void retractLiveness(int slot) {
		int rumor = firstOf(slot);
		while (rumor != NONE) {
			int following = this.nextOfSlot[rumor];
			if (this.kinds[rumor] == RumorKind.LIVENESS.ordinal()) {
				drop(rumor);
			}
			rumor = following;
		}
	}

	/** Drops all that waits to be told of a member. */
	public void retract(int slot) {
		while (firstOf(slot) != NONE) {
			drop(firstOf(slot));
		}
	}

	/**
	 * Offers rumors to a packet until it is full; those that were written count as sent.
	 * @param sink the packet
	 * @param sendsLimit how often a rumor is sent at most, in a cluster of this size
	 * @return how many were written
	 */
	public int drainTo(RumorSink sink, int sendsLimit) {
		int count = pick(sink, this.heads.length, 1);
		markSent(count, 1, sendsLimit);
		return count;
	}

	/**
	 * Offers the rumors that nobody was told yet to a packet until it is full.
	 * @param sink the packet
	 * @param receivers how many members the packet goes to
	 * @param sendsLimit how often a rumor is sent at most, in a cluster of this size
	 * @return how many were written
	 */
	public int drainFreshTo(RumorSink sink, int receivers, int sendsLimit) {
		int count = pick(sink, this.heads.length, this.sendsMax + 1);
		markSent(count, receivers, sendsLimit);
		return count;
	}

	/** Writes rumors of every so many lists, and remembers which. */
	private int pick(RumorSink sink, int lists, int step) {
		int count = 0;
		int misfits = 0;
		for (int list = 0; list < lists && misfits < MISFITS_MAX; list += step) {
			for (int rumor = this.heads[list]; rumor != NONE && misfits < MISFITS_MAX; rumor = this.next[rumor]) {
				RumorSink.Verdict verdict = sink.accept(this.slots[rumor], KINDS[this.kinds[rumor]],
						this.accusers[rumor], this.bornNanos[rumor]);
				if (verdict == RumorSink.Verdict.WRITTEN) {
					if (count == this.picked.length) {
						this.picked = Arrays.copyOf(this.picked, count * 2);
					}
					this.picked[count++] = rumor;
				}
				else if (verdict == RumorSink.Verdict.FULL) {
					misfits++;
				}
			}
		}
		return count;
	}

	private void markSent(int count, int times, int sendsLimit) {
		int limit = Math.min(sendsLimit, this.sendsMax);
		for (int i = 0; i < count; i++) {
			int rumor = this.picked[i];
			unlink(rumor);
			if (this.sends[rumor] + times >= limit) {
				unchain(rumor);
				release(rumor);
			}
			else {
				this.sends[rumor] += (byte) times;
				link(rumor);
			}
		}
	}

	/** Drops everything. */
	public void clear() {
		for (int list = 0; list < this.heads.length; list++) {
			while (this.heads[list] != NONE) {
				drop(this.heads[list]);
			}
		}
	}

	/** How many rumors wait. */
	public int size() {
		return this.size;
	}

	/** How many rumors wait that nobody was told yet. */
	public int fresh() {
		return this.freshLeft;
	}

	private void drop(int rumor) {
		unlink(rumor);
		unchain(rumor);
		release(rumor);
	}

	private int find(int slot, RumorKind kind, long accuser) {
		for (int rumor = firstOf(slot); rumor != NONE; rumor = this.nextOfSlot[rumor]) {
			if (this.kinds[rumor] == kind.ordinal() && (kind == RumorKind.RECORD || this.accusers[rumor] == accuser)) {
				return rumor;
			}
		}
		return NONE;
	}

	private int firstOf(int slot) {
		return (slot < this.firstOfSlot.length) ? this.firstOfSlot[slot] - 1 : NONE;
	}

	private void chain(int rumor) {
		int slot = this.slots[rumor];
		if (slot >= this.firstOfSlot.length) {
			this.firstOfSlot = Arrays.copyOf(this.firstOfSlot, Math.max(slot + 1, this.firstOfSlot.length * 2));
		}
		this.nextOfSlot[rumor] = this.firstOfSlot[slot] - 1;
		this.firstOfSlot[slot] = rumor + 1;
	}

	private void unchain(int rumor) {
		int slot = this.slots[rumor];
		if (firstOf(slot) == rumor) {
			this.firstOfSlot[slot] = this.nextOfSlot[rumor] + 1;
			return;
		}
		int before = firstOf(slot);
		while (this.nextOfSlot[before] != rumor) {
			before = this.nextOfSlot[before];
		}
		this.nextOfSlot[before] = this.nextOfSlot[rumor];
	}

	private int listOf(int rumor) {
		return ((this.urgent[rumor] != 0) ? 0 : this.sendsMax + 1) + this.sends[rumor];
	}

	private void link(int rumor) {
		int list = listOf(rumor);
		this.previous[rumor] = this.tails[list];
		this.next[rumor] = NONE;
		if (this.tails[list] == NONE) {
			this.heads[list] = rumor;
		}
		else {
			this.next[this.tails[list]] = rumor;
		}
		this.tails[list] = rumor;
		this.freshLeft += (this.sends[rumor] == 0) ? 1 : 0;
	}

	private void unlink(int rumor) {
		int list = listOf(rumor);
		int before = this.previous[rumor];
		int after = this.next[rumor];
		if (before == NONE) {
			this.heads[list] = after;
		}
		else {
			this.next[before] = after;
		}
		if (after == NONE) {
			this.tails[list] = before;
		}
		else {
			this.previous[after] = before;
		}
		this.freshLeft -= (this.sends[rumor] == 0) ? 1 : 0;
	}

	private int take() {
		this.size++;
		if (this.free != NONE) {
			int rumor = this.free;
			this.free = this.next[rumor];
			return rumor;
		}
		if (this.used == this.slots.length) {
			int wanted = this.used * 2;
			this.slots = Arrays.copyOf(this.slots, wanted);
			this.kinds = Arrays.copyOf(this.kinds, wanted);
			this.urgent = Arrays.copyOf(this.urgent, wanted);
			this.sends = Arrays.copyOf(this.sends, wanted);
			this.accusers = Arrays.copyOf(this.accusers, wanted);
			this.bornNanos = Arrays.copyOf(this.bornNanos, wanted);
			this.previous = Arrays.copyOf(this.previous, wanted);
			this.next = Arrays.copyOf(this.next, wanted);
			this.nextOfSlot = Arrays.copyOf(this.nextOfSlot, wanted);
		}
		return this.used++;
	}

	private void release(int rumor) {
		this.size--;
		this.next[rumor] = this.free;
		this.free = rumor;
	}

}
