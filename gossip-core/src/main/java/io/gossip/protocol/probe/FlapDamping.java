package io.gossip.protocol.probe;

/**
 * The memory of members that were declared dead and came back, the same process each
 * time: each return doubles the time that the member is given when it is suspected again,
 * up to eight times, and one return is forgotten every two minutes. So a process that
 * stalls again and again is soon waited for, instead of dying and rising all the time.
 *
 * <p>
 * The idea is route flap damping (RFC 2439), turned round: what grows is patience.
 */
public final class FlapDamping {

	/**
	 * How many members are remembered; beyond, the one that returned longest ago goes.
	 */
	static final int MEMBERS_MAX = 128;

	static final int FORGET_MILLIS = 120_000;

	private static final int RETURNS_MAX = 3;

	private final long[] ids = new long[MEMBERS_MAX];

	private final byte[] returns = new byte[MEMBERS_MAX];

	private final int[] lastMillis = new int[MEMBERS_MAX];

	private int count;

	/**
	 * A member that was declared dead has come back, without having been started anew.
	 * @param nowMillis the time of this node, which may wrap
	 * @return whether there was room; if not, another one is forgotten for it
	 */
	public boolean onReturn(int nowMillis, long id) {
		int place = find(id);
		boolean hasRoom = place >= 0 || this.count < MEMBERS_MAX;
		if (place < 0) {
			place = (this.count < MEMBERS_MAX) ? this.count++ : oldest(nowMillis);
			this.ids[place] = id;
			this.returns[place] = 0;
		}
		else {
			this.returns[place] = (byte) remembered(nowMillis, place);
		}
		this.returns[place] = (byte) Math.min(this.returns[place] + 1, RETURNS_MAX);
		this.lastMillis[place] = nowMillis;
		return hasRoom;
	}

	/**
	 * How many times the usual suspicion a member is given: 1, 2, 4 or 8.
	 * @param nowMillis the time of this node, which may wrap
	 */
	public int factor(int nowMillis, long id) {
		int place = find(id);
		return (place < 0) ? 1 : 1 << remembered(nowMillis, place);
	}

	private int remembered(int nowMillis, int place) {
		// Unsigned: after 24 days without a return the difference is a negative number.
		int forgotten = Integer.divideUnsigned(nowMillis - this.lastMillis[place], FORGET_MILLIS);
		return Math.max(this.returns[place] - forgotten, 0);
	}

	private int find(long id) {
		for (int place = 0; place < this.count; place++) {
			if (this.ids[place] == id) {
				return place;
			}
		}
		return -1;
	}

	private int oldest(int nowMillis) {
		int oldest = 0;
		for (int place = 1; place < this.count; place++) {
			if (nowMillis - this.lastMillis[place] > nowMillis - this.lastMillis[oldest]) {
				oldest = place;
			}
		}
		return oldest;
	}

}
