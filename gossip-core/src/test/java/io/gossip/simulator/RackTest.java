package io.gossip.simulator;

import java.time.Duration;
import java.util.stream.Collectors;

import io.gossip.MembershipEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RackTest {

	@Test
	void theNodesOfAZoneTakeTurnsBetweenItsRacks() {
		Simulation world = Simulation.builder().nodes(12).zones(2).racksPerZone(3).build();
		assertThat(world.zone(1)).extracting(SimulatedNode::index).containsExactly(1, 3, 5, 7, 9, 11);
		assertThat(world.rack(1, 2)).extracting(SimulatedNode::index).containsExactly(5, 11);
		assertThat(world.nodes()
			.stream()
			.collect(Collectors.groupingBy((node) -> node.zoneIndex() + "/" + node.rackIndex(), Collectors.counting())))
			.hasSize(6)
			.allSatisfy((rack, size) -> assertThat(size).isEqualTo(2L));
	}

	@Test
	void withoutRacksAZoneIsOne() {
		Simulation world = Simulation.builder().nodes(6).zones(2).build();
		assertThat(world.rack(0, 0)).isEqualTo(world.zone(0));
	}

	@Test
	void aRackFailsAtOnceAndOnlyItsNodesAreMissed() {
		Simulation world = Worlds.up(Simulation.builder().nodes(24).zones(2).racksPerZone(3));
		world.failRack(0, 1);
		world.run(Duration.ofSeconds(40));
		assertThat(world.node(3).events(MembershipEvent.Failed.class)).extracting((event) -> event.member().name())
			.containsExactlyInAnyOrderElementsOf(world.rack(0, 1).stream().map(SimulatedNode::name).toList());
		world.validate();
	}

	@Test
	void zonesAndRacksThatDoNotExistAreRefused() {
		Simulation world = Simulation.builder().nodes(6).zones(2).build();
		assertThatIllegalArgumentException().isThrownBy(() -> world.zone(2))
			.withMessage("zone 2 does not exist; there are 2, from 0 on");
		assertThatIllegalArgumentException().isThrownBy(() -> world.failRack(0, 1))
			.withMessage("rack 1 does not exist; there are 1, from 0 on");
		assertThatIllegalArgumentException().isThrownBy(() -> world.cutZone(-1));
	}

	@Test
	void halvesAreDrawnAtRandomAndReachEachOtherNoMore() {
		Simulation world = Simulation.builder().nodes(100).build();
		world.partitionHalves();
		long reached = world.nodes().stream().filter((node) -> !world.network().isBlocked(0, node.index())).count();
		assertThat(reached).isBetween(30L, 70L);
		world.healAll();
		assertThat(world.nodes()).noneMatch((node) -> world.network().isBlocked(0, node.index()));
	}

}
