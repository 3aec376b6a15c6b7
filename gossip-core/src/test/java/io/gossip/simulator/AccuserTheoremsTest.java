package io.gossip.simulator;

import java.time.Duration;

import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What one member alone cannot do to another, and what a flapping one earns. */
class AccuserTheoremsTest {

	@Test
	void aLoneAccuserNeverSuffices() {
		Simulation world = Worlds.up(6);
		SimulatedNode accuser = world.node(1);
		// It hears nobody but is heard: all whom it accuses are well.
		world.linkTo(accuser, LinkProfile.ofLatency(Duration.ofMillis(1)).withLoss(0.999));
		world.run(Duration.ofMinutes(5));
		for (SimulatedNode subject : world.nodes()) {
			long byOthers = world.nodes()
				.stream()
				.filter((node) -> node != accuser && subject != accuser)
				.flatMap((node) -> node.events(MembershipEvent.Failed.class).stream())
				.filter((failed) -> failed.member().id().equals(subject.id()))
				.count();
			assertThat(byOthers).as("deaths of %s", subject).isZero();
		}
	}

	@Test
	void aDeathThatOthersCanConfirmIsNotPutOffForLackOfAccusers() {
		for (int nodes = 4; nodes < 9; nodes++) {
			Simulation world = Worlds.up(nodes);
			SimulatedNode victim = world.node(nodes - 1);
			victim.vanish();
			assertThat(world.runUntil(
					(all) -> Worlds.allOthers(all, victim, (node) -> node.stateOf(victim) == MemberState.DEAD),
					Duration.ofSeconds(15)))
				.as("a death among %d", nodes)
				.isTrue();
		}
	}

	@Test
	void theLastOneDeclaresAllOthersDead() {
		Simulation world = Worlds.up(6);
		world.nodes().stream().skip(1).forEach(SimulatedNode::vanish);
		world.run(Duration.ofMinutes(2));
		assertThat(world.node(0).view().count(MemberState.DEAD)).isEqualTo(5);
	}

	@Test
	void aMemberThatStallsAgainAndAgainIsSoonWaitedFor() {
		Simulation world = Worlds.up(20);
		SimulatedNode flapping = world.node(7);
		long failedFirst = 0;
		long failedLater = 0;
		for (int i = 0; i < 12; i++) {
			long before = Worlds.count(world, MembershipEvent.Failed.class, flapping);
			flapping.pause(Duration.ofSeconds(9));
			world.run(Duration.ofSeconds(25));
			long failed = Worlds.count(world, MembershipEvent.Failed.class, flapping) - before;
			failedFirst += (i == 0) ? failed : 0;
			failedLater += (i >= 4) ? failed : 0;
		}
		assertThat(failedFirst).as("deaths by the first stall").isEqualTo(19);
		assertThat(failedLater).as("deaths by the last eight stalls").isLessThanOrEqualTo(2 * 19);
		flapping.vanish();
		world.run(Duration.ofMinutes(3));
		assertThat(Worlds.allOthers(world, flapping, (node) -> node.stateOf(flapping) == MemberState.DEAD)).isTrue();
	}

}
