package io.gossip.simulator;

import java.time.Duration;
import java.util.Map;

import io.gossip.Member;
import io.gossip.MembershipEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RememberingTest {

	@Test
	void aProcessThatRemembersBeginsAboveWhatItWas() {
		Simulation world = Worlds.up(5);
		SimulatedNode node = world.node(2);
		node.updateMetadata(Map.of("k", "1"));
		node.updateMetadata(Map.of("k", "2"));
		long incarnation = node.incarnationOf(node);
		Member before = node.engine().self();
		node.restartRemembering();
		assertThat(node.incarnationOf(node)).isEqualTo(incarnation + 1);
		assertThat(node.engine().self().contentVersion()).isEqualTo(before.contentVersion() + 1);
		assertThat(node.engine().self().instance()).isNotEqualTo(before.instance());
		assertThat(node.engine().self().metadata()).as("that is in the settings").isEmpty();
	}

	@Test
	void theOthersTakeItAtItsWordWithoutARefutation() {
		Simulation world = Worlds.up(5);
		SimulatedNode node = world.node(2);
		long incarnation = node.incarnationOf(node);
		node.restartRemembering();
		world.run(Duration.ofSeconds(10));
		world.validate();
		assertThat(world.node(0).incarnationOf(node)).isEqualTo(incarnation + 1);
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
		assertThat(world.node(0).events(MembershipEvent.Updated.class)).anyMatch(MembershipEvent.Updated::isRestart);
	}

}
