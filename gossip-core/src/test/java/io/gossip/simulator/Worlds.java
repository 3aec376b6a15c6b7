package io.gossip.simulator;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import io.gossip.GossipConfig;
import io.gossip.MembershipEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** Worlds that are up, and questions that tests ask of them. */
final class Worlds {

	private Worlds() {
	}

	static Simulation up(int nodes) {
		return up(Simulation.builder().nodes(nodes));
	}

	static Simulation up(int nodes, GossipConfig config) {
		return up(Simulation.builder().nodes(nodes).config(config));
	}

	/** Starts all nodes and waits until they agree and nothing is under way. */
	static Simulation up(SimulationBuilder builder) {
		Simulation world = builder.build();
		world.startAll();
		world.run(Duration.ofSeconds(1));
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofMinutes(2))).as("came up").isTrue();
		world.run(Duration.ofSeconds(10));
		world.validate();
		return world;
	}

	static boolean allOthers(Simulation world, SimulatedNode subject, Predicate<SimulatedNode> condition) {
		return world.nodes().stream().filter((node) -> node != subject && node.isRunning()).allMatch(condition);
	}

	/** How many events of a kind about a node were emitted by all others. */
	static long count(Simulation world, Class<? extends MembershipEvent> kind, SimulatedNode subject) {
		return world.nodes()
			.stream()
			.filter((node) -> node != subject)
			.flatMap((node) -> node.events().stream())
			.map(RecordedEvent::event)
			.filter((event) -> kind.isInstance(event) && event.member().id().equals(subject.id()))
			.count();
	}

	static long count(Simulation world, Class<? extends MembershipEvent> kind) {
		return world.nodes()
			.stream()
			.flatMap((node) -> node.events().stream())
			.filter((recorded) -> kind.isInstance(recorded.event()))
			.count();
	}

	static List<SimulatedNode> zone(Simulation world, int zone) {
		return world.nodes().stream().filter((node) -> node.zoneIndex() == zone).toList();
	}

}
