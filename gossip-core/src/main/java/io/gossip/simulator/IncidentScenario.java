package io.gossip.simulator;

import java.time.Duration;

/** The same thing happens to one node after the other, 200 times. */
abstract class IncidentScenario implements Scenario {

	/** How often it happens; fewer would make a poor 99th percentile. */
	private static final int INCIDENTS = 200;

	/**
	 * News that never arrives everywhere is given up and made good for, within reason.
	 */
	private static final int ATTEMPTS_MAX = 2 * INCIDENTS;

	/** How long to wait if too many nodes are in trouble. */
	private static final Duration WAIT = Duration.ofMillis(100);

	private static final Duration WAIT_MAX = Duration.ofMinutes(10);

	/** How long a node may be missed before it comes back whoever has noticed. */
	static final Duration DOWN_MAX = Duration.ofMinutes(1);

	static final Duration DOWN_TIME = Duration.ofSeconds(5);

	@Override
	public final void play(ScenarioRun run) {
		run.bringUp();
		Simulation simulation = run.simulation();
		Duration pause = run.options().duration().dividedBy(INCIDENTS);
		int begun = 0;
		while (run.options().nodes() > 1 && begun < ATTEMPTS_MAX
				&& run.spreads().all().size() + run.spreads().active() < INCIDENTS) {
			begun++;
			simulation.run(pause);
			long giveUpNanos = simulation.world().nowNanos() + WAIT_MAX.toNanos();
			while (!mayHappen(run)) {
				if (simulation.world().nowNanos() >= giveUpNanos) {
					throw simulation.failure("for " + Durations.text(WAIT_MAX)
							+ " too many nodes have been in trouble, or news has been under way");
				}
				simulation.run(WAIT);
			}
			happen(run, run.anyone());
		}
		run.measureLoad();
		run.rest();
		run.figures().number("incidents", run.spreads().all().size());
		run.figures().number("incidentsUnfinished", run.spreads().abandoned() + run.spreads().active());
		measure(run);
	}

	/** At most a tenth of the nodes, but one in any case, is in trouble at once. */
	private static boolean mayHappen(ScenarioRun run) {
		int nodes = run.options().nodes();
		long troubled = run.simulation().nodes().stream().filter((node) -> !node.isStaying()).count();
		return Math.max(troubled, run.spreads().active()) < Math.max(1, nodes / 10)
				&& run.simulation().nodes().stream().anyMatch(run::isFree);
	}

	/** Lets it happen to a node. */
	abstract void happen(ScenarioRun run, SimulatedNode node);

	/** Starts a node again after a while, unless all have heard that it went. */
	static void startAtLatest(ScenarioRun run, SimulatedNode node, Spread news) {
		run.simulation().after(run.simulation().config().leave().timeout().plus(DOWN_MAX), () -> {
			if (run.spreads().abandon(news)) {
				node.start();
			}
		});
	}

	/** Writes down what was measured. */
	abstract void measure(ScenarioRun run);

}
