package io.gossip.protocol.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.gossip.Address;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.NodeId;
import io.gossip.Zone;
import io.gossip.protocol.UnreachableReason;
import io.gossip.protocol.wire.MessageBody;
import io.gossip.protocol.wire.MessageType;
import io.gossip.protocol.wire.PacketEncoder;
import io.gossip.protocol.wire.SnapshotShare;

/**
 * A whole engine under a fuzzer. The input is a script: what members, strangers and the
 * engine's own double say, in datagrams and frames, well formed to the last byte or only
 * in their header; when timers fire; what the application does. {@link FuzzedNode} checks
 * every step.
 */
public final class FuzzedEngine {

	private static final int PEERS = 6;

	private static final long MILLI = 1_000_000L;

	/** As many inputs as a script may have; what follows is not read. */
	private static final int STEPS_MAX = 400;

	private final FuzzInput input;

	private final FuzzedNode node = new FuzzedNode();

	private final PacketEncoder packet = new PacketEncoder(new byte[65536], EngineState.clusterId(FuzzedNode.CLUSTER));

	private final FuzzedMessages messages;

	private FuzzedEngine(FuzzInput input) {
		this.input = input;
		this.messages = new FuzzedMessages(input, this.node.engine.self(), PEERS);
	}

	/** The kinds of messages of which inputs are made. */
	public static Stream<MessageType> messageTypes() {
		return FuzzedMessages.types();
	}

	/** One try; throws if something does not hold. */
	public static void fuzzerTestOneInput(byte[] input) {
		new FuzzedEngine(new FuzzInput(input)).play();
	}

	private void play() {
		start();
		for (int steps = 0; steps < STEPS_MAX && !this.input.isAtEnd(); steps++) {
			act();
			this.node.settle();
		}
		// Whatever it was, it passes.
		this.node.pass(2_000 * MILLI);
	}

	private void start() {
		boolean hasSeed = this.input.flag();
		List<Address> seeds = hasSeed ? List.of(peer(1).address(), peer(2).address()) : List.of();
		this.node.step(() -> this.node.engine.join(this.node.now, seeds));
		int known = this.input.choice(PEERS + 1);
		for (int number = 1; number <= known; number++) {
			Member member = peer(number);
			begin(member.id().value(), member.instance(), 1);
			this.packet.record(member, MemberState.ALIVE, 1, member.instance(), 0, 0);
			deliver(member.address(), false);
		}
		this.node.settle();
	}

	static Member peer(int number) {
		return new Member(NodeId.ofName(FuzzedNode.CLUSTER, "peer" + number), 1000 + number, "peer" + number,
				Address.ofIpv4(0x0A000100 + number, 7946), new Zone((number % 2 == 0) ? "a" : "b"), new TreeMap<>(), 1,
				1, 1);
	}

	private void act() {
		switch (this.input.choice(12)) {
			case 0 -> raw();
			case 1 -> halfFormed();
			case 2, 3, 4, 5 -> wellFormed();
			case 6 -> answer();
			case 7 -> echo();
			case 8 -> pass(this.input.octet() * MILLI);
			case 9 -> pass(this.input.octet() * 100 * MILLI);
			case 10 -> transport();
			default -> application();
		}
	}

	private void pass(long nanos) {
		if (this.input.flag()) {
			this.node.pass(nanos);
		}
		else {
			// As a node that stood still.
			this.node.now += nanos;
		}
	}

	private void raw() {
		byte[] bytes = this.input.octets(this.input.octet());
		deliver(source(), bytes, this.input.flag());
	}

	/** A good header, and then anything. */
	private void halfFormed() {
		Address from = begin();
		int start = this.packet.length();
		byte[] bytes = Arrays.copyOf(this.packet.buffer(), start + 2 + 127);
		int at = start;
		for (int left = this.input.choice(4); left >= 0; left--) {
			byte[] body = this.input.octets(this.input.choice(100));
			if (at + 2 + body.length > bytes.length) {
				break;
			}
			bytes[at] = (byte) this.input.choice(26);
			bytes[at + 1] = (byte) body.length;
			System.arraycopy(body, 0, bytes, at + 2, body.length);
			at += 2 + body.length;
		}
		deliver(from, Arrays.copyOf(bytes, at), this.input.flag());
	}

	private void wellFormed() {
		Address from = begin();
		for (int left = this.input.choice(5); left >= 0; left--) {
			this.messages.add(this.packet);
		}
		deliver(from, this.input.flag());
	}

	/** The right answer to something that the engine asked, from whom it asked or not. */
	private void answer() {
		FuzzedNode.Packet asked = this.node.sent(this.input.octet());
		if (asked == null) {
			return;
		}
		Address from = begin();
		for (String line : TestPeer.read(asked.bytes())) {
			String[] words = line.split(" ");
			switch (words[0]) {
				case "ping" -> this.packet.ack(Integer.parseInt(words[1]));
				case "pingRequest" -> {
					int sequence = Integer.parseInt(words[1]);
					long target = Long.parseLong(words[2]);
					if (this.input.flag()) {
						this.packet.relayedAck(sequence, target);
					}
					else {
						this.packet.nack(sequence, target);
					}
				}
				case "join" -> answerJoin(Integer.parseInt(words[1]));
				case "witnessRequest" -> this.packet.witness(Long.parseLong(words[1]), this.input.ageMillis());
				default -> this.messages.add(this.packet);
			}
		}
		deliver(this.input.flag() ? asked.to() : from, asked.isFrame());
	}

