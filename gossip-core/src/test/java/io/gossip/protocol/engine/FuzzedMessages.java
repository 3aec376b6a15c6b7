package io.gossip.protocol.engine;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.gossip.Address;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.NodeId;
import io.gossip.Zone;
import io.gossip.protocol.membership.ViewHash;
import io.gossip.protocol.wire.MessageBody;
import io.gossip.protocol.wire.MessageType;
import io.gossip.protocol.wire.PacketEncoder;
import io.gossip.protocol.wire.SnapshotShare;

/** Messages that are well formed, and say what a fuzzer chooses. */
final class FuzzedMessages {

	/**
	 * What the kept inputs mean by a number: places are neither given away nor added, or
	 * they would no longer say what was found with them. A new kind goes to the place of
	 * comparisons, which has several.
	 */
	private static final List<List<MessageType>> KINDS = List.of(List.of(MessageType.PING), List.of(MessageType.ACK),
			List.of(MessageType.PING_REQUEST), List.of(MessageType.NACK), List.of(MessageType.RELAYED_ACK),
			List.of(MessageType.LIVENESS), List.of(MessageType.RECORD), List.of(MessageType.RECORD_REQUEST),
			List.of(MessageType.CORRECTION), List.of(MessageType.JOIN), List.of(MessageType.SNAPSHOT),
			List.of(MessageType.DIGEST), List.of(MessageType.LEAVES, MessageType.VERSIONS, MessageType.HASH_REQUEST),
			List.of(MessageType.NOTICE), List.of(MessageType.WITNESS_REQUEST), List.of(MessageType.WITNESS),
			List.of(MessageType.ZONE_CUT), List.of(MessageType.REFUSAL), List.of(MessageType.PAUSE),
			List.of(MessageType.BROADCAST), List.of(MessageType.DIRECT), List.of(MessageType.BUSY));

	/** How many identities there are beside the peers: many times the table's limit. */
	private static final int STRANGERS = 200;

	private final FuzzInput input;

	private final Member self;

	private final int peers;

	FuzzedMessages(FuzzInput input, Member self, int peers) {
		this.input = input;
		this.self = self;
		this.peers = peers;
	}

	/** Adds a message; one that does not fit is left out. */
	void add(PacketEncoder packet) {
		List<MessageType> kind = KINDS.get(this.input.choice(KINDS.size()));
		add(packet, kind.get((kind.size() > 1) ? this.input.choice(kind.size()) : 0));
	}

	private void add(PacketEncoder packet, MessageType type) {
		switch (type) {
			case PING -> packet.ping(this.input.octet());
			case ACK -> packet.ack(this.input.octet());
			case PING_REQUEST -> packet.pingRequest(this.input.octet(), subject(), this.input.ageMillis());
			case NACK -> packet.nack(this.input.octet(), subject());
			case RELAYED_ACK -> packet.relayedAck(this.input.octet(), subject());
			case LIVENESS -> packet.liveness(subject(), state(), this.input.version(), instance(),
					this.input.ageMillis(), subject());
			case REFUSAL ->
				packet.refusal(subject(), this.input.version(), instance(), this.input.ageMillis(), subject());
			case PAUSE ->
				packet.pause(subject(), this.input.version(), instance(), this.input.version(), this.input.ageMillis());
			case RECORD -> record(packet);
			case RECORD_REQUEST -> packet.recordRequest(subject());
			case CORRECTION -> packet.correction(state(), this.input.version(), instance(), this.input.version());
			case NOTICE -> packet.notice(subject(), instance(), this.input.version());
			case WITNESS_REQUEST -> packet.witnessRequest(subject());
			case WITNESS -> packet.witness(subject(), this.input.ageMillis());
			case ZONE_CUT -> packet.zoneCut(this.input.identity());
			case JOIN -> packet.join(this.input.octet(), this.input.flag(), this.input.version(), share());
			case SNAPSHOT -> packet.snapshot(this.input.octet(), share());
			case BUSY -> packet.busy(this.input.octet());
			case DIGEST -> digest(packet);
			case LEAVES -> leaves(packet);
			case VERSIONS ->
				packet.versions(subject(), state(), this.input.version(), instance(), this.input.version(), instance());
			case HASH_REQUEST -> packet.hashRequest(hash());
			case BROADCAST -> packet.broadcast(subject(), instance(), this.input.version(), this.input.ageMillis(),
					MessageBody.encode("topic", this.input.octets(this.input.octet()), 448, ""));
			case DIRECT -> packet.direct(MessageBody.encode("topic", this.input.octets(this.input.octet()), 448, ""));
		}
	}

	static Stream<MessageType> types() {
		return KINDS.stream().flatMap(List::stream);
	}

	/** Adds the record of somebody; often one of those who are not in the table yet. */
	void record(PacketEncoder packet) {
		packet.record(member(), state(), this.input.version(), instance(), this.input.ageMillis(), subject());
	}

	private Member member() {
		int number = this.input.choice(STRANGERS);
		SortedMap<String, String> metadata = new TreeMap<>();
		if (number % 16 == 0) {
			// Does not fit a datagram.
			metadata.put("key", "v".repeat(2000));
		}
		NodeId id = (number == 0) ? this.self.id() : new NodeId(idOf(number));
		Address address = this.input.flag() ? Address.ofIpv4(0x0A000100 + number, 7946)
				: Address.ofIpv4(0x0A000001, 7946);
		Zone zone = new Zone("abcdefgh".substring(number % 8, number % 8 + 1));
		return new Member(id, instance(), "name" + number, address, zone, metadata, this.input.version(), 1, 1);
	}

	private void digest(PacketEncoder packet) {
		int level = this.input.choice(2);
		if (packet.digest(level, (level == 0) ? 0 : this.input.choice(16))) {
			int same = this.input.number();
			for (int i = 0; i < 16; i++) {
				packet.hash(((same >>> i & 1) != 0) ? this.input.number() : 0);
			}
		}
	}

	private void leaves(PacketEncoder packet) {
		int count = this.input.choice(20);
		if (packet.leaves(this.input.choice(16), 1 + this.input.choice(0xFFFF), this.input.flag(), count)) {
			for (int left = count; left > 0; left--) {
				packet.hash(hash());
			}
		}
	}

	/** The hash of something that some node may hold, or of nothing. */
	private int hash() {
		long part = ViewHash.part(subject(), instance(), this.input.version());
		return this.input.flag() ? ViewHash.fold(ViewHash.digestPart(part, this.input.version())) : this.input.number();
	}

	/** This node, one of its peers, or somebody else. */
	private long subject() {
		int number = this.input.choice(4 * this.peers);
		return (number == 0) ? this.self.id().value() : idOf(number);
	}

	private long idOf(int number) {
		return (number <= this.peers) ? FuzzedEngine.peer(number).id().value() : number;
	}

	private int instance() {
		int number = this.input.choice(16);
		return switch (number) {
			case 0 -> this.self.instance();
			case 1, 2, 3, 4, 5, 6 -> 1000 + number;
			case 7 -> Integer.MIN_VALUE;
			case 8 -> Integer.MAX_VALUE;
			default -> number;
		};
	}

	private MemberState state() {
		return MemberState.of(this.input.choice(4));
	}

	/** A share of a snapshot, or the whole of it. */
	SnapshotShare share() {
		int count = this.input.octet() % (SnapshotShare.COUNT_MAX + 1);
		return new SnapshotShare(this.input.octet() % Math.max(count, 1), count);
	}

}
