package io.gossip.simulator;

import java.time.Duration;

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
		HealWatch heal = new HealWatch(simulation);
		Partition cut = (run.options().zones() > 1) ? simulation.cutZone(0)
				: simulation.partition((node) -> 1 + node.index() % 2);
		simulation.run(run.options().duration());
		run.measureLoad();
		cut.heal();
		heal.begin();
		if (!heal.await(HEAL_MAX)) {
			simulation.validate();
		}
		run.figures().millis("healMillis", heal.each());
		run.figures().curve("nodes that hold all members again, over the time since the cut was healed", heal.each());
		run.rest();
	}

}
