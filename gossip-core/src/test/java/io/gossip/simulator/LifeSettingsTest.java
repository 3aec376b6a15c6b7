package io.gossip.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.gossip.ClusterPhase;
import io.gossip.GossipConfig;
import io.gossip.GossipException;
import io.gossip.HealingSettings;
import io.gossip.JoinSettings;
import io.gossip.LimitSettings;
import io.gossip.MemberState;
import io.gossip.protocol.DropReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What each setting of joining, healing, leaving and the limits does, from outside. */
class LifeSettingsTest {

	private static final int NODES = 12;

	@Test
	void theShorterTheFirstPauseTheSoonerTheSeedsAreAskedAgain() {
		UnaryOperator<JoinSettings> brief = (old) -> old.withAttemptTimeout(Duration.ofMillis(100));
		Duration within = Duration.ofSeconds(8);
		assertThat(attempts((old) -> brief.apply(old).withRetryInitial(Duration.ofMillis(100)), within))
			.isGreaterThan(attempts((old) -> brief.apply(old).withRetryInitial(Duration.ofSeconds(3)), within) + 1);
	}

	@Test
	void theLongestPauseBoundsHowSeldomTheSeedsAreAsked() {
		assertThat(attempts((old) -> old.withRetryMax(Duration.ofSeconds(1)), Duration.ofMinutes(2)))
			.isGreaterThan(2 * attempts((old) -> old.withRetryMax(Duration.ofMinutes(5)), Duration.ofMinutes(2)));
	}

	@Test
	void aShorterAttemptTimeoutAsksTheNextTimeSooner() {
		assertThat(attempts((old) -> old.withRetryMax(Duration.ofSeconds(1)).withAttemptTimeout(Duration.ofMillis(200)),
				Duration.ofMinutes(1)))
			.isGreaterThan(
					attempts((old) -> old.withRetryMax(Duration.ofSeconds(1)).withAttemptTimeout(Duration.ofSeconds(5)),
							Duration.ofMinutes(1)));
	}

	@Test
	void aShorterHealingIntervalFindsTheLostSooner() {
		assertThat(healingMillis((old) -> old.withInterval(Duration.ofSeconds(1))))
			.isLessThan(healingMillis((old) -> old.withInterval(Duration.ofMinutes(2))) / 2);
	}

	@Test
	void theDeadAreRememberedAsLongAsTheRetentionSays() {
		Simulation world = up((config) -> config.healing((old) -> old.withRetention(Duration.ofMinutes(2))));
		world.node(5).crash();
		world.run(Duration.ofSeconds(60));
		assertThat(world.node(1).stateOf(world.node(5))).isEqualTo(MemberState.DEAD);
		world.run(Duration.ofMinutes(2));
		assertThat(world.node(1).view().find(world.node(5).id())).isEmpty();
	}

	@Test
	void whoLeavesUnheardWaitsAsLongAsTheTimeoutSays() {
		for (int seconds : new int[] { 1, 10 }) {
			Simulation world = up((config) -> config.leave((old) -> old.withTimeout(Duration.ofSeconds(seconds))));
			SimulatedNode lonely = world.node(5);
			world.isolate(lonely);
			lonely.leave();
			world.run(Duration.ofMillis(seconds * 1000 - 300));
			assertThat(lonely.isRunning()).isTrue();
			assertThat(lonely.phase()).isEqualTo(ClusterPhase.LEAVING);
			world.run(Duration.ofMillis(600));
			assertThat(lonely.isRunning()).isFalse();
		}
	}

	@Test
	void noNodeKnowsMoreMembersThanItMay() {
		Simulation world = started((old) -> old.withMembersMax(7));
		assertThat(world.nodes()).allSatisfy((node) -> assertThat(node.view().size()).isLessThanOrEqualTo(7));
		assertThat(world.statistics().drops(DropReason.MEMBERS_LIMIT)).isPositive();
		assertThat(started(UnaryOperator.identity()).statistics().drops(DropReason.MEMBERS_LIMIT)).isZero();
	}

