package io.gossip.simulator;

/** Packets get lost, and nothing else is wrong. */
final class LossScenario implements Scenario {

	@Override
	public String name() {
		return "loss";
	}

	@Override
	public String summary() {
		return "packets get lost: whether anybody well is suspected";
	}

	@Override
	public double loss() {
		return 0.05;
	}

	@Override
	public void play(ScenarioRun run) {
		run.bringUp();
		run.simulation().run(run.options().duration());
		run.measureLoad();
		run.figures().number("suspicionEvents", run.simulation().statistics().suspicions());
		run.figures().number("failureEvents", run.simulation().statistics().failures());
	}

}
