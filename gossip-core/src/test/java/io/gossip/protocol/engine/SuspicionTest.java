package io.gossip.protocol.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.protocol.ProbeOutcome;
import io.gossip.protocol.probe.SuspicionTimeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SuspicionTest {

	private static final int PEERS = 8;

	private final EngineHarness harness = new EngineHarness(21);

	private final List<TestPeer> peers = new ArrayList<>();

	/** Probes so rarely that whatever is accused, others have accused it. */
	private final Node node = this.harness.node("node",
			(config) -> config.failureDetection((settings) -> settings.withProbeInterval(Duration.ofMinutes(10))));

	private TestPeer subject = this.harness.peer("subject");

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 7 })
	void eachIndependentAccuserShortensTheSuspicionDownToItsMinimum(int confirmations) {
		start();
		SuspicionTimes times = new SuspicionTimes(GossipConfig.defaults());
		long expected = SuspicionTimeout.nanos(confirmations, 3, times.minNanos(PEERS + 2), times.maxNanos(PEERS + 2));
		long start = this.harness.now;
		for (int i = 0; i <= confirmations; i++) {
			this.peers.get(i).accuse(this.node, this.subject);
		}
		assertThat(this.node.engine.suspicionsRunning()).isOne();
		assertThat(timeOfDeath() - start).isEqualTo(expected);
		MembershipEvent.Failed failed = (MembershipEvent.Failed) lastEvent();
		assertThat(failed.confirmations()).isEqualTo(Math.min(confirmations, 3));
		assertThat(failed.accuser()).isEqualTo(this.peers.get(0).id);
		assertThat(failed.suspectedFor()).isEqualTo(Duration.ofNanos(expected));
		assertThat(this.node.engine.suspicionsRunning()).isZero();
	}

	@Test
	void theTimeFallsWithConfirmationsFromMaximumToMinimum() {
		SuspicionTimes times = new SuspicionTimes(GossipConfig.defaults());
		long min = times.minNanos(100);
		long max = times.maxNanos(100);
		assertThat(max).isEqualTo(6 * min);
		assertThat(min).isGreaterThan(GossipConfig.defaults().failureDetection().toleratedPause().toNanos());
		for (int expected = 1; expected <= 8; expected++) {
			assertThat(SuspicionTimeout.nanos(0, expected, min, max)).isEqualTo(max);
			assertThat(SuspicionTimeout.nanos(expected, expected, min, max)).isEqualTo(min);
			for (int count = 1; count <= expected; count++) {
				assertThat(SuspicionTimeout.nanos(count, expected, min, max))
					.isLessThan(SuspicionTimeout.nanos(count - 1, expected, min, max))
					.isBetween(min, max);
			}
		}
		assertThat(SuspicionTimeout.nanos(0, 0, min, max)).as("where nobody can confirm").isEqualTo(min);
	}

	@Test
	void whatIsHeardOfOneAccuserThroughOthersIsNoConfirmation() {
		start();
		SuspicionTimes times = new SuspicionTimes(GossipConfig.defaults());
		long start = this.harness.now;
		TestPeer accuser = this.peers.get(0);
		for (TestPeer relay : this.peers) {
			relay.claim(this.node, this.subject, MemberState.SUSPECT, 1, accuser.id.value());
		}
		assertThat(timeOfDeath() - start).isEqualTo(times.maxNanos(PEERS + 2));
	}

	@Test
	void anAccuserThatIsUnknownConfirmsNothing() {
		start();
		long start = this.harness.now;
		for (TestPeer relay : this.peers) {
			relay.claim(this.node, this.subject, MemberState.SUSPECT, 1, 0);
		}
		assertThat(timeOfDeath() - start).isEqualTo(new SuspicionTimes(GossipConfig.defaults()).maxNanos(PEERS + 2));
	}

	@Test
	void aMemberThatRefutesIsAliveAgainAtItsHigherIncarnation() {
		start();
		this.peers.get(0).accuse(this.node, this.subject);
		assertThat(this.node.stateOf(this.subject.id)).isEqualTo(MemberState.SUSPECT);
		long hash = this.node.engine.viewHash();
		this.subject.incarnation = 2;
		this.peers.get(3).claim(this.node, this.subject, MemberState.ALIVE, 2, 0);
		assertThat(this.node.stateOf(this.subject.id)).isEqualTo(MemberState.ALIVE);
		assertThat(this.node.incarnationOf(this.subject.id)).isEqualTo(2);
		assertThat(this.node.engine.suspicionsRunning()).isZero();
		assertThat(this.node.engine.viewHash()).as("suspicions and refutations do not disturb the hash")
			.isEqualTo(hash);
		assertThat(lastEvent()).isInstanceOf(MembershipEvent.Recovered.class);
		this.peers.get(1).claim(this.node, this.subject, MemberState.SUSPECT, 1, this.peers.get(1).id.value());
		assertThat(this.node.stateOf(this.subject.id)).as("after an accusation of before").isEqualTo(MemberState.ALIVE);
	}

	@Test
	void aWitnessPutsTheDeathOff() {
		start();
		this.peers.get(0).accuse(this.node, this.subject);
		SuspicionTimes times = new SuspicionTimes(GossipConfig.defaults());
		this.harness.run(times.maxNanos(PEERS + 2) - times.witnessNanos());
		List<TestPeer> asked = this.peers.stream()
			.filter((peer) -> peer.inbox.stream().anyMatch((packet) -> packet.tells("witnessRequest")))
			.toList();
		assertThat(asked).isNotEmpty();
		asked.get(0).tell(this.node, (packet) -> packet.witness(this.subject.id.value(), 100));
		this.harness.run(times.maxNanos(PEERS + 2) / 2);
		assertThat(this.node.stateOf(this.subject.id)).isEqualTo(MemberState.SUSPECT);
		assertThat(timeOfDeath()).isPositive();
	}

	@Test
	void aWitnessOfTheTimeBeforeTheAccusationChangesNothing() {
		start();
		this.harness.run(EngineHarness.SECOND);
		long start = this.harness.now;
		this.peers.get(0).accuse(this.node, this.subject);
		this.peers.get(1).accuse(this.node, this.subject);
		SuspicionTimes times = new SuspicionTimes(GossipConfig.defaults());
		long expected = SuspicionTimeout.nanos(1, 3, times.minNanos(PEERS + 2), times.maxNanos(PEERS + 2));
		this.harness.run(expected - times.witnessNanos());
		int ago = (int) ((this.harness.now - start) / EngineHarness.MILLI) + 500;
		for (TestPeer peer : this.peers) {
			peer.tell(this.node, (packet) -> packet.witness(this.subject.id.value(), ago));
		}
		assertThat(timeOfDeath() - start).isEqualTo(expected);
	}

	/**
	 * It may not know that an earlier start of it is accused, at a higher incarnation.
	 */
	@Test
	void aNewStartOfASuspectedMemberIsToldAtOnce() {
		start();
		this.peers.get(0).claim(this.node, this.subject, MemberState.SUSPECT, 5, this.peers.get(0).id.value());
		this.harness.run(100 * EngineHarness.MILLI);
		this.subject.inbox.clear();
		this.subject.instance++;
		this.subject.contentVersion++;
		this.peers.get(1).tell(this.node, this.subject::record);
		assertThat(this.node.stateOf(this.subject.id)).isEqualTo(MemberState.SUSPECT);
		this.harness.run(EngineHarness.MILLI);
		assertThat(this.subject.inbox).anyMatch((packet) -> packet.tells("correction"));
	}

	/**
	 * What came while it stood still may be more than its buffers hold: it hears the
	 * accusations and not the refutation, and nothing else tells it.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whoHasStoodStillAsksTwiceAsManyWitnessesAndTakesNoLonger(boolean hasStoodStill) {
		start();
		this.harness.run(10 * EngineHarness.SECOND);
		if (hasStoodStill) {
			this.harness.now = this.node.engine.nextDeadline() + 600 * EngineHarness.SECOND;
		}
		long start = this.harness.now;
		accuse(this.subject);
		SuspicionTimes times = new SuspicionTimes(GossipConfig.defaults());
		assertThat(timeOfDeath() - start).isEqualTo(times.minNanos(PEERS + 2));
		assertThat(this.node.stalls).isEqualTo(hasStoodStill ? 1 : 0);
		assertThat(witnessesAsked()).hasSize(hasStoodStill ? 8 : 4);
	}

	@Test
	void aStallDelaysTheEndOfASuspicionByNoMoreThanItLasts() {
		start();
		accuse(this.peers.get(7));
		this.harness.run(EngineHarness.SECOND);
		long start = this.harness.now;
		accuse(this.subject);
		// It was to be woken for the other, whose end is nearer.
		long stall = 600 * EngineHarness.SECOND;
		this.harness.now = this.node.engine.nextDeadline() + stall;
		this.node.engine.onTimer(this.harness.now);
		assertThat(this.node.stalls).isOne();
		SuspicionTimes times = new SuspicionTimes(GossipConfig.defaults());
		assertThat(timeOfDeath() - start).isEqualTo(times.minNanos(PEERS + 2) + stall);
	}

	/** With all confirmations that are expected. */
	private void accuse(TestPeer suspect) {
		for (int i = 0; i < 4; i++) {
			this.peers.get(i).accuse(this.node, suspect);
		}
	}

	private List<TestPeer> witnessesAsked() {
		return this.peers.stream()
			.flatMap((peer) -> peer.inbox.stream()
				.filter((packet) -> packet.tells("witnessRequest"))
				.map((packet) -> peer))
			.toList();
	}

	@Test
	void aCrashIsNoticedByAllAndTakesNoLongerThanTheSettingsAllow() {
		EngineHarness world = new EngineHarness(31);
		List<Node> nodes = world.cluster(6, (config) -> config);
		world.run(3 * EngineHarness.SECOND);
		Node crashed = nodes.get(5);
		world.crash(crashed);
		List<Node> others = nodes.subList(0, 5);
		assertThat(
				world.runUntil(() -> others.stream().allMatch((node) -> node.stateOf(crashed.id()) == MemberState.DEAD),
						30 * EngineHarness.SECOND))
			.isTrue();
		for (Node node : others) {
			assertThat(node.events).filteredOn((event) -> event instanceof MembershipEvent.Failed).hasSize(1);
			assertThat(node.events).filteredOn((event) -> event instanceof MembershipEvent.Suspected).hasSize(1);
			assertThat(node.engine.view().size()).isEqualTo(5);
		}
		assertThat(EngineHarness.agree(others, 5)).isTrue();
	}

	@Test
	void aProberWhoseHelpersAnswerIsWell() {
		EngineHarness world = new EngineHarness(32);
		List<Node> nodes = world.cluster(5, (config) -> config);
		world.crash(nodes.get(4));
		assertThat(
				world
					.runUntil(
							() -> nodes.subList(0, 4)
								.stream()
								.allMatch((node) -> node.probes.containsKey(ProbeOutcome.TIMEOUT)
										|| node.stateOf(nodes.get(4).id()) == MemberState.DEAD),
							60 * EngineHarness.SECOND))
			.isTrue();
		assertThat(nodes.subList(0, 4)).allSatisfy((node) -> assertThat(node.engine.localHealth()).isZero());
		assertThat(world.sent).filteredOn((packet) -> packet.tells("nack ")).isNotEmpty();
	}

	@Test
	void aMemberThatOnlyHelpersReachIsNotAccused() {
		EngineHarness world = new EngineHarness(33);
		List<Node> nodes = world.cluster(4, (config) -> config);
		world.run(2 * EngineHarness.SECOND);
		Node one = nodes.get(1);
		Node two = nodes.get(2);
		world.delivers = (packet) -> !(packet.from().equals(one.address) && packet.to().equals(two.address))
				&& !(packet.from().equals(two.address) && packet.to().equals(one.address));
		world.run(30 * EngineHarness.SECOND);
		assertThat(nodes).allSatisfy(
				(node) -> assertThat(node.events).noneMatch((event) -> event instanceof MembershipEvent.Suspected));
		assertThat(one.probes).containsKey(ProbeOutcome.INDIRECT);
	}

	private void start() {
		this.node.join();
		this.subject.answersPings = false;
		this.subject.introduce(this.node);
		for (int i = 0; i < PEERS; i++) {
			TestPeer peer = this.harness.peer("peer" + i);
			this.peers.add(peer);
			peer.introduce(this.node);
		}
		// What was heard in the millisecond of an accusation counts as heard after it.
		this.harness.run(5 * EngineHarness.MILLI);
	}

	private MembershipEvent lastEvent() {
		return this.node.events.get(this.node.events.size() - 1);
	}

	private long timeOfDeath() {
		assertThat(this.harness.runUntil(() -> this.node.stateOf(this.subject.id) == MemberState.DEAD,
				60 * EngineHarness.SECOND))
			.isTrue();
		return this.harness.now;
	}

}
