package io.gossip.protocol.engine;

import java.util.Arrays;
import java.util.Random;

import io.gossip.ClusterPhase;
import io.gossip.ClusterView;
import io.gossip.MemberState;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.wire.PacketEncoder;
import io.gossip.protocol.wire.SnapshotShare;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BadPacketTest {

	private final EngineHarness harness = new EngineHarness(1);

	private final Node node = this.harness.node("node");

	private final TestPeer peer = this.harness.peer("peer");

	private final TestPeer other = this.harness.peer("other");

	@BeforeEach
	void join() {
		this.node.join();
		this.peer.introduce(this.node);
		this.other.introduce(this.node);
		assertThat(this.node.engine.view().size()).isEqualTo(3);
	}

	@Test
	void aPacketThatIsCutShortIsTruncatedAndNothingElse() {
		byte[] packet = this.peer.packet(this.node.id().value(), (content) -> {
			content.liveness(this.other.id.value(), MemberState.SUSPECT, 1, this.other.instance, 0, 5);
			content.ping(1);
		});
		for (int length = 0; length < packet.length; length++) {
			// Between two messages a cut is no cut.
			int expected = length;
			boolean whole = length == packet.length - 6;
			if (!whole) {
				assertDropped(DropReason.TRUNCATED, Arrays.copyOf(packet, expected));
			}
		}
	}

	@Test
	void aFrameOfMoreMessagesThanTheLimitIsNotRead() {
		byte[] ping = ping();
		// Of a kind that nobody knows, which are skipped.
		for (int unknown : new int[] { 4095, 4096 }) {
			byte[] frame = Arrays.copyOf(ping, ping.length + 2 * unknown);
			for (int i = 0; i < unknown; i++) {
				frame[ping.length + 2 * i] = 120;
			}
			int before = this.node.drops(DropReason.MALFORMED);
			this.peer.deliver(this.node, frame, true);
			assertThat(this.node.drops(DropReason.MALFORMED) - before).as("beside the ping %d", unknown)
				.isEqualTo(unknown - 4095);
		}
	}

	@Test
	void aPacketOfAnotherVersionIsNotRead() {
		byte[] packet = ping();
		for (int version : new int[] { 0, 2, 127, 255 }) {
			packet[0] = (byte) version;
			assertDropped(DropReason.VERSION, packet);
		}
	}

	@Test
	void aPacketOfAnotherClusterIsNotRead() {
		PacketEncoder foreign = new PacketEncoder(new byte[1400], EngineState.clusterId("another"));
		foreign.start(1400, this.node.id().value(), this.peer.id.value(), this.peer.instance, 9);
		foreign.ping(1);
		assertDropped(DropReason.WRONG_CLUSTER, Arrays.copyOf(foreign.buffer(), foreign.length()));
	}

	@Test
	void aPacketForAnotherNodeIsNotRead() {
		assertDropped(DropReason.WRONG_DESTINATION,
				this.peer.packet(this.node.id().value() + 1, (content) -> content.ping(1)));
	}

	@Test
	void aPacketOfThisVeryInstanceIsNotRead() {
		PacketEncoder own = new PacketEncoder(new byte[1400], EngineState.clusterId(EngineHarness.CLUSTER));
		own.start(1400, 0, this.node.id().value(), this.node.engine.self().instance(), 1);
		own.ping(1);
		assertDropped(DropReason.OWN_PACKET, Arrays.copyOf(own.buffer(), own.length()));
	}

	@Test
	void nothingOfAPacketIsAppliedIfItsLastMessageIsBad() {
		byte[] packet = this.peer.packet(this.node.id().value(), (content) -> {
			content.liveness(this.other.id.value(), MemberState.DEAD, 7, this.other.instance, 0, 5);
			content.nack(1, 0);
		});
		assertDropped(DropReason.MALFORMED, packet);
	}

	@Test
	void randomBytesAreDroppedAndChangeNothing() {
		long seed = 99;
		Random random = new Random(seed);
		for (int round = 0; round < 20_000; round++) {
			byte[] bytes = new byte[random.nextInt(100)];
			random.nextBytes(bytes);
			int before = this.node.allDrops();
			ClusterView view = this.node.engine.view();
			this.peer.deliver(this.node, bytes, random.nextBoolean());
			assertThat(this.node.allDrops()).as("seed %d round %d", seed, round).isEqualTo(before + 1);
			assertThat(this.node.engine.view()).as("seed %d round %d", seed, round).isSameAs(view);
		}
		assertThat(this.node.sent()).isEmpty();
	}

	@Test
	void anAnswerToNoQuestionIsCountedAndChangesNothing() {
		assertDropped(DropReason.UNMATCHED_REPLY, this.peer.packet(0, (content) -> content.ack(12345)));
		assertDropped(DropReason.UNMATCHED_REPLY,
				this.peer.packet(0, (content) -> content.nack(12345, this.other.id.value())));
		assertDropped(DropReason.UNMATCHED_REPLY,
				this.peer.packet(0, (content) -> content.relayedAck(12345, this.other.id.value())));
		assertDropped(DropReason.UNMATCHED_REPLY, this.peer.packet(0, (content) -> {
			content.snapshot(12345, SnapshotShare.WHOLE);
			content.liveness(this.other.id.value(), MemberState.DEAD, 7, this.other.instance, 0, 5);
		}));
	}

	@Test
	void aJoinByDatagramIsRefusedBecauseItsSourceCanBeForged() {
		assertDropped(DropReason.MALFORMED, this.peer.packet(0, (content) -> {
			content.join(1, false, 1, SnapshotShare.ANY);
			this.peer.record(content);
		}));
	}

	@Test
	void aVersionThatLeavesNoRoomToRefuteIsImplausible() {
		int absurd = Integer.MAX_VALUE - 1024;
		assertDropped(DropReason.IMPLAUSIBLE, this.peer.packet(0,
				(content) -> content.liveness(this.other.id.value(), MemberState.DEAD, absurd, 1, 0, 5)));
		assertDropped(DropReason.IMPLAUSIBLE, this.peer.packet(0, (content) -> content.liveness(this.node.id().value(),
				MemberState.DEAD, absurd, this.node.engine.self().instance(), 0, 5)));
		assertDropped(DropReason.IMPLAUSIBLE,
				this.peer.packet(0, (content) -> content.correction(MemberState.DEAD, 1, 1, absurd)));
		assertDropped(DropReason.IMPLAUSIBLE, this.peer.packet(0,
				(content) -> content.record(this.other.member(), MemberState.ALIVE, absurd, 1, 0, 0)));
	}

	@Test
	void aNodeThatHasNotStartedAnswersNobody() {
		Node asleep = this.harness.node("asleep");
		this.peer.deliver(asleep, this.peer.packet(0, (content) -> content.ping(1)), false);
		assertThat(asleep.drops(DropReason.NOT_READY)).isOne();
		assertThat(asleep.allDrops()).isOne();
		assertThat(asleep.sent()).isEmpty();
		assertThat(asleep.engine.phase()).isEqualTo(ClusterPhase.STOPPED);
		assertThat(asleep.engine.nextDeadline()).isEqualTo(GossipEngine.NO_DEADLINE);
		assertThat(asleep.engine.view().all()).isEmpty();
	}

	private byte[] ping() {
		return this.peer.packet(this.node.id().value(), (content) -> content.ping(1));
	}

	private void assertDropped(DropReason reason, byte[] packet) {
		int before = this.node.drops(reason);
		int all = this.node.allDrops();
		int sent = this.harness.sent.size();
		long deadline = this.node.engine.nextDeadline();
		int events = this.node.events.size();
		ClusterView view = this.node.engine.view();
		this.peer.deliver(this.node, packet, false);
		assertThat(this.node.drops(reason)).as("%s of %d bytes: %s", reason, packet.length, this.node.drops)
			.isEqualTo(before + 1);
		assertThat(this.node.allDrops()).as("%s", this.node.drops).isEqualTo(all + 1);
		assertThat(this.node.engine.view()).isSameAs(view);
		assertThat(this.node.engine.nextDeadline()).isEqualTo(deadline);
		assertThat(this.node.events).hasSize(events);
		assertThat(this.harness.sent).hasSize(sent);
	}

}
