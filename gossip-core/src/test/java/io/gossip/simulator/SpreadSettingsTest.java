package io.gossip.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.gossip.AntiEntropySettings;
import io.gossip.DisseminationSettings;
import io.gossip.GossipConfig;
import io.gossip.protocol.TrafficClass;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What each setting of dissemination and anti-entropy does, seen from outside. */
class SpreadSettingsTest {

	private static final int NODES = 30;

	private static final Duration NEVER = Duration.ofHours(20);

	@Test
	void aShorterGossipIntervalSpreadsSooner() {
		UnaryOperator<DisseminationSettings> ticks = (old) -> old.withEagerFanout(0);
		assertThat(spreadMillis((old) -> ticks.apply(old).withGossipInterval(Duration.ofMillis(50))))
			.isLessThan(spreadMillis(ticks) / 2);
	}

	@Test
	void aLargerFanoutOfTheTicksSpreadsSooner() {
		UnaryOperator<DisseminationSettings> ticks = (old) -> old.withEagerFanout(0).withSendsMax(16);
		assertThat(spreadMillis((old) -> ticks.apply(old).withGossipFanout(6)))
			.isLessThan(spreadMillis((old) -> ticks.apply(old).withGossipFanout(1)) * 2 / 3);
	}

	@Test
	void whatIsPushedAtOnceIsKnownAtOnce() {
		assertThat(spreadMillis(UnaryOperator.identity())).isLessThan(60);
		assertThat(spreadMillis((old) -> old.withEagerFanout(0))).isGreaterThan(200);
	}

	@Test
	void newsThatWaitsForCompanyArrivesLaterInFewerPackets() {
		UnaryOperator<DisseminationSettings> patient = (old) -> old.withEagerDelay(Duration.ofMillis(100));
		assertThat(spreadMillis(patient)).isGreaterThan(100);
		assertThat(packetsOfManyUpdates(patient))
			.isLessThan(packetsOfManyUpdates((old) -> old.withEagerDelay(Duration.ZERO)) / 2);
	}

	@Test
	void theFewerSendsTheFewerCopies() {
		assertThat(copies((old) -> old.withSendsMax(2))).isLessThan(2.5);
		assertThat(copies(UnaryOperator.identity())).isBetween(4.0, 8.0);
	}

	@Test
	void aShorterIntervalOfComparisonsFindsSoonerWhatIsMissing() {
		// Whoever has missed something is told so by nothing else.
		long often = repairMillis((old) -> old.withDivergenceDelay(NEVER).withInterval(Duration.ofSeconds(2)));
		long seldom = repairMillis((old) -> old.withDivergenceDelay(NEVER).withInterval(Duration.ofSeconds(90)));
		assertThat(often).isLessThan(seldom / 2);
	}

	@Test
	void aShorterDivergenceDelayComparesSoonerWhereHashesDiffer() {
		long soon = repairMillis((old) -> old.withInterval(Duration.ZERO).withDivergenceDelay(Duration.ofMillis(500)));
		long late = repairMillis((old) -> old.withInterval(Duration.ZERO).withDivergenceDelay(Duration.ofSeconds(30)));
		assertThat(soon).isLessThan(late - 10_000);
	}

	private static Simulation world(UnaryOperator<DisseminationSettings> change) {
		return Worlds.up(NODES, GossipConfig.builder().dissemination(change).build());
	}

	/** From an update until two thirds know it, on average. */
	private static long spreadMillis(UnaryOperator<DisseminationSettings> change) {
		Simulation world = world(change);
		long millis = 0;
		for (int i = 0; i < 10; i++) {
			Duration start = world.now();
			SimulatedNode origin = world.node(i);
			origin.updateMetadata(Map.of("key", "value"));
			assertThat(world.runUntil((all) -> knowing(all, origin) >= NODES * 2 / 3, Duration.ofMinutes(1))).isTrue();
			millis += world.now().minus(start).toMillis();
			world.run(Duration.ofSeconds(3));
		}
		return millis / 10;
	}

	private static long knowing(Simulation world, SimulatedNode origin) {
		return world.nodes()
			.stream()
			.filter((node) -> node.view().find(origin.id()).orElseThrow().member().metadata().containsKey("key"))
			.count();
	}

	private static long packetsOfManyUpdates(UnaryOperator<DisseminationSettings> change) {
		Simulation world = world(change);
		world.statistics().reset();
		for (int i = 0; i < 20; i++) {
			world.node(i).updateMetadata(Map.of("key", "value"));
			world.run(Duration.ofMillis(5));
		}
		world.run(Duration.ofSeconds(5));
		return world.statistics().messagesSent(25, TrafficClass.RUMOR);
	}

	private static double copies(UnaryOperator<DisseminationSettings> change) {
		Simulation world = world(change);
		world.statistics().reset();
		for (int i = 0; i < 10; i++) {
			world.node(i).updateMetadata(Map.of("key", "value"));
			world.run(Duration.ofSeconds(5));
		}
		return world.statistics().copiesPerRumor();
	}

	/**
	 * From an update until those have it who have missed it, because nodes tell it once.
	 */
	private static long repairMillis(UnaryOperator<AntiEntropySettings> change) {
		Simulation world = Worlds.up(NODES,
				GossipConfig.builder()
					.antiEntropy(change)
					.dissemination((settings) -> settings.withEagerFanout(0).withSendsMax(1))
					.build());
		// After a join hashes are looked at closer for a while.
		world.run(Duration.ofSeconds(30));
		Duration start = world.now();
		world.node(5).updateMetadata(Map.of("key", "value"));
		assertThat(world.runUntil(Simulation::isConverged, Duration.ofMinutes(10))).isTrue();
		return world.now().minus(start).toMillis();
	}

}
