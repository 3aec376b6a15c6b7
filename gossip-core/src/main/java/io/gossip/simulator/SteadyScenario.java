package io.gossip.simulator;

/** Nothing happens, and what that costs. */
final class SteadyScenario implements Scenario {

	@Override
	public String name() {
		return "steady";
	}

	@Override
	public String summary() {
		return "nothing happens: the cost of being a cluster";
	}

	@Override
	public void play(ScenarioRun run) {
		run.bringUp();
		run.simulation().run(run.options().duration());
		run.measureLoad();
		run.simulation().require(Validations.LOAD_IS_FLAT);
		run.rest();
	}

}
