package io.gossip.simulator;

import java.time.Duration;

/**
 * The hard exercise in one run: loss, pauses, churn and updates all the time, and a zone
 * that is cut off and comes back. When it is back, everything else rests until all agree,
 * so that there is a view to agree upon, and then goes on.
 */
final class MissionScenario implements Scenario {

	private static final Duration CUT_MAX = Duration.ofMinutes(5);

	private static final Duration HEAL_MAX = Duration.ofMinutes(10);

	@Override
	public String name() {
		return "mission";
	}

	@Override
	public String summary() {
		return "loss, pauses, churn and updates all the time, and a zone that is cut off and comes back";
	}

	@Override
	public int zones() {
		return 3;
	}

	@Override
	public Duration duration() {
		return Duration.ofMinutes(10);
	}

	@Override
	public double loss() {
		return 0.01;
	}

	@Override
	public void play(ScenarioRun run) {
		run.bringUp();
		Simulation simulation = run.simulation();
		HealWatch heal = new HealWatch(simulation);
		Unrest unrest = new Unrest(run);
		Duration duration = run.options().duration();
		Duration before = duration.dividedBy(5);
		Duration cutFor = duration.dividedBy(2);
		cutFor = (cutFor.compareTo(CUT_MAX) > 0) ? CUT_MAX : cutFor;
		unrest.begin();
		simulation.run(before);
		Partition cut = (run.options().zones() > 1) ? simulation.cutZone(run.options().zones() - 1)
				: simulation.partitionHalves();
		run.spreads().excuseCutOff();
		simulation.run(cutFor);
		unrest.suspend();
		cut.heal();
		heal.begin();
		if (!heal.await(HEAL_MAX)) {
			simulation.validate();
		}
		unrest.begin();
		simulation.run(duration.minus(before).minus(cutFor));
		unrest.end();
		run.measureLoad();
		run.rest();
		measure(run, unrest, heal);
	}

	private static void measure(ScenarioRun run, Unrest unrest, HealWatch heal) {
		Report figures = run.figures();
		figures.number("updates", unrest.updates());
		figures.number("updatesUnfinished", run.spreads().active());
		figures.number("pauses", unrest.pauses());
		figures.number("churn", unrest.churn());
		figures.millis("spread99Millis", run.spreads().ninetyNine());
		figures.millis("spreadMillis", run.spreads().all());
		figures.millis("healMillis", heal.each());
		figures.curve("nodes that have an update, over the time since it was made", run.spreads().each());
		figures.curve("nodes that hold all members again, over the time since the cut was healed", heal.each());
	}

}
