package io.gossip.simulator;

import java.time.Duration;

import io.gossip.protocol.TrafficClass;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoadTheoremsTest {

	@Test
	void whatANodeSendsAtRestDoesNotDependOnHowManyThereAre() {
		double of30 = bytesPerNode(30);
		assertThat(bytesPerNode(100)).isCloseTo(of30, Percentage.withPercentage(10));
		assertThat(bytesPerNode(300)).isCloseTo(of30, Percentage.withPercentage(10));
	}

	@Test
	void aNodeThatSendsMuchMoreThanTheOthersIsFound() {
		Simulation world = atRest(30);
		for (int i = 0; i < 60; i++) {
			world.statistics().stepping(world.node(7));
			world.statistics().onDatagramSent(TrafficClass.BULK, 1000);
		}
		assertThatThrownBy(() -> world.require(Validations.LOAD_IS_FLAT)).isInstanceOf(SimulationFailure.class)
			.hasMessageContaining("node-7 sends ");
	}

	private static double bytesPerNode(int nodes) {
		Simulation world = atRest(nodes);
		world.require(Validations.LOAD_IS_FLAT);
		double bytes = 0;
		for (SimulatedNode node : world.nodes()) {
			bytes += world.statistics().bytesSent(node.index());
		}
		return bytes / nodes;
	}

	private static Simulation atRest(int nodes) {
		Simulation world = Simulation.builder().nodes(nodes).recordsEvents(false).build();
		world.startConverged();
		world.run(Duration.ofMinutes(1));
		return world;
	}

}
