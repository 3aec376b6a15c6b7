package io.gossip.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds when a zone is cut off as a whole (DESIGN, section 5, zone guard). */
class ZoneTheoremsTest {

	private static final Zone CUT = new Zone("zone-0");

	private static Simulation zones(int nodes, int zones, long seed) {
		return Worlds.up(farApart(nodes, zones, seed));
	}

	/** Three zones that know each other and have measured nothing yet. */
	private static Simulation justStarted(long seed) {
		Simulation world = farApart(300, 3, seed).build();
		world.startConverged();
		return world;
	}

	private static SimulationBuilder farApart(int nodes, int zones, long seed) {
		return Simulation.builder()
			.nodes(nodes)
			.zones(zones)
			.seed(seed)
			.betweenZones(LinkProfile.ofLatency(Duration.ofMillis(40)));
	}

	/** Whether those outside see the cut zone, and those inside the two others. */
	private static boolean allSeeTheCut(Simulation world) {
		return world.nodes().stream().allMatch((node) -> {
			List<Zone> unreachable = node.view().unreachableZones();
			return (node.zoneIndex() == 0) ? unreachable.size() == 2 : unreachable.equals(List.of(CUT));
		});
	}

	private static boolean nobodySeesACut(Simulation world) {
		return world.nodes().stream().allMatch((node) -> node.view().unreachableZones().isEmpty());
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void aZoneThatIsCutOffIsUnreachableWithin15SecondsAndNobodyOfItIsDead(long seed) {
		Simulation world = zones(90, 3, seed);
		Partition cut = world.partitionZones(List.of(0));
		assertThat(world.runUntil(ZoneTheoremsTest::allSeeTheCut, Duration.ofSeconds(15))).isTrue();
		world.run(Duration.ofMinutes(5));
		cut.heal();
		assertThat(world.runUntil((all) -> nobodySeesACut(all) && all.isConverged(), Duration.ofSeconds(15))).isTrue();
		world.run(Duration.ofSeconds(30));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
		world.validate();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void nobodySaysOfSingleMembersWhatIsTrueOfTheirWholeZone(long seed) {
		// Round trips are not measured yet, so the probe and the test end together.
		Simulation world = justStarted(seed);
		world.partitionZones(List.of(0));
		world.run(Duration.ofSeconds(30));
		assertThat(allSeeTheCut(world)).isTrue();
		assertThat(Worlds.count(world, MembershipEvent.Suspected.class)).isZero();
	}

	/**
	 * Its death is told while some have noticed the cut and others have not: those hold
	 * its zone, and these believe it.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void whoDiesJustBeforeTheCutIsHeldWithItsZoneOrDeadForAllAlike(long seed) {
		Simulation world = justStarted(seed);
		world.run(Duration.ofSeconds(30));
		List<SimulatedNode> outside = world.nodes().stream().filter((node) -> node.zoneIndex() != 0).toList();
		List<SimulatedNode> victims = world.zone(0).subList(20, 40);
		for (SimulatedNode node : victims) {
			node.vanish();
			world.run(Duration.ofMillis(200));
		}
		Partition cut = world.partitionZones(List.of(0));
		world.run(Duration.ofSeconds(20));
		assertThat(outside.stream().map((node) -> node.engine().viewHash()).distinct()).hasSize(1);
		cut.heal();
		world.run(Duration.ofSeconds(60));
		assertThat(victims).allSatisfy((victim) -> assertThat(
				Worlds.allOthers(world, victim, (node) -> node.stateOf(victim) == MemberState.DEAD))
			.isTrue());
		world.validate();
	}

	@Test
	void whoDiesBehindTheCutIsFoundDeadAfterIt() {
		Simulation world = zones(60, 3, 3);
		Partition cut = world.partitionZones(List.of(0));
		world.run(Duration.ofMinutes(1));
		SimulatedNode victim = Worlds.zone(world, 0).get(3);
		victim.vanish();
		// Most probes of a small zone go to those who are cut off, so it takes its time.
		SimulatedNode neighbour = Worlds.zone(world, 0).get(1);
		assertThat(world.runUntil((all) -> neighbour.stateOf(victim) == MemberState.DEAD, Duration.ofMinutes(2)))
			.isTrue();
		assertThat(Worlds.zone(world, 1).get(1).stateOf(victim)).isNotEqualTo(MemberState.DEAD);
		cut.heal();
		world.run(Duration.ofMinutes(2));
		assertThat(Worlds.allOthers(world, victim, (node) -> node.stateOf(victim) == MemberState.DEAD)).isTrue();
		assertThat(Worlds.count(world, MembershipEvent.Failed.class))
			.isEqualTo(Worlds.count(world, MembershipEvent.Failed.class, victim));
		world.validate();
	}

	@Test
	void aZoneThatStaysAwayIsGivenUpAndComesBackWithoutRefutation() {
		Simulation world = Worlds.up(Simulation.builder()
			.nodes(60)
			.zones(3)
			.config(GossipConfig.builder()
				.failureDetection((detection) -> detection.withZoneUnreachableTimeout(Duration.ofMinutes(2)))
				.build()));
		Partition cut = world.partitionZones(List.of(0));
		world.run(Duration.ofSeconds(110));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
		world.run(Duration.ofSeconds(60));
		assertThat(Worlds.zone(world, 1)).allSatisfy((node) -> assertThat(node.view().size()).isEqualTo(40));
		assertThat(Worlds.zone(world, 0)).allSatisfy((node) -> assertThat(node.view().size()).isEqualTo(20));
		long failed = Worlds.count(world, MembershipEvent.Failed.class);
		cut.heal();
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofSeconds(20))).isTrue();
		world.run(Duration.ofMinutes(1));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isEqualTo(failed);
		world.validate();
	}

	@Test
	void aSingleZoneIsNeverUnreachable() {
		Simulation world = zones(40, 1, 1);
		world.partition((node) -> 1 + node.index() % 2);
		world.run(Duration.ofMinutes(1));
		assertThat(world.nodes()).allSatisfy((node) -> assertThat(node.view().unreachableZones()).isEmpty());
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isEqualTo(40 * 20);
	}

	@Test
	void aRackThatFailsInAZoneThatIsHeardIsDead() {
		Simulation world = zones(90, 3, 1);
		List<SimulatedNode> rack = Worlds.zone(world, 0).subList(0, 10);
		rack.forEach(SimulatedNode::vanish);
		world.run(Duration.ofMinutes(1));
		for (SimulatedNode victim : rack) {
			assertThat(Worlds.allOthers(world, victim, (node) -> node.stateOf(victim) == MemberState.DEAD)).isTrue();
		}
		assertThat(world.nodes().stream().filter(SimulatedNode::isRunning))
			.allSatisfy((node) -> assertThat(node.view().unreachableZones()).isEmpty());
	}

	@Test
	void withoutATimeoutTheMembersOfAZoneDieOneByOne() {
		Simulation world = Worlds.up(Simulation.builder()
			.nodes(30)
			.zones(3)
			.config(GossipConfig.builder()
				.failureDetection((detection) -> detection.withZoneUnreachableTimeout(Duration.ZERO))
				.build()));
		world.partitionZones(List.of(0));
		world.run(Duration.ofMinutes(2));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isEqualTo(20 * 10 + 10 * 20);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void whatIsNewOfAMemberIsNotToldWithItsDeathByThoseWhoWereCutOff(long seed) {
		Simulation world = zones(60, 3, seed);
		Partition cut = world.partitionZones(List.of(0));
		world.run(Duration.ofMinutes(8));
		assertThat(world.zone(0).get(0).stateOf(world.zone(1).get(0))).as("given up after the timeout")
			.isEqualTo(MemberState.DEAD);
		List<SimulatedNode> others = world.nodes().stream().filter((node) -> node.zoneIndex() != 0).toList();
		others.forEach((node) -> node.updateMetadata(Map.of("key", "value")));
		cut.heal();
		long before = Worlds.count(world, MembershipEvent.Failed.class);
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofMinutes(2))).isTrue();
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void aZoneThatRestartsElsewhereIsSeenThereWithinTenSeconds(long seed) {
		Simulation world = justStarted(seed);
		world.run(Duration.ofSeconds(10));
		List<SimulatedNode> zone = world.zone(1);
		zone.forEach(SimulatedNode::restartElsewhere);
		// Half a second at a time: to look costs more than to simulate.
		boolean seen = false;
		for (int i = 0; i < 20 && !seen; i++) {
			world.run(Duration.ofMillis(500));
			seen = world.nodes().stream().allMatch((observer) -> seesAll(observer, zone));
		}
		assertThat(seen).isTrue();
	}

	private static boolean seesAll(SimulatedNode observer, List<SimulatedNode> moved) {
		return moved.stream()
			.allMatch((subject) -> observer.view()
				.find(subject.id())
				.filter((status) -> status.state() == MemberState.ALIVE
						&& status.member().address().equals(subject.address()))
				.isPresent());
	}

}