	@Test
	void noMoreNewsWaitsThanMay() {
		Simulation small = up((config) -> config.limits((old) -> old.withRumorsMax(16)), 30);
		Simulation large = up((config) -> config, 30);
		for (Simulation world : new Simulation[] { small, large }) {
			world.nodes().forEach((node) -> node.updateMetadata(Map.of("key", "value")));
			world.run(Duration.ofSeconds(60));
			assertThat(world.isConverged()).as("what is lost is repaired").isTrue();
		}
		assertThat(small.statistics().drops(DropReason.RUMORS_LIMIT)).isPositive();
		assertThat(large.statistics().drops(DropReason.RUMORS_LIMIT)).isZero();
	}

	@Test
	void noMoreOfTheDeadAreRememberedThanMay() {
		Simulation world = up((config) -> config.limits((old) -> old.withTombstonesMax(2)));
		for (int i = 3; i < 8; i++) {
			world.node(i).crash();
		}
		world.run(Duration.ofSeconds(60));
		assertThat(world.node(1).view().all()).hasSize(NODES - 5 + 2);
	}

	@Test
	void metadataIsAsLargeAsItMayBe() {
		Simulation world = up((config) -> config.limits((old) -> old.withMetadataBytesMax(100)));
		world.node(1).updateMetadata(Map.of("key", "v".repeat(93)));
		assertThatExceptionOfType(GossipException.InvalidSetting.class)
			.isThrownBy(() -> world.node(1).updateMetadata(Map.of("key", "v".repeat(94))));
	}

	@Test
	void noMoreSuspicionsRunThanMay() {
		Simulation few = up((config) -> config.limits((old) -> old.withSuspicionsMax(1)));
		for (int i = 3; i < 8; i++) {
			few.node(i).vanish();
		}
		few.run(Duration.ofSeconds(6));
		assertThat(few.nodes().stream().filter(SimulatedNode::isRunning))
			.allSatisfy((node) -> assertThat(node.engine().suspicionsRunning()).isLessThanOrEqualTo(1));
		assertThat(few.statistics().drops(DropReason.SUSPICIONS_LIMIT)).isPositive();
	}

	@Test
	void noMoreOfTheStaleAreToldThanMay() {
		assertThat(correctionsDropped((old) -> old.withCorrectionsPerSecond(1)))
			.isGreaterThan(correctionsDropped(UnaryOperator.identity()));
	}

	private static Simulation up(UnaryOperator<GossipConfig.Builder> change) {
		return up(change, NODES);
	}

	private static Simulation up(UnaryOperator<GossipConfig.Builder> change, int nodes) {
		return Worlds.up(nodes, change.apply(GossipConfig.builder()).build());
	}

	private static Simulation started(UnaryOperator<LimitSettings> change) {
		Simulation world = Simulation.builder()
			.nodes(NODES)
			.config(GossipConfig.builder().limits(change).build())
			.build();
		world.startAll();
		world.run(Duration.ofSeconds(20));
		return world;
	}

	/** How often a node asks seeds that do not answer. */
	private static int attempts(UnaryOperator<JoinSettings> change, Duration within) {
		Simulation world = Simulation.builder()
			.nodes(2)
			.seeds(1)
			.config(GossipConfig.builder().join(change).build())
			.build();
		world.isolate(world.node(1));
		world.startAll();
		world.run(within);
		return world.node(1).engine().joinAttempts();
	}

	/** From the end of a long cut until all agree again. */
	private static long healingMillis(UnaryOperator<HealingSettings> change) {
		Simulation world = up((config) -> config.healing(change)
			.failureDetection((settings) -> settings.withZoneUnreachableTimeout(Duration.ZERO)));
		Partition cut = world.partition((node) -> 1 + node.index() % 2);
		world.run(Duration.ofMinutes(2));
		cut.heal();
		Duration start = world.now();
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofMinutes(20))).isTrue();
		return world.now().minus(start).toMillis();
	}

	private static long correctionsDropped(UnaryOperator<LimitSettings> change) {
		Simulation world = up((config) -> config.limits(change));
		Partition cut = world.partition((node) -> 1 + node.index() % 2);
		world.run(Duration.ofMinutes(1));
		cut.heal();
		world.run(Duration.ofSeconds(30));
		return world.statistics().drops(DropReason.CORRECTIONS_LIMIT);
	}

}
