package io.gossip.simulator;

import java.time.Duration;
import java.util.List;

import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FaultyNetworkTheoremsTest {

	private static final LinkProfile PLAIN = LinkProfile.ofLatency(Duration.ofMillis(1));

	@Test
	void aZoneThatIsCutOffAndNotGuardedFailsOnBothSidesAndHealsToOneHash() {
		GossipConfig unguarded = GossipConfig.builder()
			.failureDetection((detection) -> detection.withZoneUnreachableTimeout(Duration.ZERO))
			.build();
		Simulation world = Worlds.up(Simulation.builder().nodes(30).zones(3).config(unguarded));
		Partition cut = world.partitionZones(List.of(0));
		world.run(Duration.ofMinutes(2));
		assertThat(world.node(0).view().size()).isEqualTo(10);
		assertThat(world.node(1).view().size()).isEqualTo(20);
		world.validate();
		cut.heal();
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofMinutes(1))).isTrue();
		world.run(Duration.ofSeconds(30));
		world.validate();
		assertThat(world.node(0).view().size()).isEqualTo(30);
	}

	@Test
	void halvesThatAreCutApartHealToOneHash() {
		Simulation world = Worlds.up(40);
		Partition cut = world.partition((node) -> 1 + node.index() % 2);
		world.run(Duration.ofMinutes(2));
		world.validate();
		cut.heal();
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofMinutes(1))).isTrue();
	}

	@Test
	void aNodeThatWasAloneFindsTheOthersAgain() {
		Simulation world = Worlds.up(10);
		SimulatedNode lonely = world.node(7);
		Partition cut = world.isolate(lonely);
		world.run(Duration.ofMinutes(2));
		assertThat(lonely.view().size()).isEqualTo(1);
		cut.heal();
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofMinutes(1))).isTrue();
	}

	@Test
	void onePathThatLosesEverythingOneWayAccusesNobodyForLong() {
		Simulation world = Worlds.up(10);
		world.link(world.node(2), world.node(5), PLAIN.withLoss(1));
		world.run(Duration.ofMinutes(5));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
	}

	@Test
	void aNodeThatIsNotHeardIsDeadUntilItIsHeardAgain() {
		Simulation world = Worlds.up(10);
		SimulatedNode mute = world.node(5);
		world.linkFrom(mute, PLAIN.withLoss(1));
		world.run(Duration.ofMinutes(1));
		assertThat(Worlds.allOthers(world, mute, (node) -> node.stateOf(mute) == MemberState.DEAD)).isTrue();
		world.restoreLinks();
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofMinutes(1))).isTrue();
	}

	@Test
	void aNodeThatHearsNothingDoesNotTakeTheOthersDown() {
		Simulation world = Worlds.up(20);
		SimulatedNode deaf = world.node(5);
		world.linkTo(deaf, PLAIN.withLoss(1));
		world.run(Duration.ofMinutes(1));
		world.restoreLinks();
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofMinutes(1))).isTrue();
		assertThat(world.nodes()).filteredOn((node) -> node != deaf)
			.allMatch((node) -> node.events()
				.stream()
				.noneMatch((recorded) -> recorded.event() instanceof MembershipEvent.Failed failed
						&& !failed.member().id().equals(deaf.id())));
	}

	@Test
	void duplicatesReorderingAndReplayAreHarmless() {
		LinkProfile messy = PLAIN.withDuplication(0.3).withReordering(0.3, Duration.ofMillis(100)).withReplay(0.1);
		Simulation world = Worlds.up(Simulation.builder().nodes(20).withinZone(messy));
		world.node(3).restart();
		world.node(4).crash();
		world.run(Duration.ofMinutes(5));
		world.validate();
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isEqualTo(19);
		assertThat(world.node(0).incarnationOf(world.node(7))).isEqualTo(world.node(7).incarnationOf(world.node(7)));
	}

	@Test
	void aClogOfHalfASecondKillsNobody() {
		Simulation world = Worlds
			.up(Simulation.builder().nodes(20).withinZone(PLAIN.withClog(0.05, Duration.ofMillis(500))));
		world.run(Duration.ofMinutes(5));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
	}

	@Test
	void slowLinksBetweenZonesKillNobody() {
		Simulation world = Worlds
			.up(Simulation.builder().nodes(30).zones(3).betweenZones(LinkProfile.ofLatency(Duration.ofMillis(90))));
		world.run(Duration.ofMinutes(5));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
	}

	@Test
	void aWorldThatIsNotAtRestIsNotValid() {
		Simulation world = Worlds.up(6);
		world.isolate(world.node(2));
		world.run(Duration.ofMinutes(1));
		world.healAll();
		assertThatExceptionOfType(SimulationFailure.class).isThrownBy(world::validate)
			.withMessageContaining("scenario world, seed 1, at ")
			.withMessageContaining("views differ");
	}

	@Test
	void aBrokenRuleNamesSeedScenarioTimeAndTheCommandToRepeat() {
		Simulation world = Simulation.builder().nodes(3).seed(99).scenario("planted", "mvn test -Dseed=99").build();
		world.require(new Invariant() {
			@Override
			public @Nullable String afterStep(Simulation simulation, SimulatedNode node) {
				return (simulation.now().toSeconds() >= 5) ? node.name() + " is a planted violation" : null;
			}
		});
		world.startAll();
		assertThatExceptionOfType(SimulationFailure.class).isThrownBy(() -> world.run(Duration.ofMinutes(1)))
			.withMessageMatching("(?s)scenario planted, seed 99, at 5\\.\\d{9}s: node-\\d is a planted violation\n"
					+ "reproduce: mvn test -Dseed=99");
	}

}
