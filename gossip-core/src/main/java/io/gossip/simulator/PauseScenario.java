package io.gossip.simulator;

import java.time.Duration;

/** Processes stand still for at most the pause that the settings tolerate. */
final class PauseScenario extends IncidentScenario {

	private static final Duration PAUSE_MIN = Duration.ofMillis(100);

	@Override
	public String name() {
		return "pause";
	}

	@Override
	public String summary() {
		return "processes stand still for up to the tolerated pause: nobody may be declared dead";
	}

	@Override
	void happen(ScenarioRun run, SimulatedNode node) {
		long maxNanos = run.simulation().config().failureDetection().toleratedPause().toNanos();
		long nanos = run.random().nextLong(PAUSE_MIN.toNanos(), Math.max(PAUSE_MIN.toNanos() + 1, maxNanos));
		node.pause(Duration.ofNanos(nanos));
	}

	@Override
	void measure(ScenarioRun run) {
		run.figures().number("failureEvents", run.simulation().statistics().failures());
		run.figures().number("suspicionEvents", run.simulation().statistics().suspicions());
	}

}
