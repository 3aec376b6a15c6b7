package io.gossip.simulator;

import java.util.Arrays;

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
		run.bringUp();
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

}
