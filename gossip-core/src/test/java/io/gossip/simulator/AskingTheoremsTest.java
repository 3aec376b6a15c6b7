package io.gossip.simulator;

import java.time.Duration;

import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.protocol.TrafficClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What many ask of one, when all of them suspect it. */
class AskingTheoremsTest {

	private static final int NODES = 1000;

	private static final long ANSWERS_MAX = 25;

	/** What news is given to reach so many. */
	private static final Duration SPREAD = Duration.ofMillis(500);

	/**
	 * A member that cannot be reached until all others are about to ask it: whoever asks
	 * first is answered, and the answer comes to all others before they ask.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void howeverManySuspectAMemberThatLivesFewAskIt(long seed) {
		// More confirmations than there will be, so that all have time to ask.
		Simulation world = Simulation.builder()
			.nodes(NODES)
			.seed(seed)
			.config(GossipConfig.builder()
				.failureDetection(
						(settings) -> settings.withSuspicionConfirmations(8).withProbeInterval(Duration.ofSeconds(5)))
				.build())
			.build();
		world.startConverged();
		world.run(Duration.ofSeconds(3));
		SimulatedNode subject = world.node(500);
		Partition cut = world.isolate(subject);
		assertThat(world.runUntil(
				(all) -> all.nodes().stream().anyMatch((node) -> node != subject && isSuspected(node, subject)),
				Duration.ofSeconds(20)))
			.isTrue();
		Duration shortest = world.config().failureDetection().toleratedPause().plus(SPREAD);
		world.run(shortest.minusMillis(10));
		assertThat(Worlds.allOthers(world, subject, (node) -> isSuspected(node, subject))).isTrue();
		cut.heal();
		world.statistics().reset();
		world.run(SPREAD);
		assertThat(world.statistics().messagesSent(subject.index(), TrafficClass.PROBE)).as("answers")
			.isBetween(1L, ANSWERS_MAX);
		assertThat(Worlds.count(world, MembershipEvent.Failed.class)).isZero();
		assertThat(Worlds.allOthers(world, subject, (node) -> node.stateOf(subject) == MemberState.ALIVE)).isTrue();
	}

	private static boolean isSuspected(SimulatedNode node, SimulatedNode subject) {
		return node.stateOf(subject) == MemberState.SUSPECT;
	}

}
