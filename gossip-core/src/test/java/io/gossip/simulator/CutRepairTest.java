package io.gossip.simulator;

import java.time.Duration;
import java.util.Map;

import io.gossip.GossipConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is repaired after a cut, where rumors reach one in two and nothing else starts a
 * comparison.
 */
class CutRepairTest {

	private static final Duration NEVER = Duration.ofHours(20);

	@Test
	void forAMinuteAfterACutWhoMissesSomethingComparesAtOnce() {
		Simulation world = afterCut(Duration.ofSeconds(45));
		world.node(5).updateMetadata(Map.of("key", "value"));
		world.run(Duration.ofSeconds(1));
		assertThat(world.isConverged()).as("rumors do it").isFalse();
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofSeconds(10))).isTrue();
	}

	@Test
	void afterThatTheHashHasToDifferForTheDelay() {
		Simulation world = afterCut(Duration.ofSeconds(90));
		world.node(5).updateMetadata(Map.of("key", "value"));
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofSeconds(60))).isFalse();
	}

	private static Simulation afterCut(Duration pause) {
		Simulation world = Worlds.up(Simulation.builder()
			.nodes(30)
			.zones(2)
			.config(GossipConfig.builder()
				.antiEntropy((settings) -> settings.withDivergenceDelay(NEVER).withInterval(NEVER))
				.dissemination((settings) -> settings.withEagerFanout(0).withSendsMax(1))
				.build()));
		Partition cut = world.cutZone(0);
		world.run(Duration.ofSeconds(60));
		assertThat(world.nodes()).allMatch((node) -> !node.view().unreachableZones().isEmpty());
		cut.heal();
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofSeconds(10))).isTrue();
		world.run(pause);
		return world;
	}

}
