package io.gossip.simulator;

import io.gossip.MembershipEvent;

/** Processes end and are started at once, every other one at a new address. */
final class RestartScenario extends IncidentScenario {

	@Override
	public String name() {
		return "restart";
	}

	@Override
	public String summary() {
		return "processes are started anew, half of them elsewhere: how soon the others know";
	}

	@Override
	void happen(ScenarioRun run, SimulatedNode node) {
		run.spreads().excuse(node);
		int before = node.engine().self().instance();
		run.spreads()
			.watch(node,
					(event) -> event.member().instance() != before
							&& (event instanceof MembershipEvent.Updated || event instanceof MembershipEvent.Joined),
					() -> {
					});
		switch (run.random().nextInt(4)) {
			case 0 -> node.restart();
			case 1 -> node.restartRemembering();
			default -> node.restartElsewhere();
		}
	}

	@Override
	void measure(ScenarioRun run) {
		run.figures().millis("joinMillis", run.spreads().all());
		run.figures().curve("nodes that know the new process, over the time since it started", run.spreads().each());
	}

}
