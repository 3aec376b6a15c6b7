package io.gossip.protocol.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gossip.GossipMessage;
import io.gossip.NodeId;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.wire.MessageBody;
import io.gossip.protocol.wire.WireLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UserMessagesTest {

	private final EngineHarness harness = new EngineHarness(91);

	@Test
	void aBroadcastArrivesOnceAtEveryOtherMember() {
		List<Node> cluster = this.harness.cluster(12, (config) -> config);
		for (int i = 0; i < 5; i++) {
			assertThat(cluster.get(0).engine.broadcast(this.harness.now, body("t" + i, 100))).isNull();
		}
		this.harness.run(5 * EngineHarness.SECOND);
		assertThat(cluster.get(0).messages).isEmpty();
		for (Node node : cluster.subList(1, 12)) {
			assertThat(node.messages).extracting(GossipMessage::topic)
				.containsExactlyInAnyOrder("t0", "t1", "t2", "t3", "t4");
			assertThat(node.messages).allMatch((message) -> message.origin().id().equals(cluster.get(0).id())
					&& message.kind() == GossipMessage.Kind.BROADCAST && message.size() == 100);
			assertThat(node.messageDuplicates).isPositive();
		}
	}

	@Test
	void aBroadcastIsSentNoOftenerThanOtherNews() {
		Node node = this.harness.node("node");
		node.join();
		introduced(node, 40);
		this.harness.run(5 * EngineHarness.SECOND);
		node.engine.broadcast(this.harness.now, body("once", 10));
		this.harness.run(20 * EngineHarness.SECOND);
		assertThat(broadcasts(node)).isBetween(1L, 8L);
	}

	@Test
	void theLargestBroadcastFitsTheSmallestDatagram() {
		Node node = this.harness.node("node",
				(config) -> config.transport((transport) -> transport.withDatagramBudgetBytes(576)));
		node.join();
		introduced(node, 3);
		this.harness.run(5 * EngineHarness.SECOND);
		node.engine.broadcast(this.harness.now, body("t", WireLimits.BROADCAST_BYTES_MAX - 1));
		this.harness.run(5 * EngineHarness.SECOND);
		assertThat(broadcasts(node)).isPositive();
	}

	@Test
	void neitherNewsNorMessagesStarveWhereBothFillEveryPacket() {
		Node node = this.harness.node("node",
				(config) -> config.limits((limits) -> limits.withBroadcastsPerSecond(1000).withMessagesMax(400))
					.dissemination((settings) -> settings.withEagerFanout(0)));
		node.join();
		List<TestPeer> peers = introduced(node, 300);
		for (int i = 0; i < 100; i++) {
			assertThat(node.engine.broadcast(this.harness.now, body("t", 440))).isNull();
		}
		int before = this.harness.sent.size();
		for (int i = 0; i < 40; i++) {
			peers.get(i).tell(node, (packet) -> packet.ping(1));
			this.harness.run(EngineHarness.MILLI);
		}
		List<String> lines = this.harness.sent.stream()
			.skip(before)
			.filter((packet) -> packet.from().equals(node.address))
			.flatMap((packet) -> packet.lines().stream())
			.toList();
		assertThat(lines.stream().filter((line) -> line.startsWith("broadcast"))).hasSizeGreaterThanOrEqualTo(20);
		assertThat(lines.stream().filter((line) -> line.startsWith("record"))).hasSizeGreaterThanOrEqualTo(40);
	}

	@Test
	void aRestartOfTheOriginIsHeardAndItsEarlierMessagesAreNotTakenAgain() {
		Node node = this.harness.node("node");
		node.join();
		TestPeer origin = introduced(node, 2).get(0);
		TestPeer other = this.harness.peer("other");
		other.introduce(node);
		for (int start = 1; start <= 3; start++) {
			origin.instance++;
			origin.incarnation++;
			origin.contentVersion++;
			String topic = "t" + start;
			for (int copy = 0; copy < 3; copy++) {
				if (copy == 1) {
					origin.introduce(node);
				}
				other.tell(node,
						(packet) -> packet.broadcast(origin.id.value(), origin.instance, 7, 0, body(topic, 1)));
			}
		}
		assertThat(node.messages).extracting(GossipMessage::topic).containsExactly("t1", "t2", "t3");
		assertThat(node.drops(DropReason.UNKNOWN_MEMBER)).as("copies that came before the record").isEqualTo(3);
		assertThat(node.messageDuplicates).isEqualTo(3);
	}

	@Test
	void aFloodOfInventedOriginsOldMessagesAndOneOriginIsCountedAndBounded() {
		Node node = this.harness.node("node");
		node.join();
		TestPeer peer = introduced(node, 2).get(0);
		peer.tell(node, (packet) -> packet.broadcast(4711, 1, 1, 0, body("t", 1)));
		assertThat(node.drops(DropReason.UNKNOWN_MEMBER)).isOne();
		peer.tell(node, (packet) -> packet.broadcast(peer.id.value(), peer.instance, 1, 31_000, body("t", 1)));
		assertThat(node.drops(DropReason.MESSAGE_STALE)).isOne();
		assertThat(node.messages).isEmpty();
		for (int i = 1; i <= 5000; i++) {
			int instance = peer.instance + i;
			peer.tell(node, (packet) -> packet.broadcast(peer.id.value(), instance, 1, 0, body("t", 1)));
		}
		assertThat(node.messages).as("of starts that nobody knows").isEmpty();
		assertThat(node.drops(DropReason.UNKNOWN_MEMBER)).isEqualTo(5001);
		for (int i = 0; i < 5000; i++) {
			int number = i;
			peer.tell(node, (packet) -> packet.broadcast(peer.id.value(), peer.instance, number, 0, body("t", 1)));
		}
		assertThat(node.messages).hasSize(5000);
		assertThat(node.drops(DropReason.MESSAGES_LIMIT)).as("those that are not passed on").isEqualTo(5000 - 64);
	}

	@Test
	void aMessageThatHasToGoForAnotherIsCounted() {
		Node node = this.harness.node("node", (config) -> config.limits((limits) -> limits.withMessagesMax(8)));
		node.join();
		List<TestPeer> peers = introduced(node, 9);
		for (TestPeer peer : peers.subList(0, 8)) {
			peer.tell(node, (packet) -> packet.broadcast(peer.id.value(), peer.instance, 1, 0, body("t", 1)));
		}
		this.harness.run(20 * EngineHarness.MILLI);
		assertThat(broadcasts(node)).as("all have been sent, and wait to be sent again").isPositive();
		assertThat(node.drops(DropReason.MESSAGES_LIMIT)).isZero();
		TestPeer last = peers.get(8);
		last.tell(node, (packet) -> packet.broadcast(last.id.value(), last.instance, 1, 0, body("t", 1)));
		assertThat(node.drops(DropReason.MESSAGES_LIMIT)).isOne();
		assertThat(node.messages).hasSize(9);
	}

	@Test
	void messagesArePassedOnByTicksWhileTheBytesOfNewsAreSpent() {
		Node node = this.harness.node("node",
				(config) -> config.limits((limits) -> limits.withBroadcastsPerSecond(1000))
					.failureDetection((settings) -> settings.withProbeInterval(Duration.ofMinutes(10)))
					.dissemination((settings) -> settings.withEagerFanout(0).withBytesPerSecond(1024)));
		node.join();
		List<TestPeer> peers = introduced(node, 30);
		// Beyond the first half minute, in which more may be sent.
		this.harness.run(40 * EngineHarness.SECOND);
		int before = node.drops(DropReason.RUMOR_BUDGET);
		for (int i = 0; i < 4; i++) {
			TestPeer late = this.harness.peer("late-" + i);
			late.metadata.put("key", "x".repeat(900));
			late.introduce(node);
		}
		this.harness.run(EngineHarness.SECOND);
		assertThat(node.drops(DropReason.RUMOR_BUDGET)).as("news waits").isGreaterThan(before);
		assertThat(node.engine.broadcast(this.harness.now, body("t", 300))).isNull();
		this.harness.run(EngineHarness.SECOND / 4);
		assertThat(peers).anyMatch((peer) -> peer.inbox.stream().anyMatch((packet) -> packet.tells("broadcast")));
	}

	@Test
	void aMessageThatWasNeverPassedOnWithinItsLifetimeIsCounted() {
		Node node = this.harness.node("node",
				(config) -> config.limits((limits) -> limits.withMessagesMax(1024))
					.failureDetection((settings) -> settings.withProbeInterval(Duration.ofMinutes(10)))
					.dissemination((settings) -> settings.withBytesPerSecond(1024)));
		node.join();
		List<TestPeer> peers = introduced(node, 30);
		this.harness.run(40 * EngineHarness.SECOND);
		for (int i = 0; i < 60; i++) {
			int number = i;
			for (TestPeer peer : peers.subList(0, 16)) {
				peer.tell(node,
						(packet) -> packet.broadcast(peer.id.value(), peer.instance, number, 0, body("t", 400)));
			}
			this.harness.run(5 * EngineHarness.MILLI);
		}
		assertThat(node.drops(DropReason.MESSAGES_LIMIT)).isZero();
		this.harness.run(29 * EngineHarness.SECOND);
		assertThat(node.engine.figures().messagesQueued()).as("they have time yet").isPositive();
		assertThat(node.drops(DropReason.MESSAGE_STALE)).isZero();
		this.harness.run(2 * EngineHarness.SECOND);
		assertThat(node.engine.figures().messagesQueued()).isZero();
		assertThat(node.drops(DropReason.MESSAGE_STALE)).isPositive();
	}

	@Test
	void thoseWhoBroadcastTooMuchAreTold() {
		Node node = this.harness.node("node");
		assertThat(node.engine.broadcast(this.harness.now, body("t", 1))).isEqualTo(DropReason.NOT_READY);
		node.join();
		introduced(node, 3);
		for (int i = 0; i < 20; i++) {
			assertThat(node.engine.broadcast(this.harness.now, body("t", 1))).isNull();
		}
		assertThat(node.engine.broadcast(this.harness.now, body("t", 1))).isEqualTo(DropReason.MESSAGE_RATE_LIMIT);
		this.harness.run(EngineHarness.SECOND);
		assertThat(node.engine.broadcast(this.harness.now, body("t", 1))).isNull();
	}

	@Test
	void withoutRumorsThereAreNoBroadcastsAndThoseOfOthersAreNotPassedOn() {
		Node node = this.harness.node("node", (config) -> config.dissemination((settings) -> settings.withSendsMax(0)));
		node.join();
		TestPeer peer = introduced(node, 3).get(0);
		assertThat(node.engine.broadcast(this.harness.now, body("t", 1))).isEqualTo(DropReason.BROADCASTS_OFF);
		peer.tell(node, (packet) -> packet.broadcast(peer.id.value(), peer.instance, 1, 0, body("t", 1)));
		this.harness.run(5 * EngineHarness.SECOND);
		assertThat(node.messages).hasSize(1);
		assertThat(broadcasts(node)).isZero();
		assertThat(node.drops(DropReason.MESSAGES_LIMIT)).isZero();
	}

	@Test
	void aDirectMessageArrivesAtItsReceiverAloneAndOnlyOverAStream() {
		List<Node> cluster = this.harness.cluster(3, (config) -> config);
		Node receiver = cluster.get(1);
		assertThat(cluster.get(0).engine.send(this.harness.now, receiver.id(), body("big", 20_000))).isNull();
		assertThat(cluster.get(0).engine.send(this.harness.now, new NodeId(4711), body("t", 1)))
			.isEqualTo(DropReason.UNKNOWN_MEMBER);
		assertThat(cluster.get(0).engine.send(this.harness.now, cluster.get(0).id(), body("t", 1)))
			.isEqualTo(DropReason.UNKNOWN_MEMBER);
		this.harness.run(EngineHarness.SECOND);
		assertThat(receiver.messages).singleElement()
			.matches((message) -> message.topic().equals("big") && message.size() == 20_000
					&& message.kind() == GossipMessage.Kind.DIRECT);
		assertThat(cluster.get(2).messages).isEmpty();
		TestPeer peer = this.harness.peer("peer");
		peer.tellByStream(receiver, (packet) -> packet.direct(body("stranger", 1)));
		assertThat(receiver.drops(DropReason.UNKNOWN_MEMBER)).isOne();
		peer.introduce(receiver);
		peer.tell(receiver, (packet) -> packet.direct(body("datagram", 1)));
		assertThat(receiver.messages).hasSize(1);
		assertThat(receiver.drops(DropReason.IMPLAUSIBLE)).isOne();
	}

	private long broadcasts(Node node) {
		return node.sent()
			.stream()
			.flatMap((packet) -> packet.lines().stream())
			.filter((line) -> line.startsWith("broadcast"))
			.count();
	}

	private List<TestPeer> introduced(Node node, int count) {
		List<TestPeer> peers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			TestPeer peer = this.harness.peer("peer-" + i);
			peer.introduce(node);
			peers.add(peer);
		}
		return peers;
	}

	private static byte[] body(String topic, int bytes) {
		return MessageBody.encode(topic, new byte[bytes], 65_000, "");
	}

}
