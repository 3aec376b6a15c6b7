package io.gossip.protocol.probe;

/**
 * The bound on what one accuser may accuse: a token bucket for each, so that one sick
 * node cannot bring hundreds under suspicion. A healthy prober accuses at most one member
 * an interval and a few that others accuse. Two accusers that fall on one place of the
 * fixed table only reset each other's count.
 */
public final class AccuserLimit {

	/** How many members one accuser may accuse at once. */
	static final int BURST = 16;

	/** How long an accuser takes to earn another accusation. */
	static final int EARN_MILLIS = 500;

	private static final int PLACES = 256;

	private final long[] accusers = new long[PLACES];

	private final byte[] tokens = new byte[PLACES];

	private final int[] lastMillis = new int[PLACES];

	/**
	 * Whether an accusation is within the bound; if so, it counts.
	 * @param nowMillis the time of this node, which may wrap
	 */
	public boolean tryAccuse(int nowMillis, long accuser) {
		int place = (int) ((accuser ^ (accuser >>> 32)) & (PLACES - 1));
		if (this.accusers[place] != accuser) {
			this.accusers[place] = accuser;
			this.tokens[place] = BURST;
			this.lastMillis[place] = nowMillis;
		}
		// Unsigned: after 24 idle days the difference is a negative number.
		int earned = Integer.divideUnsigned(nowMillis - this.lastMillis[place], EARN_MILLIS);
		if (earned > 0) {
			this.tokens[place] = (byte) Math.min(this.tokens[place] + Math.min(earned, BURST), BURST);
			this.lastMillis[place] += earned * EARN_MILLIS;
		}
		if (this.tokens[place] == 0) {
			return false;
		}
		this.tokens[place]--;
		return true;
	}

}
