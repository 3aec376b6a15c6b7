package io.gossip.simulator;

import java.util.Map;

import io.gossip.MembershipEvent;

/** Nodes publish new metadata. */
final class UpdateScenario extends IncidentScenario {

	@Override
	public String name() {
		return "update";
	}

	@Override
	public String summary() {
		return "nodes publish new metadata: how soon all others have it";
	}

	@Override
	void happen(ScenarioRun run, SimulatedNode node) {
		int version = node.engine().self().contentVersion() + 1;
		run.spreads()
			.watch(node,
					(event) -> event instanceof MembershipEvent.Updated && event.member().contentVersion() >= version,
					() -> {
					});
		node.updateMetadata(Map.of("version", Integer.toString(version)));
	}

	@Override
	void measure(ScenarioRun run) {
		run.figures().millis("spread99Millis", run.spreads().ninetyNine());
		run.figures().millis("spreadMillis", run.spreads().all());
		run.figures().curve("nodes that have an update, over the time since it was made", run.spreads().each());
	}

}
