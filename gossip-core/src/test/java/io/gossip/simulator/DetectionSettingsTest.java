package io.gossip.simulator;

import java.time.Duration;
import java.util.function.UnaryOperator;

import io.gossip.FailureDetectionSettings;
import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.protocol.ProbeOutcome;
import io.gossip.protocol.TrafficClass;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What each setting of failure detection does, seen from outside. */
class DetectionSettingsTest {

	private static final int NODES = 20;

	@Test
	void aShorterProbeIntervalFindsASilentHostSoonerAndCostsMore() {
		UnaryOperator<FailureDetectionSettings> fast = (old) -> old.withProbeTimeout(Duration.ofMillis(100))
			.withProbeInterval(Duration.ofMillis(200));
		assertThat(meanMillisOfDetection(fast)).isLessThan(meanMillisOfDetection(UnaryOperator.identity()) - 500);
		assertThat(probeMessages(fast)).isGreaterThan(4 * probeMessages(UnaryOperator.identity()));
	}

	@Test
	void aShorterProbeTimeoutAsksHelpersForAnswersThatAreSlow() {
		Duration slow = Duration.ofMillis(100);
		assertThat(indirect(slow, (old) -> old.withProbeTimeout(Duration.ofMillis(150)))).isGreaterThan(50 * NODES);
		assertThat(indirect(slow, (old) -> old.withProbeTimeout(Duration.ofMillis(500))))
			.as("but for the first, from which it learns")
			.isLessThan(3 * NODES);
	}

	@Test
	void withoutHelpersMoreOfTheWellAreSuspected() {
		assertThat(suspicionsUnderLoss((old) -> old.withIndirectProbes(0)))
			.isGreaterThan(suspicionsUnderLoss(UnaryOperator.identity()));
	}

	@Test
	void aMemberThatStandsStillForLongerThanIsToleratedIsDeclaredDead() {
		assertThat(deathsByPauses(Duration.ofSeconds(8), Duration.ofSeconds(6))).isZero();
		assertThat(deathsByPauses(Duration.ofSeconds(1), Duration.ofSeconds(6))).isPositive();
	}

	@Test
	void aLargerFactorGivesAnUnconfirmedAccusationMoreTime() {
		// With so many confirmations wanted, none of the suspicions reaches its minimum.
		UnaryOperator<FailureDetectionSettings> doubtful = (old) -> old.withSuspicionConfirmations(8);
		assertThat(meanMillisOfDetection((old) -> doubtful.apply(old).withSuspicionFactorMax(1)))
			.isLessThan(meanMillisOfDetection((old) -> doubtful.apply(old).withSuspicionFactorMax(30)) - 500);
	}

	@Test
	void theMoreConfirmationsAreWantedTheLongerTheyTake() {
		// The larger the factor, the more a confirmation that is missing counts.
		UnaryOperator<FailureDetectionSettings> patient = (old) -> old.withSuspicionFactorMax(30);
		assertThat(meanMillisOfDetection((old) -> patient.apply(old).withSuspicionConfirmations(0)))
			.isLessThan(meanMillisOfDetection((old) -> patient.apply(old).withSuspicionConfirmations(8)) - 500);
	}

	@Test
	void aNodeThatHearsNothingAccusesLessIfItsLocalHealthCounts() {
		assertThat(accusationsByADeafNode(8)).isLessThan(accusationsByADeafNode(0) / 2);
	}

	private static Simulation world(UnaryOperator<FailureDetectionSettings> change) {
		return Worlds.up(NODES, GossipConfig.builder().failureDetection(change).build());
	}

	/** From the loss of a host until all others hold it dead. */
	private static long meanMillisOfDetection(UnaryOperator<FailureDetectionSettings> change) {
		Simulation world = world(change);
		long millis = 0;
		for (int i = 0; i < 6; i++) {
			SimulatedNode victim = world.node(i);
			Duration start = world.now();
			victim.vanish();
			assertThat(world.runUntil(
					(all) -> Worlds.allOthers(all, victim, (node) -> node.stateOf(victim) == MemberState.DEAD),
					Duration.ofMinutes(5)))
				.isTrue();
			millis += world.now().minus(start).toMillis();
			victim.start();
			world.run(Duration.ofSeconds(15));
		}
		return millis / 6;
	}

	private static long probeMessages(UnaryOperator<FailureDetectionSettings> change) {
		Simulation world = world(change);
		world.statistics().reset();
		world.run(Duration.ofMinutes(1));
		return world.statistics().messagesSent(0, TrafficClass.PROBE);
	}

	private static long indirect(Duration latency, UnaryOperator<FailureDetectionSettings> change) {
		Simulation world = world(change);
		LinkProfile slow = LinkProfile.ofLatency(latency);
		world.links(slow, slow);
		long before = world.statistics().probes(ProbeOutcome.INDIRECT);
		world.run(Duration.ofMinutes(2));
		return world.statistics().probes(ProbeOutcome.INDIRECT) - before;
	}

	private static long suspicionsUnderLoss(UnaryOperator<FailureDetectionSettings> change) {
		Simulation world = world(change);
		LinkProfile lossy = LinkProfile.ofLatency(Duration.ofMillis(1)).withLoss(0.25);
		world.links(lossy, lossy);
		world.run(Duration.ofMinutes(4));
		return world.statistics().falsePositives().suspicions();
	}

	private static long deathsByPauses(Duration tolerated, Duration pause) {
		Simulation world = world((old) -> old.withToleratedPause(tolerated));
		for (int i = 0; i < 5; i++) {
			world.node(i).pause(pause);
			world.run(Duration.ofSeconds(40));
		}
		return Worlds.count(world, MembershipEvent.Failed.class);
	}

	private static long accusationsByADeafNode(int localHealthMax) {
		Simulation world = world((old) -> old.withLocalHealthMax(localHealthMax));
		SimulatedNode deaf = world.node(0);
		world.linkTo(deaf, LinkProfile.ofLatency(Duration.ofMillis(1)).withLoss(0.9));
		world.run(Duration.ofMinutes(2));
		return world.nodes()
			.stream()
			.flatMap((node) -> node.events().stream())
			.map(RecordedEvent::event)
			.filter((event) -> event instanceof MembershipEvent.Suspected suspected
					&& suspected.accuser().equals(deaf.id()))
			.count();
	}

}