	private void answerJoin(int sequence) {
		if (this.input.flag()) {
			this.packet.markHearsay();
			this.packet.snapshot(sequence, this.input.flag() ? SnapshotShare.WHOLE : this.messages.share());
			if (this.input.flag()) {
				this.packet.markLast();
			}
		}
		else {
			this.packet.busy(sequence);
		}
		for (int left = this.input.choice(20); left > 0; left--) {
			this.messages.record(this.packet);
		}
	}

	/** What the engine has said comes back to it from somebody else, perhaps mutated. */
	private void echo() {
		FuzzedNode.Packet said = this.node.sent(this.input.octet());
		if (said == null) {
			return;
		}
		byte[] bytes = said.bytes().clone();
		Address from = begin();
		// Destination, sender and instance of a peer, and the rest as it was.
		System.arraycopy(this.packet.buffer(), 6, bytes, 6, 20);
		for (int left = this.input.choice(4); left > 0; left--) {
			bytes[(this.input.octet() << 8 | this.input.octet()) % bytes.length] ^= (byte) this.input.octet();
		}
		deliver(from, bytes, this.input.flag());
	}

	private void transport() {
		Address to = source();
		switch (this.input.choice(3)) {
			case 0 -> this.node.step(() -> this.node.engine.onUnreachable(this.node.now, to,
					UnreachableReason.values()[this.input.choice(UnreachableReason.values().length)]));
			case 1 -> this.node.step(() -> this.node.engine.onWritable(this.node.now, this.input.flag()));
			default -> this.node.step(() -> this.node.engine.onTimer(this.node.now));
		}
	}

	private void application() {
		GossipEngine engine = this.node.engine;
		switch (this.input.choice(6)) {
			case 0 -> this.node.step(() -> engine.join(this.node.now, List.of(source())));
			case 1 -> this.node.step(() -> engine.announcePause(this.node.now, this.input.octet() * 1000 * MILLI));
			case 2 -> {
				SortedMap<String, String> metadata = new TreeMap<>();
				metadata.put("key", "v".repeat(16 * this.input.octet()));
				this.node.step(() -> engine.updateMetadata(this.node.now, metadata));
			}
			case 3 -> this.node.step(() -> engine.broadcast(this.node.now, body(this.input.octet())));
			case 4 ->
				this.node.step(() -> engine.send(this.node.now, peer(1 + this.input.choice(PEERS)).id(), body(300)));
			default -> {
				// Rarely, for after it little happens.
				if (this.input.octet() > 200) {
					this.node.step(() -> engine.leave(this.node.now));
				}
			}
		}
	}

	private static byte[] body(int payload) {
		return MessageBody.encode("topic", "x".repeat(payload).getBytes(StandardCharsets.US_ASCII), 448, "");
	}

	/** Begins a packet from somebody; gives where it comes from. */
	private Address begin() {
		int who = this.input.choice(PEERS + 4);
		Address from = source();
		long sender;
		int instance = this.input.version();
		if (who < PEERS) {
			Member member = peer(1 + who);
			sender = member.id().value();
			from = member.address();
			instance = member.instance();
		}
		else if (who == PEERS) {
			sender = this.node.engine.self().id().value();
		}
		else {
			sender = who - PEERS;
		}
		begin(sender, instance, this.input.version());
		if (this.input.flag()) {
			this.packet.viewHash(this.input.flag() ? this.node.engine.viewHash() : this.input.identity());
		}
		if (this.input.flag()) {
			this.packet.markHearsay();
		}
		else if (this.input.flag()) {
			this.packet.markCorrection();
		}
		return from;
	}

	private void begin(long sender, int instance, int incarnation) {
		long destination = this.input.flag() ? this.node.engine.self().id().value() : 0;
		this.packet.start(60_000, destination, sender, instance, incarnation);
	}

	private Address source() {
		int number = this.input.choice(PEERS + 3);
		return (number == 0) ? FuzzedNode.ADDRESS : Address.ofIpv4(0x0A000100 + number, 7946);
	}

	private void deliver(Address from, boolean isFrame) {
		deliver(from, Arrays.copyOf(this.packet.buffer(), this.packet.length()), isFrame);
	}

	private void deliver(Address from, byte[] bytes, boolean isFrame) {
		this.node.step(() -> {
			if (isFrame) {
				this.node.engine.onFrame(this.node.now, from, bytes, 0, bytes.length);
			}
			else {
				this.node.engine.onDatagram(this.node.now, from, bytes, 0, bytes.length);
			}
		});
	}

}
