package io.gossip.protocol.engine;

import java.util.List;

import io.gossip.MemberState;
import io.gossip.protocol.DropReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CorrectionTest {

	private final EngineHarness harness = new EngineHarness(51);

	private final Node node = this.harness.node("node");

	private final TestPeer speaker = this.harness.peer("speaker");

	private final TestPeer other = this.harness.peer("other");

	@BeforeEach
	void join() {
		this.node.join();
		this.speaker.introduce(this.node);
		this.other.introduce(this.node);
	}

	@ParameterizedTest
	@EnumSource(value = MemberState.class, names = "ALIVE", mode = EnumSource.Mode.EXCLUDE)
	void aMemberThatIsHeldOtherThanAliveIsToldSoAtOnce(MemberState held) {
		this.other.claim(this.node, this.speaker, held, 3, 9);
		this.speaker.tell(this.node, (packet) -> packet.ping(7));
		assertThat(this.speaker.hear()).contains("ack 7", correction(held, 3));
	}

	@Test
	void aStrangersPingsAreAnsweredOnceAndWithoutNews() {
		Node node = this.harness.node("node");
		node.join();
		for (int i = 0; i < 20; i++) {
			this.harness.peer("known" + i).introduce(node);
		}
		TestPeer stranger = this.harness.peer("stranger");
		assertThat(node.engine.rumorsQueued()).isPositive();
		int before = node.sent().size();
		stranger.tell(node, (packet) -> {
			for (int i = 0; i < 100; i++) {
				packet.ping(i);
			}
		});
		int ping = stranger.packet(0, (packet) -> packet.ping(0)).length;
		List<EngineHarness.Packet> answers = node.sent().stream().skip(before).toList();
		assertThat(answers).filteredOn((packet) -> packet.tells("ack"))
			.singleElement()
			.satisfies((packet) -> assertThat(packet.bytes().length).isLessThanOrEqualTo(ping));
		assertThat(answers).as("and it is asked who it is").hasSize(2).anyMatch((packet) -> packet.tells(""));
		assertThat(node.drops(DropReason.RATE_LIMIT)).isEqualTo(99);
	}

	@Test
	void aMemberThatSpeaksAtAnIncarnationOfBeforeIsToldSo() {
		this.other.claim(this.node, this.speaker, MemberState.ALIVE, 5, 0);
		this.speaker.tell(this.node, (packet) -> packet.ping(7));
		assertThat(this.speaker.hear("correction")).containsExactly(correction(MemberState.ALIVE, 5));
	}

	@Test
	void aMemberThatIsAccusedOfNothingIsNotCorrected() {
		this.speaker.tell(this.node, (packet) -> packet.ping(7));
		assertThat(this.speaker.hear("correction")).isEmpty();
	}

	@Test
	void aStaleSpeakerIsToldAtMostOnceASecond() {
		this.other.claim(this.node, this.speaker, MemberState.SUSPECT, 1, 9);
		int told = 0;
		for (int i = 0; i < 300; i++) {
			this.speaker.tell(this.node, (packet) -> packet.ping(7));
			told += this.speaker.hear("correction").size();
			this.harness.run(8 * EngineHarness.MILLI);
		}
		// Three seconds; the pings of the node's own probes carry a correction too.
		assertThat(told).isBetween(3, 7);
		assertThat(this.node.drops(DropReason.CORRECTIONS_LIMIT)).isGreaterThan(290);
	}

	@Test
	void aCorrectionIsNeverAnsweredWithOne() {
		this.speaker.answersPings = false;
		this.other.claim(this.node, this.speaker, MemberState.SUSPECT, 1, 9);
		assertThat(this.speaker.hear("ping")).as("a suspect is probed at once").hasSize(1);
		this.speaker.tell(this.node, (packet) -> {
			packet.markCorrection();
			packet.correction(MemberState.ALIVE, 1, this.node.engine.self().instance(), 1);
		});
		assertThat(this.speaker.hear("correction")).isEmpty();
		assertThat(this.node.drops(DropReason.CORRECTIONS_LIMIT)).isZero();
	}

	@Test
	void twoThatHoldEachOtherDeadDoNotTalkForEver() {
		List<Node> nodes = this.harness.cluster(2, (config) -> config);
		TestPeer liar = this.harness.peer("liar");
		for (int i = 0; i < 2; i++) {
			Node subject = nodes.get(1 - i);
			liar.tell(nodes.get(i), (packet) -> packet.liveness(subject.id().value(), MemberState.DEAD, 1,
					subject.engine.self().instance(), 0, 9));
		}
		assertThat(nodes.get(0).stateOf(nodes.get(1).id())).isEqualTo(MemberState.DEAD);
		this.harness.run(30 * EngineHarness.SECOND);
		assertThat(nodes.get(0).stateOf(nodes.get(1).id())).isEqualTo(MemberState.ALIVE);
		assertThat(nodes.get(1).stateOf(nodes.get(0).id())).isEqualTo(MemberState.ALIVE);
		assertThat(nodes.get(0).incarnationOf(nodes.get(1).id())).isEqualTo(2);
		long sent = nodes.get(0).sent().stream().filter((packet) -> packet.tells("correction")).count();
		assertThat(sent).isLessThan(10);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 127, 128, 16_383, 16_384, 1 << 20 })
	void aCorrectionIsNoLongerThanThePingThatItAnswers(int held) {
		this.other.claim(this.node, this.speaker, MemberState.DEAD, held, 9);
		byte[] ping = this.speaker.packet(this.node.id().value(), (packet) -> {
			packet.viewHash(5);
			packet.ping(7);
		});
		this.speaker.deliver(this.node, ping, false);
		this.harness.run(2 * this.harness.latency);
		assertThat(this.speaker.inbox).filteredOn((packet) -> packet.tells("correction"))
			.singleElement()
			.satisfies((packet) -> assertThat(packet.bytes().length).isLessThanOrEqualTo(ping.length));
	}

	@Test
	void aSpeakerThatIsAheadIsAskedForItsRecord() {
		this.speaker.incarnation = 4;
		this.speaker.tell(this.node, (packet) -> packet.ping(7));
		assertThat(this.speaker.hear("recordRequest")).containsExactly("recordRequest " + this.speaker.id.value());
		this.speaker.introduce(this.node);
		assertThat(this.node.incarnationOf(this.speaker.id)).isEqualTo(4);
	}

	@Test
	void anUnknownSpeakerIsAskedForItsRecordAndNotBelievedBefore() {
		TestPeer stranger = this.harness.peer("stranger");
		stranger.tell(this.node, (packet) -> packet.ping(7));
		assertThat(this.node.engine.view().find(stranger.id)).isEmpty();
		assertThat(stranger.hear("recordRequest")).hasSize(1);
		stranger.introduce(this.node);
		assertThat(this.node.stateOf(stranger.id)).isEqualTo(MemberState.ALIVE);
	}

	private String correction(MemberState state, int incarnation) {
		return "correction " + state + " " + incarnation + " " + this.speaker.instance + " 1";
	}

}
