package io.gossip.simulator;

import io.gossip.MembershipEvent;

/** Nodes die without a word, every other one with its host, and come back later. */
final class CrashScenario extends IncidentScenario {

	@Override
	public String name() {
		return "crash";
	}

	@Override
	public String summary() {
		return "nodes die without a word: how soon the others know";
	}

	@Override
	void happen(ScenarioRun run, SimulatedNode node) {
		if (run.random().nextBoolean()) {
			node.crash();
		}
		else {
			node.vanish();
		}
		run.spreads().excuse(node);
		Spread news = run.spreads()
			.watch(node, MembershipEvent.Failed.class::isInstance,
					() -> run.simulation().after(DOWN_TIME, node::start));
		startAtLatest(run, node, news);
	}

	@Override
	void measure(ScenarioRun run) {
		run.figures().millis("detectFirstMillis", run.spreads().first());
		run.figures().millis("detect99Millis", run.spreads().ninetyNine());
		run.figures().millis("detectAllMillis", run.spreads().all());
		run.figures().curve("nodes that know of a crash, over the time since it happened", run.spreads().each());
	}

}
