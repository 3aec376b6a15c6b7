package io.gossip.protocol.probe;

/**
 * The detector of local stalls. A node that runs much later than it asked to be woken has
 * stood still (a long collection of garbage, a suspended machine), and what it has missed
 * meanwhile proves nothing about others.
 */
public final class PauseGuard {

	private final long thresholdNanos;

	/**
	 * A guard.
	 * @param thresholdNanos how late is too late
	 */
	public PauseGuard(long thresholdNanos) {
		this.thresholdNanos = thresholdNanos;
	}

	/**
	 * How long this node has stood still.
	 * @param nowNanos the time
	 * @param deadlineNanos when it was to be woken
	 * @return nanoseconds, zero if it is not late enough to matter
	 */
	public long stallNanos(long nowNanos, long deadlineNanos) {
		long late = nowNanos - deadlineNanos;
		return (late > this.thresholdNanos) ? late : 0;
	}

}
