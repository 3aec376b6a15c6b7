package io.gossip.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MembershipTheoremsTest {

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 10, 50, 300 })
	void whoeverJoinsEndsWithOneHash(int nodes) {
		Simulation world = Worlds.up(nodes);
		assertThat(world.nodes()).allMatch((node) -> node.view().size() == nodes);
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
	}

	@Test
	void twoHundredNodesJoinThroughOneSeed() {
		Simulation world = Simulation.builder().nodes(200).seeds(1).zones(3).recordsEvents(false).build();
		world.startAll();
		world.run(Duration.ofSeconds(1));
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofSeconds(60))).isTrue();
		world.run(Duration.ofSeconds(30));
		world.validate();
	}

	@Test
	void aNodeThatFindsNoSeedKeepsAskingAndJoinsWhenOneComes() {
		Simulation world = Simulation.builder().nodes(2).seeds(1).build();
		world.node(1).start();
		world.run(Duration.ofMinutes(5));
		assertThat(world.node(1).phase()).isEqualTo(ClusterPhase.JOINING);
		world.node(0).start();
		assertThat(world.runUntil((all) -> all.isConverged(), Duration.ofSeconds(40))).isTrue();
		assertThat(world.node(1).view().size()).isEqualTo(2);
	}

	@Test
	void aLateComerIsKnownToAllWithinSeconds() {
		Simulation world = Worlds.up(30);
		SimulatedNode late = world.addNode();
		late.start();
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofSeconds(5))).isTrue();
		assertThat(late.view().size()).isEqualTo(31);
		assertThat(Worlds.count(world, MembershipEvent.Joined.class, late)).isEqualTo(30);
	}

	@Test
	void newMetadataReachesAllAndChangesNoIncarnation() {
		Simulation world = Worlds.up(30);
		SimulatedNode owner = world.node(7);
		long incarnation = world.node(3).incarnationOf(owner);
		owner.updateMetadata(Map.of("version", "2"));
		assertThat(world.runUntil((all) -> Worlds.allOthers(all, owner, (node) -> versionOf(node, owner).equals("2")),
				Duration.ofSeconds(10)))
			.isTrue();
		assertThat(Worlds.count(world, MembershipEvent.Updated.class, owner)).isEqualTo(29);
		assertThat(world.node(3).incarnationOf(owner)).isEqualTo(incarnation);
	}

	private static String versionOf(SimulatedNode observer, SimulatedNode owner) {
		return observer.view()
			.find(owner.id())
			.map((status) -> status.member().metadata().getOrDefault("version", ""))
			.orElse("");
	}

	@Test
	void aGracefulLeaveIsSeenAsLeftByAllAndNeverAsFailure() {
		Simulation world = Worlds.up(30);
		SimulatedNode leaver = world.node(11);
		leaver.leave();
		assertThat(world.runUntil(
				(all) -> Worlds.allOthers(all, leaver, (node) -> node.stateOf(leaver) == MemberState.LEFT),
				Duration.ofSeconds(5)))
			.isTrue();
		world.run(Duration.ofMinutes(2));
		assertThat(leaver.isRunning()).isFalse();
		assertThat(Worlds.count(world, MembershipEvent.Left.class, leaver)).isEqualTo(29);
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
		assertThat(Worlds.count(world, MembershipEvent.Suspected.class)).isZero();
		world.validate();
	}

	@Test
	void whoeverHasLeftMayComeBack() {
		Simulation world = Worlds.up(10);
		SimulatedNode leaver = world.node(4);
		leaver.leave();
		world.run(Duration.ofSeconds(20));
		leaver.start();
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofSeconds(10))).isTrue();
		assertThat(world.node(0).stateOf(leaver)).isEqualTo(MemberState.ALIVE);
	}

	@Test
	void aRestartedNodeIsBackWithAHigherIncarnation() {
		Simulation world = Worlds.up(30);
		SimulatedNode node = world.node(9);
		long before = world.node(2).incarnationOf(node);
		int instance = node.engine().self().instance();
		node.restart();
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofSeconds(10))).isTrue();
		assertThat(world.node(2).incarnationOf(node)).isGreaterThan(before);
		assertThat(world.node(2).view().find(node.id()).orElseThrow().member().instance()).isNotEqualTo(instance)
			.isEqualTo(node.engine().self().instance());
	}

	@Test
	void aNodeThatComesBackFromTheDeadHasAHigherIncarnation() {
		Simulation world = Worlds.up(20);
		SimulatedNode node = world.node(9);
		long before = world.node(2).incarnationOf(node);
		node.crash();
		world.run(Duration.ofMinutes(1));
		assertThat(world.node(2).stateOf(node)).isEqualTo(MemberState.DEAD);
		node.start();
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofSeconds(10))).isTrue();
		assertThat(world.node(2).incarnationOf(node)).isGreaterThan(before);
		assertThat(Worlds.count(world, MembershipEvent.Joined.class, node)).isEqualTo(2 * 19);
	}

	@Test
	void aNodeThatRestartsElsewhereIsFoundThere() {
		Simulation world = Worlds.up(20);
		SimulatedNode node = world.node(9);
		Address before = node.address();
		node.restartElsewhere();
		assertThat(node.address()).isNotEqualTo(before);
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofSeconds(10))).isTrue();
		assertThat(world.node(2).view().find(node.id()).orElseThrow().member().address()).isEqualTo(node.address());
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
	}

	@Test
	void aNodeThatRestartsElsewhereIsSeenThereByAllAfterOneProbe() {
		for (int seed = 0; seed < 10; seed++) {
			Simulation world = Worlds.up(Simulation.builder().nodes(20).seed(seed));
			SimulatedNode node = world.node(9);
			node.restartElsewhere();
			world.run(world.config().failureDetection().probeInterval().plusMillis(100));
			for (SimulatedNode observer : world.nodes()) {
				assertThat(observer.view().find(node.id()).orElseThrow().member().address()).as("seed %d", seed)
					.isEqualTo(node.address());
			}
		}
	}

	@Test
	void seedsThatRestartAreNoLongerNeededByTheOthers() {
		Simulation world = Worlds.up(20);
		for (int i = 0; i < 3; i++) {
			world.node(i).vanish();
		}
		world.run(Duration.ofMinutes(1));
		world.validate();
		for (int i = 0; i < 3; i++) {
			world.node(i).start();
		}
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofMinutes(1))).isTrue();
	}

	@Test
	void aListenerOfTheUserSeesTheEventsOfItsNode() {
		Simulation world = Worlds.up(Simulation.builder().nodes(9).zones(3));
		List<MembershipEvent> seen = new ArrayList<>();
		world.node(0).subscribe(seen::add);
		Worlds.zone(world, 1).forEach(SimulatedNode::vanish);
		world.run(Duration.ofMinutes(1));
		assertThat(seen).filteredOn(MembershipEvent.Failed.class::isInstance)
			.extracting((event) -> event.member().zone().name())
			.containsExactly("zone-1", "zone-1", "zone-1");
	}

}
