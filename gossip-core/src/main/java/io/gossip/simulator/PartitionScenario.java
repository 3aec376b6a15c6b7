package io.gossip.simulator;

import java.time.Duration;
import java.util.List;

/** A zone, or half of a world of one zone, is cut off, and the cut is healed. */
final class PartitionScenario implements Scenario {

	private static final Duration HEAL_MAX = Duration.ofMinutes(10);

	@Override
	public String name() {
		return "partition";
	}

	@Override
	public String summary() {
		return "a zone is cut off and comes back: how soon all agree again";
	}

	@Override
	public void play(ScenarioRun run) {
		run.bringUp();
		Simulation simulation = run.simulation();
		Partition cut = (run.options().zones() > 1) ? simulation.partitionZones(List.of(0))
				: simulation.partition((node) -> 1 + node.index() % 2);
		simulation.run(run.options().duration());
		run.measureLoad();
		cut.heal();
		long healedNanos = simulation.world().nowNanos();
		if (!simulation.runUntil(Simulation::isConverged, HEAL_MAX)) {
			simulation.validate();
		}
		Samples heal = new Samples();
		heal.add(simulation.world().nowNanos() - healedNanos);
		run.figures().millis("healMillis", heal);
		run.rest();
	}

}
