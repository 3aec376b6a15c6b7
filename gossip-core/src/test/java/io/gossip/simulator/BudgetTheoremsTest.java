package io.gossip.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.TrafficClass;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the classes of traffic may send, and what waits first. */
class BudgetTheoremsTest {

	private static final int NODES = 30;

	/** One second's rate, what may be spent at once, and the packet that exceeds it. */
	private static int mostInASecond(int bytesPerSecond) {
		return bytesPerSecond + 4096 + 1428;
	}

	@Test
	void newsThatExceedsItsBudgetWaitsAndArrivesAfterAll() {
		int rate = 4096;
		Simulation world = Worlds.up(NODES,
				GossipConfig.builder().dissemination((settings) -> settings.withBytesPerSecond(rate)).build());
		// Who has just joined may spend more.
		world.run(Duration.ofSeconds(30));
		long before = world.statistics().drops(DropReason.RUMOR_BUDGET);
		// 30 times 700 bytes to six others each, and no second of a node has room for it.
		for (SimulatedNode node : world.nodes()) {
			node.updateMetadata(metadata("v".repeat(700)));
		}
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofSeconds(1))).isFalse();
		for (int second = 0; second < 20; second++) {
			world.statistics().reset();
			world.run(Duration.ofSeconds(1));
			for (SimulatedNode node : world.nodes()) {
				assertThat(world.statistics().bytesSent(node.index(), TrafficClass.RUMOR))
					.isLessThanOrEqualTo(mostInASecond(rate));
			}
		}
		assertThat(world.statistics().drops(DropReason.RUMOR_BUDGET)).isGreaterThan(before);
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofSeconds(60))).isTrue();
		assertThat(Worlds.count(world, MembershipEvent.Suspected.class)).as("probes never wait").isZero();
	}

	@Test
	void repairKeepsToItsBudgetAndGetsThereAfterAll() {
		int rate = 2048;
		Simulation world = Worlds.up(NODES,
				GossipConfig.builder()
					.antiEntropy((settings) -> settings.withBytesPerSecond(rate))
					.failureDetection((settings) -> settings.withToleratedPause(Duration.ofMinutes(2)))
					.build());
		Partition cut = world.isolate(world.node(0));
		for (SimulatedNode node : world.nodes().subList(1, NODES)) {
			node.updateMetadata(metadata("v".repeat(500)));
		}
		world.run(Duration.ofSeconds(20));
		cut.heal();
		long before = world.statistics().drops(DropReason.BULK_BUDGET);
		for (int second = 0; second < 30; second++) {
			world.statistics().reset();
			world.run(Duration.ofSeconds(1));
			for (SimulatedNode node : world.nodes()) {
				assertThat(world.statistics().bytesSent(node.index(), TrafficClass.BULK))
					.isLessThanOrEqualTo(mostInASecond(rate));
			}
		}
		assertThat(world.statistics().drops(DropReason.BULK_BUDGET)).isGreaterThan(before);
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofMinutes(3))).isTrue();
	}

	@Test
	void whoUpdatesAHundredTimesASecondOnlyDelaysItself() {
		Simulation world = Worlds.up(NODES);
		SimulatedNode flooder = world.node(0);
		world.statistics().reset();
		for (int update = 0; update < 1000; update++) {
			flooder.updateMetadata(metadata(update + "v".repeat(1000)));
			world.run(Duration.ofMillis(10));
			if (update % 100 == 99) {
				SimulatedNode quiet = world.node(1 + update / 100);
				quiet.updateMetadata(metadata("mine " + update));
				long version = quiet.engine().self().contentVersion();
				assertThat(world.runUntil((all) -> Worlds.allOthers(all, quiet, (node) -> knows(node, quiet, version)),
						Duration.ofMillis(600)))
					.isTrue();
			}
		}
		double ticks = 10 * world.config().dissemination().gossipFanout() * 5;
		assertThat(world.statistics().messagesSent(7, TrafficClass.RUMOR)).as("a flood is not pushed on at once")
			.isLessThan((long) (3 * ticks));
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofSeconds(5))).isTrue();
	}

	private static boolean knows(SimulatedNode node, SimulatedNode subject, long version) {
		return node.view()
			.members()
			.stream()
			.anyMatch((status) -> status.member().id().equals(subject.id())
					&& status.member().contentVersion() >= version);
	}

	@Test
	void aNodeWhoseQueueIsFullStillProbesAndStopsEverythingElse() {
		Simulation world = Worlds.up(NODES);
		SimulatedNode stuck = world.node(3);
		stuck.tell((engine, nowNanos) -> engine.onWritable(nowNanos, false));
		world.node(4).updateMetadata(metadata("x"));
		world.run(Duration.ofMillis(300));
		world.statistics().reset();
		for (int i = 5; i < 10; i++) {
			world.node(i).updateMetadata(metadata("y" + i));
			world.run(Duration.ofSeconds(2));
		}
		assertThat(world.statistics().messagesSent(3, TrafficClass.RUMOR)).isZero();
		assertThat(world.statistics().messagesSent(3, TrafficClass.BULK)).isZero();
		assertThat(world.statistics().messagesSent(3, TrafficClass.PROBE)).isGreaterThan(15);
		assertThat(stuck.stateOf(world.node(9))).isEqualTo(MemberState.ALIVE);
		assertThat(world.isConverged()).as("the others do without it").isTrue();
		stuck.tell((engine, nowNanos) -> engine.onWritable(nowNanos, true));
		stuck.updateMetadata(metadata("z"));
		world.run(Duration.ofSeconds(1));
		assertThat(world.statistics().messagesSent(3, TrafficClass.RUMOR)).isPositive();
	}

	private static SortedMap<String, String> metadata(String value) {
		return new TreeMap<>(Map.of("key", value));
	}

}
