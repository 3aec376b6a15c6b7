package io.gossip.simulator;

import java.time.Duration;
import java.util.Map;

import io.gossip.GossipConfig;
import io.gossip.protocol.TrafficClass;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How much news goes from zone to zone, and that it always arrives. */
class CrossZoneTheoremsTest {

	private static final int UPDATES = 20;

	@Test
	void theSmallerTheShareTheFewerBytesOfNewsLeaveTheirZone() {
		double all = shareOfNewsThatCrosses(100);
		assertThat(all).as("two of three zones are others").isBetween(0.55, 0.75);
		assertThat(shareOfNewsThatCrosses(40)).isBetween(0.2, 0.35);
		assertThat(shareOfNewsThatCrosses(15)).isBetween(0.05, 0.17);
	}

	@Test
	void aSmallShareDelaysNoUpdate() {
		assertThat(slowestMillis(world(60, 10))).isLessThan(1500);
	}

	@Test
	void fewMembersOfAZoneLetMoreOut() {
		Simulation world = world(9, 1);
		assertThat(slowestMillis(world)).isLessThan(1500);
	}

	@Test
	void newsGetsOutOfAZoneWhenThoseWhoWouldHaveToldOthersAreGone() {
		Simulation world = world(60, 5);
		SimulatedNode origin = world.node(0);
		// Every second one of the zone dies, and nobody knows it yet.
		for (int i = 3; i < 60; i += 6) {
			world.node(i).vanish();
		}
		assertThat(reachesOtherZones(world, origin)).isTrue();
		// All the others of the zone go: the last one tells the world itself.
		for (int i = 6; i < 60; i += 6) {
			world.node(i).leave();
		}
		world.run(Duration.ofSeconds(30));
		assertThat(reachesOtherZones(world, origin)).isTrue();
	}

	@Test
	void amongManyZonesNewsReachesEachOfThem() {
		GossipConfig config = GossipConfig.builder()
			.dissemination((settings) -> settings.withCrossZonePercent(5))
			.build();
		Simulation world = Worlds.up(Simulation.builder().nodes(80).zones(16).config(config));
		assertThat(slowestMillis(world)).isLessThan(1500);
	}

	private static boolean reachesOtherZones(Simulation world, SimulatedNode origin) {
		origin.updateMetadata(Map.of("key", "value " + world.now()));
		long version = origin.engine().self().contentVersion();
		return world.runUntil(
				(all) -> Worlds.allOthers(all, origin,
						(node) -> node.zoneIndex() == origin.zoneIndex() || version == versionOf(node, origin)),
				Duration.ofSeconds(1));
	}

	private static Simulation world(int nodes, int percent) {
		GossipConfig config = GossipConfig.builder()
			.dissemination((settings) -> settings.withCrossZonePercent(percent))
			.build();
		return Worlds.up(Simulation.builder()
			.nodes(nodes)
			.zones(3)
			.config(config)
			.betweenZones(LinkProfile.ofLatency(Duration.ofMillis(20))));
	}

	private static double shareOfNewsThatCrosses(int percent) {
		Simulation world = world(60, percent);
		world.statistics().reset();
		for (int i = 0; i < UPDATES; i++) {
			world.node(i).updateMetadata(Map.of("key", "value " + i));
			world.run(Duration.ofSeconds(3));
		}
		double sent = 0;
		for (SimulatedNode node : world.nodes()) {
			sent += world.statistics().bytesSent(node.index(), TrafficClass.RUMOR);
		}
		return world.statistics().bytesBetweenZones(TrafficClass.RUMOR) / sent;
	}

	private static long slowestMillis(Simulation world) {
		long slowest = 0;
		for (int i = 0; i < UPDATES; i++) {
			SimulatedNode origin = world.node(i % world.nodes().size());
			Duration start = world.now();
			origin.updateMetadata(Map.of("key", "value " + i));
			long version = origin.engine().self().contentVersion();
			assertThat(
					world.runUntil((all) -> Worlds.allOthers(all, origin, (node) -> version == versionOf(node, origin)),
							Duration.ofSeconds(30)))
				.isTrue();
			slowest = Math.max(slowest, world.now().minus(start).toMillis());
			world.run(Duration.ofSeconds(3));
		}
		return slowest;
	}

	private static long versionOf(SimulatedNode node, SimulatedNode subject) {
		return node.view().find(subject.id()).orElseThrow().member().contentVersion();
	}

}
