package io.gossip.simulator;

import java.time.Duration;

import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DetectionTheoremsTest {

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 10, 100 })
	void aCrashIsDetectedByAllAndNobodyElseIsAccused(int nodes) {
		Simulation world = Worlds.up(nodes);
		SimulatedNode victim = world.node(nodes - 1);
		victim.vanish();
		assertThat(world.runUntil(
				(all) -> Worlds.allOthers(all, victim, (node) -> node.stateOf(victim) == MemberState.DEAD),
				Duration.ofSeconds(60)))
			.isTrue();
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isEqualTo(nodes - 1);
		world.run(Duration.ofSeconds(30));
		world.validate();
	}

	@Test
	void aSuspicionPrecedesEveryDeath() {
		Simulation world = Worlds.up(10);
		SimulatedNode victim = world.node(3);
		victim.crash();
		world.run(Duration.ofSeconds(40));
		for (SimulatedNode node : world.nodes()) {
			if (node != victim) {
				assertThat(node.events()).extracting(RecordedEvent::event)
					.filteredOn((event) -> event.member().id().equals(victim.id()))
					.hasAtLeastOneElementOfType(MembershipEvent.Suspected.class)
					.last()
					.isInstanceOf(MembershipEvent.Failed.class);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void whoeverComesBackFromTheDeadIsNotDeclaredDeadByThoseWhoNeverHeardOfItsDeath(long seed) {
		Simulation world = Worlds.up(Simulation.builder().nodes(30).seed(seed));
		SimulatedNode phoenix = world.node(29);
		phoenix.vanish();
		assertThat(world.runUntil(
				(all) -> Worlds.allOthers(all, phoenix, (node) -> node.stateOf(phoenix) == MemberState.DEAD),
				Duration.ofSeconds(60)))
			.isTrue();
		for (int i = 0; i < 15; i++) {
			world.node(i).restart();
		}
		world.run(Duration.ofSeconds(30));
		long before = Worlds.count(world, MembershipEvent.Failed.class, phoenix);
		phoenix.start();
		world.run(Duration.ofSeconds(30));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class, phoenix)).isEqualTo(before);
		world.validate();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void nobodyWellIsDeclaredDeadThoughOnePacketInTwentyIsLost(long seed) {
		LinkProfile lossy = LinkProfile.ofLatency(Duration.ofMillis(1)).withLoss(0.05);
		Simulation world = Worlds.up(Simulation.builder().nodes(40).seed(seed).withinZone(lossy));
		world.run(Duration.ofMinutes(10));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void aPauseThatIsToleratedKillsNobody(long seed) {
		Simulation world = Worlds.up(Simulation.builder().nodes(20).seed(seed));
		for (int i = 0; i < 40; i++) {
			world.node(world.random().nextInt(20)).pause(Duration.ofMillis(1990));
			world.run(Duration.ofSeconds(8));
		}
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
		world.run(Duration.ofSeconds(30));
		world.validate();
	}

	@Test
	void aLongerToleratedPauseToleratesALongerPause() {
		GossipConfig patient = GossipConfig.builder()
			.failureDetection((old) -> old.withToleratedPause(Duration.ofSeconds(10)))
			.build();
		Simulation world = Worlds.up(10, patient);
		for (int i = 0; i < 10; i++) {
			world.node(i).pause(Duration.ofMillis(9900));
			world.run(Duration.ofSeconds(30));
		}
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
	}

	@Test
	void aLongPauseKillsAndTheSameProcessComesBackWithAHigherIncarnation() {
		Simulation world = Worlds.up(20);
		SimulatedNode sleeper = world.node(13);
		long before = world.node(0).incarnationOf(sleeper);
		int instance = sleeper.engine().self().instance();
		sleeper.pause(Duration.ofSeconds(20));
		world.run(Duration.ofMillis(19_900));
		assertThat(Worlds.allOthers(world, sleeper, (node) -> node.stateOf(sleeper) == MemberState.DEAD)).isTrue();
		assertThat(world.runUntil(
				(all) -> Worlds.allOthers(all, sleeper, (node) -> node.stateOf(sleeper) == MemberState.ALIVE),
				Duration.ofSeconds(15)))
			.isTrue();
		assertThat(world.node(0).incarnationOf(sleeper)).isGreaterThan(before);
		assertThat(sleeper.engine().self().instance()).isEqualTo(instance);
		world.run(Duration.ofSeconds(30));
		world.validate();
	}

	@Test
	void whoeverSleptDoesNotAccuseTheOthers() {
		Simulation world = Worlds.up(20);
		SimulatedNode sleeper = world.node(13);
		sleeper.pause(Duration.ofSeconds(20));
		world.run(Duration.ofMinutes(2));
		assertThat(sleeper.events()).extracting(RecordedEvent::event)
			.noneMatch(MembershipEvent.Failed.class::isInstance);
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isEqualTo(19);
	}

	@Test
	void aStaleSpeakerIsCorrectedAtOnce() {
		GossipConfig noRepair = GossipConfig.builder()
			.antiEntropy((old) -> old.withInterval(Duration.ZERO).withDivergenceDelay(Duration.ofHours(1)))
			.healing((old) -> old.withInterval(Duration.ofHours(2)))
			.build();
		Simulation world = Worlds.up(10, noRepair);
		SimulatedNode sleeper = world.node(4);
		sleeper.pause(Duration.ofSeconds(30));
		world.run(Duration.ofMillis(29_990));
		assertThat(Worlds.allOthers(world, sleeper, (node) -> node.stateOf(sleeper) == MemberState.DEAD)).isTrue();
		assertThat(world.runUntil(
				(all) -> Worlds.allOthers(all, sleeper, (node) -> node.stateOf(sleeper) == MemberState.ALIVE),
				Duration.ofSeconds(4)))
			.isTrue();
	}

	@Test
	void aSlowNodeAndClocksThatDriftAreTolerated() {
		Simulation world = Worlds.up(20);
		world.node(3).slow(Duration.ofMillis(10));
		world.node(5).clockGain(2_000);
		world.node(6).clockGain(-2_000);
		world.run(Duration.ofMinutes(5));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
	}

	@Test
	void aFlappingNodeSettlesWhenItStopsFlapping() {
		Simulation world = Worlds.up(10);
		SimulatedNode flapper = world.node(6);
		for (int i = 0; i < 10; i++) {
			flapper.pause(Duration.ofSeconds(15));
			world.run(Duration.ofSeconds(20));
		}
		world.run(Duration.ofMinutes(1));
		world.validate();
	}

}
