package io.gossip.simulator;

import java.util.Arrays;
import java.util.stream.IntStream;

/** All nodes start at once and find each other through the seeds. */
final class JoinScenario implements Scenario {

	@Override
	public String name() {
		return "join";
	}

	@Override
	public String summary() {
		return "all nodes start at once: how soon each knows all";
	}

	@Override
	public boolean startsWarm() {
		return false;
	}

	@Override
	public void play(ScenarioRun run) {
		Simulation simulation = run.simulation();
		int nodes = run.options().nodes();
		long[] completeNanos = new long[nodes];
		Arrays.fill(completeNanos, -1);
		simulation.listen((observer, atNanos, event) -> {
			int index = observer.index();
			if (completeNanos[index] < 0 && simulation.statistics().membersIn(index) >= nodes - 1
					&& observer.view().size() == nodes) {
				completeNanos[index] = atNanos;
			}
		});
		run.comeUp();
		measureBursts(run);
		run.settle();
		Samples joins = new Samples();
		for (long nanos : completeNanos) {
			joins.add(Math.max(0, nanos));
		}
		run.figures().millis("joinMillis", joins);
		run.figures().curve("nodes that know all others, over the time since the first one started", joins);
		run.simulation().run(run.options().duration());
		run.measureLoad();
		run.rest();
	}

	/** What the seeds and the others send at most while all come up. */
	private static void measureBursts(ScenarioRun run) {
		BurstMeter bursts = run.simulation().statistics().bursts();
		int seeds = Math.min(run.options().seeds(), run.options().nodes());
		run.figures().number("seedBytesInOneSecondMax", IntStream.range(0, seeds).map(bursts::max).max().orElse(0));
		run.figures()
			.number("otherBytesInOneSecondMax",
					IntStream.range(seeds, run.options().nodes()).map(bursts::max).max().orElse(0));
	}

}
