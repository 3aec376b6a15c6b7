package io.gossip.simulator;

/**
 * The monotonic clock of one process. It starts anywhere, as {@code System.nanoTime()}
 * does, and may run a little fast or slow. Integer arithmetic only, so that all JDKs
 * agree.
 */
final class NodeClock {

	private static final long BILLION = 1_000_000_000L;

	private long worldAnchor;

	private long localAnchor;

	/** How many nanoseconds this clock gains in a second. */
	private long gainPerBillion;

	NodeClock(long worldNanos, long localNanos) {
		this.worldAnchor = worldNanos;
		this.localAnchor = localNanos;
	}

	/** Changes the rate from now on; the reading does not jump. */
	void gain(long worldNanos, long gainPerBillion) {
		this.localAnchor = localNanos(worldNanos);
		this.worldAnchor = worldNanos;
		this.gainPerBillion = gainPerBillion;
	}

	long localNanos(long worldNanos) {
		long elapsed = worldNanos - this.worldAnchor;
		return this.localAnchor + elapsed + scaled(elapsed, this.gainPerBillion);
	}

	/**
	 * When this clock shows a time, or a little earlier, but never before {@code now}.
	 */
	long worldNanos(long localNanos, long nowWorldNanos) {
		long ahead = localNanos - localNanos(nowWorldNanos);
		if (ahead <= 0) {
			return nowWorldNanos;
		}
		if (this.gainPerBillion == 0) {
			return nowWorldNanos + ahead;
		}
		return nowWorldNanos + Math.max(1, (long) ((double) ahead * BILLION / (BILLION + this.gainPerBillion)));
	}

	private static long scaled(long elapsed, long perBillion) {
		if (perBillion == 0) {
			return 0;
		}
		return elapsed / BILLION * perBillion + elapsed % BILLION * perBillion / BILLION;
	}

}
