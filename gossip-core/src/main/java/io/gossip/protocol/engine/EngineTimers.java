package io.gossip.protocol.engine;

import org.jspecify.annotations.Nullable;

/** One deadline for each {@link EngineTimer}. */
final class EngineTimers {

	private static final EngineTimer[] TIMERS = EngineTimer.values();

	private final long[] deadlines = new long[TIMERS.length];

	/** One bit a timer that is armed. */
	private int armed;

	void arm(EngineTimer timer, long deadlineNanos) {
		this.deadlines[timer.ordinal()] = deadlineNanos;
		this.armed |= 1 << timer.ordinal();
	}

	/** Arms a timer unless it is armed for an earlier time. */
	void armBy(EngineTimer timer, long deadlineNanos) {
		if (!isArmed(timer) || deadlineNanos - this.deadlines[timer.ordinal()] < 0) {
			arm(timer, deadlineNanos);
		}
	}

	void disarm(EngineTimer timer) {
		this.armed &= ~(1 << timer.ordinal());
	}

	void disarmAll() {
		this.armed = 0;
	}

	boolean isArmed(EngineTimer timer) {
		return (this.armed & (1 << timer.ordinal())) != 0;
	}

	/** The earliest deadline, {@link GossipEngine#NO_DEADLINE} if none is armed. */
	long nextDeadline() {
		int first = first();
		return (first < 0) ? GossipEngine.NO_DEADLINE : this.deadlines[first];
	}

	/** Disarms and gives the earliest timer that is due, null if none is. */
	@Nullable EngineTimer takeDue(long nowNanos) {
		int first = first();
		if (first < 0 || this.deadlines[first] - nowNanos > 0) {
			return null;
		}
		this.armed &= ~(1 << first);
		return TIMERS[first];
	}

	private int first() {
		int first = -1;
		for (int rest = this.armed; rest != 0; rest &= rest - 1) {
			int timer = Integer.numberOfTrailingZeros(rest);
			if (first < 0 || this.deadlines[timer] - this.deadlines[first] < 0) {
				first = timer;
			}
		}
		return first;
	}

}
