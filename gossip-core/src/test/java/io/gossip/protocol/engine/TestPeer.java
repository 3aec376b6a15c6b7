package io.gossip.protocol.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.gossip.Address;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.NodeId;
import io.gossip.Zone;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.wire.PacketDecoder;
import io.gossip.protocol.wire.PacketEncoder;
import io.gossip.protocol.wire.Transcript;

/**
 * A member that is played by the test: it says what it is told to say, and writes down
 * what it hears.
 */
final class TestPeer {

	private final EngineHarness harness;

	private final PacketEncoder encoder = new PacketEncoder(new byte[65536],
			EngineState.clusterId(EngineHarness.CLUSTER));

	final Address address;

	final String name;

	final NodeId id;

	/** What has arrived. */
	final List<EngineHarness.Packet> inbox = new ArrayList<>();

	boolean answersPings = true;

	int instance;

	int incarnation = 1;

	int contentVersion = 1;

	Zone zone = Zone.NONE;

	SortedMap<String, String> metadata = new TreeMap<>();

	TestPeer(EngineHarness harness, String name, Address address, int instance) {
		this.harness = harness;
		this.name = name;
		this.id = NodeId.ofName(EngineHarness.CLUSTER, name);
		this.address = address;
		this.instance = instance;
	}

	Member member() {
		return new Member(this.id, this.instance, this.name, this.address, this.zone, this.metadata,
				this.contentVersion, 1, 1);
	}

	/** The bytes of a packet to a node. */
	byte[] packet(long destination, Consumer<PacketEncoder> content) {
		this.encoder.start(65000, destination, this.id.value(), this.instance, this.incarnation);
		content.accept(this.encoder);
		return Arrays.copyOf(this.encoder.buffer(), this.encoder.length());
	}

	/** Sends a datagram, which arrives at once. */
	void tell(Node node, Consumer<PacketEncoder> content) {
		deliver(node, packet(node.id().value(), content), false);
	}

	/** Sends a frame, which arrives at once. */
	void tellByStream(Node node, Consumer<PacketEncoder> content) {
		deliver(node, packet(node.id().value(), content), true);
	}

	void deliver(Node node, byte[] bytes, boolean isFrame) {
		node.receive(new EngineHarness.Packet(this.address, node.address, isFrame, TrafficClass.PROBE, bytes,
				this.harness.now));
	}

	void receive(EngineHarness.Packet packet) {
		this.inbox.add(packet);
		for (String line : packet.lines()) {
			if (this.answersPings && line.startsWith("ping ")) {
				int sequence = Integer.parseInt(line.substring("ping ".length()));
				byte[] ack = packet(0, (answer) -> answer.ack(sequence));
				this.harness.send(new EngineHarness.Packet(this.address, packet.from(), packet.isFrame(),
						TrafficClass.PROBE, ack, this.harness.now));
			}
		}
	}

	/** Becomes a member by its own record. */
	void introduce(Node node) {
		tell(node, (packet) -> record(packet));
	}

	void record(PacketEncoder packet) {
		packet.record(member(), MemberState.ALIVE, this.incarnation, this.instance, 0, 0);
	}

	/** Tells a node what this peer claims of another. */
	void claim(Node node, TestPeer subject, MemberState state, int ofIncarnation, long accuser) {
		tell(node, (packet) -> packet.liveness(subject.id.value(), state, ofIncarnation, subject.instance, 0, accuser));
	}

	void accuse(Node node, TestPeer subject) {
		claim(node, subject, MemberState.SUSPECT, subject.incarnation, this.id.value());
	}

	/** What was heard since the last call, one line a message. */
	List<String> hear() {
		this.harness.run(2 * this.harness.latency);
		List<String> lines = this.inbox.stream().flatMap((packet) -> packet.lines().stream()).toList();
		this.inbox.clear();
		return lines;
	}

	/** What was heard since the last call of one kind of message. */
	List<String> hear(String kind) {
		return hear().stream().filter((line) -> line.startsWith(kind + " ")).toList();
	}

	static List<String> read(byte[] bytes) {
		PacketDecoder decoder = new PacketDecoder();
		DropReason reason = decoder.open(bytes, 0, bytes.length);
		if (reason == null) {
			reason = decoder.validate();
		}
		if (reason != null) {
			throw new AssertionError("an engine has sent a packet that is " + reason);
		}
		Transcript transcript = new Transcript();
		decoder.dispatch(transcript);
		return transcript.lines();
	}

}
