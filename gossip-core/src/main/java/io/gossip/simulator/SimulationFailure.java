package io.gossip.simulator;

import org.jspecify.annotations.Nullable;

/**
 * A rule that did not hold in a world. The message says where, when, and how to see it
 * again.
 */
public final class SimulationFailure extends AssertionError {

	private static final long serialVersionUID = 1L;

	SimulationFailure(SimulationSettings settings, long nowNanos, String violation, @Nullable Throwable cause) {
		super("scenario " + settings.scenario() + ", seed " + settings.seed() + ", at " + Durations.seconds(nowNanos)
				+ ": " + violation + ((settings.command().isEmpty()) ? "" : "\nreproduce: " + settings.command()),
				cause);
	}

}
