package io.gossip.simulator;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/**
 * The experiment by which Lifeguard was measured: some members are blocked all at once
 * for a while, again and again, and one counts how many of the others are accused.
 */
final class AnomaliesScenario implements Scenario {

	private static final Blocks DEFAULTS = new Blocks(4, Duration.ofSeconds(8), Duration.ofSeconds(1));

	@Override
	public String name() {
		return "anomalies";
	}

	@Override
	public String summary() {
		return "some members are blocked again and again: whether they drag the others down";
	}

	@Override
	public int nodes() {
		return 128;
	}

	@Override
	public Blocks blocks() {
		return DEFAULTS;
	}

	@Override
	public void play(ScenarioRun run) {
		run.bringUp();
		Simulation simulation = run.simulation();
		Blocks blocks = run.options().blocked();
		List<SimulatedNode> blocked = run.some(blocks.members());
		BitSet set = new BitSet();
		blocked.forEach((node) -> set.set(node.index()));
		simulation.statistics().falsePositives().blocked(set);
		long endNanos = simulation.world().nowNanos() + run.options().duration().toNanos();
		int times = 0;
		while (simulation.world().nowNanos() < endNanos) {
			blocked.forEach(SimulatedNode::pause);
			runAtMost(simulation, blocks.blocked(), endNanos);
			blocked.forEach(SimulatedNode::resume);
			runAtMost(simulation, blocks.interval(), endNanos);
			times++;
		}
		run.measureLoad();
		run.figures().number("anomalies", times);
		run.rest();
		run.figures().number("failureEvents", simulation.statistics().failures());
		run.figures().number("suspicionEvents", simulation.statistics().suspicions());
	}

	private static void runAtMost(Simulation simulation, Duration duration, long endNanos) {
		long leftNanos = Math.max(0, endNanos - simulation.world().nowNanos());
		simulation.run(Duration.ofNanos(Math.min(duration.toNanos(), leftNanos)));
	}

}
