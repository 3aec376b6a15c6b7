package io.gossip.simulator;

import org.jspecify.annotations.Nullable;

/** The check that a node does not run its timers for ever at one instant. */
final class LivelockGuard {

	private static final int TIMER_STEPS_MAX = 10_000;

	private long instantNanos = -1;

	private int node;

	private int steps;

	/**
	 * Counts a timer step.
	 * @return what is wrong, null if nothing is
	 */
	@Nullable String onTimerStep(long nowNanos, SimulatedNode stepped) {
		if (this.instantNanos != nowNanos || this.node != stepped.index()) {
			this.instantNanos = nowNanos;
			this.node = stepped.index();
			this.steps = 0;
		}
		return (++this.steps > TIMER_STEPS_MAX)
				? stepped.name() + " made " + TIMER_STEPS_MAX + " timer steps at one instant" : null;
	}

}
