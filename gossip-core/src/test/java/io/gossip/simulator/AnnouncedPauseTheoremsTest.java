package io.gossip.simulator;

import java.time.Duration;

import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who announces a pause is waited for, and only as long as it takes. */
class AnnouncedPauseTheoremsTest {

	private static final int NODES = 20;

	private static final Duration PAUSE = Duration.ofSeconds(30);

	@Test
	void whoAnnouncesAPauseIsNotDeclaredDead() {
		Simulation world = Worlds.up(NODES);
		SimulatedNode sleeper = world.node(7);
		sleeper.announcePause(PAUSE);
		sleeper.pause(PAUSE);
		world.run(Duration.ofSeconds(60));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
		assertThat(Worlds.count(world, MembershipEvent.Suspected.class, sleeper)).isPositive();
		assertThat(world.isConverged()).isTrue();
	}

	@Test
	void whoDoesNotIs() {
		Simulation world = Worlds.up(NODES);
		world.node(7).pause(PAUSE);
		world.run(Duration.ofSeconds(60));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class, world.node(7))).isEqualTo(NODES - 1);
	}

	@Test
	void whereAnnouncementsAreIgnoredTheyDoNotHelp() {
		Simulation world = Worlds.up(NODES, withMax(Duration.ZERO));
		SimulatedNode sleeper = world.node(7);
		sleeper.announcePause(PAUSE);
		sleeper.pause(PAUSE);
		world.run(Duration.ofSeconds(60));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class, sleeper)).isEqualTo(NODES - 1);
	}

	@Test
	void nobodyIsWaitedForLongerThanTheSettingAllows() {
		Simulation world = Worlds.up(NODES, withMax(Duration.ofSeconds(10)));
		SimulatedNode sleeper = world.node(7);
		sleeper.announcePause(Duration.ofMinutes(50));
		sleeper.pause();
		world.run(Duration.ofSeconds(10));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class, sleeper)).isZero();
		assertThat(world.runUntil((all) -> isDeadEverywhere(all, sleeper), Duration.ofSeconds(5))).isTrue();
	}

	@Test
	void aHostThatIsLostInItsPauseIsFoundDeadAfterIt() {
		Simulation world = Worlds.up(NODES);
		SimulatedNode sleeper = world.node(7);
		sleeper.announcePause(PAUSE);
		world.run(Duration.ofSeconds(1));
		sleeper.vanish();
		world.run(Duration.ofSeconds(28));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class, sleeper)).isZero();
		assertThat(world.runUntil((all) -> isDeadEverywhere(all, sleeper), Duration.ofSeconds(6))).isTrue();
	}

	@Test
	void aProcessThatHasEndedIsNotWaitedFor() {
		Simulation world = Worlds.up(NODES);
		SimulatedNode sleeper = world.node(7);
		sleeper.announcePause(PAUSE);
		world.run(Duration.ofSeconds(1));
		sleeper.crash();
		assertThat(world.runUntil((all) -> isDeadEverywhere(all, sleeper), Duration.ofSeconds(8)))
			.as("its host refuses streams, which says more than silence")
			.isTrue();
	}

	@Test
	void whoSleepsWellAndWakesUpEarlyIsWatchedAsBeforeWhenItHasRefuted() {
		Simulation world = Worlds.up(NODES);
		SimulatedNode sleeper = world.node(7);
		sleeper.announcePause(Duration.ofSeconds(55));
		sleeper.pause(Duration.ofSeconds(10));
		world.run(Duration.ofSeconds(20));
		assertThat(Worlds.count(world, MembershipEvent.Recovered.class, sleeper)).isPositive();
		sleeper.vanish();
		assertThat(world.runUntil((all) -> isDeadEverywhere(all, sleeper), Duration.ofSeconds(15))).isTrue();
	}

	private static boolean isDeadEverywhere(Simulation world, SimulatedNode subject) {
		return Worlds.allOthers(world, subject, (node) -> node.stateOf(subject) == MemberState.DEAD);
	}

	private static GossipConfig withMax(Duration max) {
		return GossipConfig.builder().failureDetection((settings) -> settings.withAnnouncedPauseMax(max)).build();
	}

}
