package io.gossip.simulator;

import java.time.Duration;

/**
 * At any time some processes stand still, for as long as the settings tolerate, or for
 * longer and announced.
 */
final class PauseScenario implements Scenario {

	/** One node in so many stands still. */
	private static final int NODES_PER_PAUSE = 33;

	private static final Duration RETRY = Duration.ofMillis(100);

	@Override
	public String name() {
		return "pause";
	}

	@Override
	public String summary() {
		return "3 % of the processes stand still at any time, for the tolerated pause: nobody may be dead";
	}

	@Override
	public void play(ScenarioRun run) {
		run.bringUp();
		Simulation simulation = run.simulation();
		Duration announced = run.options().announced();
		long pauseNanos = announced.isZero() ? simulation.config().failureDetection().toleratedPause().toNanos()
				: announced.toNanos();
		long endNanos = simulation.world().nowNanos() + run.options().duration().toNanos();
		int atOnce = Math.max(1, run.options().nodes() / NODES_PER_PAUSE);
		for (int i = 0; i < atOnce; i++) {
			simulation.after(Duration.ofNanos(run.random().nextLong(Math.max(1, pauseNanos))),
					() -> pauseOneAfterTheOther(run, Duration.ofNanos(pauseNanos), endNanos));
		}
		simulation.run(run.options().duration());
		run.measureLoad();
		run.rest();
		run.figures().number("failureEvents", simulation.statistics().failures());
		run.figures().number("suspicionEvents", simulation.statistics().suspicions());
	}

	/**
	 * A node that has had a pause of late is spared, or two pauses would make a long one.
	 */
	private static void pauseOneAfterTheOther(ScenarioRun run, Duration pause, long endNanos) {
		Simulation simulation = run.simulation();
		if (simulation.world().nowNanos() >= endNanos) {
			return;
		}
		SimulatedNode node = run.anyone();
		boolean free = run.isFree(node);
		if (free && !run.options().announced().isZero()) {
			node.announcePause(pause);
		}
		if (free) {
			node.pause(pause);
		}
		simulation.after(free ? pause.plusNanos(1) : RETRY, () -> pauseOneAfterTheOther(run, pause, endNanos));
	}

}
