package io.gossip.protocol.engine;

import java.time.Duration;

import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LateProbeTest {

	@Test
	void aProberThatIsALittleLateStillSendsWhatOthersCanRead() {
		EngineHarness harness = new EngineHarness(71);
		Node node = harness.node("node",
				(config) -> config.failureDetection((settings) -> settings.withProbeInterval(Duration.ofMillis(100))
					.withProbeTimeout(Duration.ofMillis(50))));
		node.join();
		for (int i = 0; i < 5; i++) {
			TestPeer peer = harness.peer("p" + i);
			peer.answersPings = false;
			peer.introduce(node);
		}
		// Every timer is served up to 90 ms late, which is no stall.
		long end = harness.now + 3 * EngineHarness.SECOND;
		while (harness.now < end) {
			harness.now = node.engine.nextDeadline() + 90 * EngineHarness.MILLI;
			node.engine.onTimer(harness.now);
		}
		assertThat(node.stalls).isZero();
		assertThat(node.sent()).filteredOn((packet) -> packet.tells("pingRequest")).isNotEmpty();
	}

	@Test
	void aStallVoidsTheProbeThatIsOpen() {
		EngineHarness harness = new EngineHarness(72);
		Node node = harness.node("node");
		TestPeer target = harness.peer("target");
		target.answersPings = false;
		node.join();
		target.introduce(node);
		assertThat(harness.runUntil(() -> target.inbox.stream().anyMatch((packet) -> packet.tells("ping ")),
				2 * EngineHarness.SECOND))
			.isTrue();
		harness.now += 30 * EngineHarness.SECOND;
		node.engine.onTimer(harness.now);
		assertThat(node.stalls).isOne();
		assertThat(node.stateOf(target.id)).isEqualTo(MemberState.ALIVE);
		assertThat(node.engine.localHealth()).isOne();
		assertThat(harness.runUntil(() -> node.stateOf(target.id) == MemberState.SUSPECT, 10 * EngineHarness.SECOND))
			.as("the next probe finds out")
			.isTrue();
	}

	@Test
	void aStallExtendsTheSuspicionsThatRun() {
		EngineHarness harness = new EngineHarness(73);
		Node node = harness.node("node",
				(config) -> config.failureDetection((settings) -> settings.withProbeInterval(Duration.ofMinutes(10))));
		TestPeer target = harness.peer("target");
		TestPeer accuser = harness.peer("accuser");
		target.answersPings = false;
		node.join();
		target.introduce(node);
		accuser.introduce(node);
		harness.run(EngineHarness.MILLI);
		// One of three, so that nobody can confirm and nobody is a witness.
		long end = harness.now + new SuspicionTimes(GossipConfig.defaults()).minNanos(3);
		accuser.accuse(node, target);
		long due = node.engine.nextDeadline();
		long stall = 600 * EngineHarness.SECOND;
		harness.now = due + stall;
		node.engine.onTimer(harness.now);
		assertThat(node.stalls).isOne();
		assertThat(node.stateOf(target.id)).isEqualTo(MemberState.SUSPECT);
		assertThat(harness.runUntil(() -> node.stateOf(target.id) == MemberState.DEAD, 10 * EngineHarness.SECOND))
			.isTrue();
		assertThat(harness.now).isEqualTo(end + stall);
	}

	@Test
	void oneStallCountsOnceHoweverManyPacketsHaveWaited() {
		EngineHarness harness = new EngineHarness(74);
		Node node = harness.node("node");
		TestPeer peer = harness.peer("peer");
		node.join();
		peer.introduce(node);
		harness.run(EngineHarness.SECOND);
		harness.now = node.engine.nextDeadline() + 5 * EngineHarness.SECOND;
		for (int i = 0; i < 20; i++) {
			peer.tell(node, (packet) -> packet.ping(7));
			harness.now += EngineHarness.MILLI;
		}
		node.engine.onTimer(harness.now);
		assertThat(node.stalls).isOne();
		assertThat(node.engine.localHealth()).isOne();
		assertThat(node.events).noneMatch((event) -> event instanceof MembershipEvent.Suspected);
	}

}
