package io.gossip.protocol.engine;

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
		for (int round = 0; round < 3; round++) {
			for (int instance = 1; instance <= 3; instance++) {
				int start = instance;
				other.tell(node, (packet) -> packet.broadcast(origin.id.value(), start, 7, 0, body("t" + start, 1)));
			}
		}
		assertThat(node.messages).extracting(GossipMessage::topic).containsExactly("t1", "t2", "t3");
		assertThat(node.messageDuplicates).isEqualTo(6);
	}

	@Test
	void aFloodOfInventedOriginsOldMessagesAndOneOriginIsCountedAndBounded() {
		Node node = this.harness.node("node");
		node.join();
		TestPeer peer = introduced(node, 2).get(0);
		peer.tell(node, (packet) -> packet.broadcast(4711, 1, 1, 0, body("t", 1)));
		assertThat(node.drops(DropReason.UNKNOWN_MEMBER)).isOne();
		peer.tell(node, (packet) -> packet.broadcast(peer.id.value(), 1, 1, 31_000, body("t", 1)));
		assertThat(node.drops(DropReason.MESSAGE_STALE)).isOne();
		assertThat(node.messages).isEmpty();
		for (int i = 0; i < 5000; i++) {
			int instance = i;
			peer.tell(node, (packet) -> packet.broadcast(peer.id.value(), instance, 1, 0, body("t", 1)));
		}
		assertThat(node.messages).hasSize(4096);
		assertThat(node.drops(DropReason.MESSAGES_LIMIT)).isEqualTo(5000 - 64);
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
