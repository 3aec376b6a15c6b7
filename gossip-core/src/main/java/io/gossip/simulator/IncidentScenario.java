package io.gossip.simulator;

import java.time.Duration;

/** The same thing happens to one node after the other. */
abstract class IncidentScenario implements Scenario {

	private static final int INCIDENTS = 200;

	private static final Duration PAUSE_MIN = Duration.ofMillis(200);

	static final Duration DOWN_TIME = Duration.ofSeconds(5);

	@Override
	public final void play(ScenarioRun run) {
		run.bringUp();
		int times = (int) Math.max(1, Math.min(INCIDENTS, run.options().duration().dividedBy(PAUSE_MIN)));
		run.repeat(times, () -> {
			if (mayHappen(run)) {
				happen(run, run.anyone());
			}
		});
		run.measureLoad();
		run.rest();
		measure(run);
	}

	/** At most a tenth of the nodes, but one in any case, is in trouble at once. */
	private static boolean mayHappen(ScenarioRun run) {
		int nodes = run.options().nodes();
		long troubled = run.simulation().nodes().stream().filter((node) -> !node.isStaying()).count();
		return nodes > 1 && Math.max(troubled, run.spreads().active()) < Math.max(1, nodes / 10);
	}

	/** Lets it happen to a node. */
	abstract void happen(ScenarioRun run, SimulatedNode node);

	/** Writes down what was measured. */
	abstract void measure(ScenarioRun run);

}
