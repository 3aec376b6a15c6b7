package io.gossip.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalTheoremsTest {

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 5, 40 })
	void aProcessThatDiedIsKnownToAllWithinThreeSecondsAndASilentHostWithinSix(int nodes) {
		assertThat(medianMillis(nodes, SimulatedNode::crash)).isLessThanOrEqualTo(3000);
		assertThat(medianMillis(nodes, SimulatedNode::vanish)).isBetween(3000L, 6000L);
	}

	private static long medianMillis(int nodes, Consumer<SimulatedNode> end) {
		List<Long> millis = new ArrayList<>();
		Simulation world = Worlds.up(nodes);
		for (int i = 0; i < 15; i++) {
			SimulatedNode victim = world.node(world.random().nextInt(nodes));
			world.run(Duration.ofMillis(world.random().nextInt(1000)));
			Duration start = world.now();
			end.accept(victim);
			assertThat(world.runUntil(
					(all) -> Worlds.allOthers(all, victim, (node) -> node.stateOf(victim) == MemberState.DEAD),
					Duration.ofMinutes(1)))
				.isTrue();
			millis.add(world.now().minus(start).toMillis());
			victim.start();
			world.run(Duration.ofSeconds(20));
		}
		assertThat(world.statistics().falsePositives().deaths()).isZero();
		Collections.sort(millis);
		return millis.get(millis.size() / 2);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void aPausedProcessRefusesNothing(long seed) {
		Simulation world = Worlds.up(Simulation.builder().nodes(20).seed(seed));
		for (int i = 0; i < 10; i++) {
			SimulatedNode sleeper = world.node(world.random().nextInt(20));
			sleeper.pause(Duration.ofMillis(1990));
			world.run(Duration.ofSeconds(10));
		}
		assertThat(Worlds.count(world, MembershipEvent.Suspected.class)).isPositive();
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "1,0", "2,300", "3,700", "4,1500", "5,3000" })
	void aProcessThatStartsAgainAtItsAddressRefutes(long seed, long downMillis) {
		Simulation world = Worlds.up(Simulation.builder().nodes(20).seed(seed));
		SimulatedNode phoenix = world.node(9);
		phoenix.crash();
		world.run(Duration.ofMillis(downMillis));
		long before = Worlds.count(world, MembershipEvent.Failed.class, phoenix);
		phoenix.start();
		world.run(Duration.ofSeconds(30));
		assertThat(Worlds.allOthers(world, phoenix, (node) -> node.stateOf(phoenix) == MemberState.ALIVE)).isTrue();
		assertThat(Worlds.count(world, MembershipEvent.Failed.class, phoenix)).isEqualTo(before);
		world.validate();
	}

	@ParameterizedTest
	@CsvSource({ "3,0,1", "40,0,2", "40,0.2,3", "40,0.2,4", "10,0.2,5" })
	void aMemberWhoseStreamsAreFilteredIsNeverDeclaredDead(int nodes, double loss, long seed) {
		LinkProfile lossy = LinkProfile.ofLatency(Duration.ofMillis(1)).withLoss(loss);
		Simulation world = Worlds.up(Simulation.builder().nodes(nodes).seed(seed));
		world.links(lossy, lossy);
		SimulatedNode filtered = world.node(nodes - 1);
		filtered.refuseStreams(true);
		world.run(Duration.ofMinutes(10));
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
	}

	@Test
	void aFilteredMemberThatStandsStillForLessThanIsToleratedIsDeclaredDeadAtMostOnce() {
		Simulation world = Worlds.up(20);
		SimulatedNode filtered = world.node(19);
		filtered.refuseStreams(true);
		for (int i = 0; i < 10; i++) {
			filtered.pause(Duration.ofMillis(1900));
			world.run(Duration.ofSeconds(30));
		}
		assertThat(filtered.view().size()).isEqualTo(20);
		assertThat(world.node(0).events()).extracting(RecordedEvent::event)
			.filteredOn((event) -> event instanceof MembershipEvent.Failed)
			.hasSizeLessThanOrEqualTo(1);
	}

}
