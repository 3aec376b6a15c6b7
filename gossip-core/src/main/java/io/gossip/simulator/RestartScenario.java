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
		return "processes are started anew: how soon the others know the new one";
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
		if (run.random().nextBoolean()) {
			node.restart();
		}
		else {
			node.restartElsewhere();
		}
	}

	@Override
	void measure(ScenarioRun run) {
		run.figures().millis("joinMillis", run.spreads().all());
	}

}
