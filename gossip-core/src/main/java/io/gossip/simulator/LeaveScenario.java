package io.gossip.simulator;

import io.gossip.MembershipEvent;

/** Nodes leave of their own will and come back later. */
final class LeaveScenario extends IncidentScenario {

	@Override
	public String name() {
		return "leave";
	}

	@Override
	public String summary() {
		return "nodes leave of their own will: how soon the others know";
	}

	@Override
	void happen(ScenarioRun run, SimulatedNode node) {
		run.spreads().excuse(node);
		Spread news = run.spreads().watch(node, (event) -> {
			if (event instanceof MembershipEvent.Failed) {
				throw run.simulation().failure(node.name() + " left, but was declared dead");
			}
			return event instanceof MembershipEvent.Left;
		}, () -> run.simulation().after(run.simulation().config().leave().timeout().plus(DOWN_TIME), node::start));
		startAtLatest(run, node, news);
		node.leave();
	}

	@Override
	void measure(ScenarioRun run) {
		run.figures().millis("leaveMillis", run.spreads().all());
		run.figures().curve("nodes that know who has left, over the time since it began to", run.spreads().each());
	}

}
