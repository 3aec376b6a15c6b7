package io.gossip.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.gossip.GossipConfig;
import io.gossip.protocol.engine.EngineSetup;
import io.gossip.protocol.engine.GossipEngine;
import io.gossip.protocol.engine.PlantedFaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The simulator finds the bugs that it is for, and only these. */
class PlantedFaultsTest {

	private static final String COMMAND = "java -cp gossip-core/target/classes io.gossip.simulator.Simulate soak";

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void anEngineThatBelievesAStaleAliveOverADeadIsFound(long seed) {
		assertThat(violation(seed, PlantedFaults::staleAliveOverDead))
			.containsPattern("(takes back what it said of|held) node-[0-9]+");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void anEngineThatForgetsToBoundAPacketIsFound(long seed) {
		assertThat(violation(seed, PlantedFaults::packetWithoutBound))
			.containsPattern("sends a datagram of [0-9]+ bytes; the limit is 1400");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void anEngineThatDropsEveryThirdRefutationIsFound(long seed) {
		assertThat(violation(seed, PlantedFaults::everyThirdRefutationDropped))
			.containsPattern("was accused at incarnation [0-9]+ and did not answer");
	}

	@Test
	void anEngineWithoutAPlantedFaultPasses() {
		assertThatNoException().isThrownBy(() -> play(1, GossipEngine::new));
	}

	private static String violation(long seed, Function<EngineSetup, GossipEngine> engines) {
		SimulationFailure failure = catchThrowableOfType(SimulationFailure.class, () -> play(seed, engines));
		assertThat(failure).as("a violation").isNotNull();
		assertThat(failure).hasMessageStartingWith("scenario soak, seed " + seed + ", at ")
			.hasMessageEndingWith("\nreproduce: " + COMMAND);
		return failure.getMessage();
	}

	/**
	 * Nodes that sleep too long, are declared dead and come back; and a lossy network.
	 */
	private static void play(long seed, Function<EngineSetup, GossipEngine> engines) {
		LinkProfile lossy = LinkProfile.ofLatency(Duration.ofMillis(1)).withLoss(0.05).withReplay(0.05);
		Simulation world = Simulation.builder()
			.scenario("soak", COMMAND)
			.nodes(40)
			.seed(seed)
			.withinZone(lossy)
			.config(GossipConfig.builder()
				.node((node) -> node.withMetadata(new TreeMap<>(Map.of("purpose", "x".repeat(80)))))
				.build())
			.recordsEvents(false)
			.engines(engines)
			.build();
		world.startAll();
		world.run(Duration.ofSeconds(20));
		for (int i = 0; i < 12; i++) {
			world.node(i / 4).pause(Duration.ofSeconds(15));
			world.run(Duration.ofSeconds(19));
		}
		world.run(Duration.ofSeconds(30));
		world.validate();
	}

}
