package io.gossip.simulator;

import java.time.Duration;

/** A swarm of faults drawn from the seed, then quiet, then everything must be well. */
final class SoakScenario implements Scenario {

	private static final Duration CALM = Duration.ofMinutes(10);

	@Override
	public String name() {
		return "soak";
	}

	@Override
	public String summary() {
		return "a swarm of faults drawn from the seed, then quiet: everything must heal";
	}

	@Override
	public boolean startsWarm() {
		return false;
	}

	@Override
	public void play(ScenarioRun run) {
		run.bringUp();
		Simulation simulation = run.simulation();
		FaultSwarm swarm = new FaultSwarm(simulation, run.options());
		HealWatch heal = new HealWatch(simulation);
		long endNanos = simulation.world().nowNanos() + run.options().duration().toNanos();
		while (simulation.world().nowNanos() < endNanos) {
			long pauseNanos = Math.min(swarm.pauseNanos(), endNanos - simulation.world().nowNanos());
			simulation.run(Duration.ofNanos(pauseNanos));
			swarm.strike();
		}
		swarm.calm();
		run.figures().number("faults", swarm.faults());
		heal.begin();
		if (!heal.await(CALM)) {
			simulation.validate();
		}
		run.figures().millis("healMillis", heal.each());
		run.rest();
	}

}
