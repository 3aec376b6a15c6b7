package io.gossip.protocol.probe;

/**
 * The pauses that members have announced, and until when each lasts. One that is over
 * makes room for another.
 */
public final class AnnouncedPauses {

	/** How many pauses are kept at a time. */
	public static final int PAUSES_MAX = 64;

	private static final int NONE = -1;

	private final long[] ids = new long[PAUSES_MAX];

	private final int[] incarnations = new int[PAUSES_MAX];

	private final int[] instances = new int[PAUSES_MAX];

	private final int[] numbers = new int[PAUSES_MAX];

	private final long[] endNanos = new long[PAUSES_MAX];

	private int size;

	/** What becomes of an announcement. */
	public enum Verdict {

		/** It is kept. */
		NEW,

		/** It was known, or a later one is. */
		KNOWN,

		/** There is no room for it. */
		FULL

	}

	/**
	 * Takes an announcement.
	 * @param nowNanos the time
	 * @param id the member that pauses
	 * @param incarnation the incarnation that it has announced it in
	 * @param instance the start that has announced it
	 * @param number the number of the announcement within that start
	 * @param end when the pause is over
	 * @return what becomes of it
	 */
	public Verdict announce(long nowNanos, long id, int incarnation, int instance, int number, long end) {
		int place = find(id);
		if (place != NONE && this.instances[place] == instance && this.numbers[place] >= number) {
			return Verdict.KNOWN;
		}
		if (place == NONE) {
			place = freePlace(nowNanos);
		}
		if (place == PAUSES_MAX) {
			return Verdict.FULL;
		}
		this.size = Math.max(this.size, place + 1);
		this.ids[place] = id;
		this.incarnations[place] = incarnation;
		this.instances[place] = instance;
		this.numbers[place] = number;
		this.endNanos[place] = end;
		return Verdict.NEW;
	}

	/** Whether a member has announced a pause in its present incarnation. */
	public boolean isAnnounced(long id, int incarnation, int instance) {
		int place = find(id);
		return place != NONE && this.incarnations[place] == incarnation && this.instances[place] == instance;
	}

	/** When the pause of a member is over that has announced one. */
	public long endNanos(long id) {
		return this.endNanos[find(id)];
	}

	/** The number of the announcement of a member that has made one. */
	public int number(long id) {
		return this.numbers[find(id)];
	}

	private int find(long id) {
		for (int place = 0; place < this.size; place++) {
			if (this.ids[place] == id) {
				return place;
			}
		}
		return NONE;
	}

	private int freePlace(long nowNanos) {
		for (int place = 0; place < this.size; place++) {
			if (this.endNanos[place] - nowNanos <= 0) {
				return place;
			}
		}
		return this.size;
	}

}
