package io.gossip.protocol.wire;

import java.util.Map;
import java.util.SortedMap;

import io.gossip.Member;
import io.gossip.MemberState;

/**
 * Writes a packet, message by message, within a budget of bytes. Every method that adds a
 * message returns whether it fitted; if it did not, nothing was written.
 */
public final class PacketEncoder {

	/** What a LEAVES has before its hashes. */
	private static final int LEAVES_BYTES = 4;

	private final WireWriter writer;

	private final int clusterId;

	private int messages;

	/** Where the message under way has the byte that is set at its end. */
	private int patchAt;

	/**
	 * An encoder.
	 * @param scratch the one buffer that packets are written to
	 * @param clusterId the four bytes that stand for the cluster's name
	 */
	public PacketEncoder(byte[] scratch, int clusterId) {
		this.writer = new WireWriter(scratch);
		this.clusterId = clusterId;
	}

	/** The buffer that packets are written to, from offset zero on. */
	public byte[] buffer() {
		return this.writer.buffer();
	}

	/** How many bytes the packet has so far. */
	public int length() {
		return this.writer.length();
	}

	/** How many bytes the packet may still grow. */
	public int remaining() {
		return this.writer.remaining();
	}

	/** How many messages the packet has so far. */
	public int messages() {
		return this.messages;
	}

	/**
	 * Starts a packet.
	 * @param budgetBytes how many bytes it may have
	 * @param destination the identity of the receiver, zero if unknown
	 * @param sender the identity of the sender
	 * @param instance the sender's instance
	 * @param incarnation the sender's incarnation
	 */
	public void start(int budgetBytes, long destination, long sender, int instance, int incarnation) {
		this.writer.start(budgetBytes);
		this.messages = 0;
		this.writer.writeByte(WireLimits.PROTOCOL_VERSION);
		this.writer.writeByte(0);
		this.writer.writeInt(this.clusterId);
		this.writer.writeLong(destination);
		this.writer.writeLong(sender);
		this.writer.writeInt(instance);
		this.writer.writeVarint(incarnation);
	}

	/**
	 * Adds the sender's view hash to the header, before the first message.
	 * @param viewHash the hash
	 */
	public void viewHash(long viewHash) {
		mark(PacketHeader.FLAG_VIEW_HASH);
		this.writer.writeLong(viewHash);
	}

	/** Marks the packet as a correction, which must not be answered with one. */
	public void markCorrection() {
		mark(PacketHeader.FLAG_CORRECTION);
	}

	/**
	 * Marks what the packet tells of others as repair, which is checked before it is
	 * believed.
	 */
	public void markHearsay() {
		mark(PacketHeader.FLAG_HEARSAY);
	}

	private void mark(int flag) {
		this.writer.patchByte(PacketHeader.FLAGS_OFFSET, this.writer.buffer()[PacketHeader.FLAGS_OFFSET] | flag);
	}

	/**
	 * Names another receiver of the packet, so that one encoding serves several.
	 * @param destination the identity of the receiver
	 */
	public void redirect(long destination) {
		for (int i = 0; i < Long.BYTES; i++) {
			this.writer.patchByte(PacketHeader.DESTINATION_OFFSET + i, (int) (destination >>> (56 - 8 * i)));
		}
	}

	/** Adds a {@link MessageType#PING}. */
	public boolean ping(int sequence) {
		return addSequence(MessageType.PING, sequence);
	}

	/** Adds an {@link MessageType#ACK}. */
	public boolean ack(int sequence) {
		return addSequence(MessageType.ACK, sequence);
	}

	/**
	 * Adds a {@link MessageType#JOIN}.
	 * @param isReferred whether a busy member has named the receiver
	 * @param members how many members the sender knows, itself included
	 * @param share what it wants to be told
	 */
	public boolean join(int sequence, boolean isReferred, int members, SnapshotShare share) {
		if (!begin(MessageType.JOIN, 7 + WireWriter.varintLength(members))) {
			return false;
		}
		this.writer.writeInt(sequence);
		this.writer.writeByte(isReferred ? 1 : 0);
		this.writer.writeVarint(members);
		share.write(this.writer);
		return true;
	}

	/** Adds a {@link MessageType#BUSY}. */
	public boolean busy(int sequence) {
		return addSequence(MessageType.BUSY, sequence);
	}

	private boolean addSequence(MessageType type, int sequence) {
		if (!begin(type, 4)) {
			return false;
		}
		this.writer.writeInt(sequence);
		return true;
	}

	/** Adds a {@link MessageType#PING_REQUEST}. */
	public boolean pingRequest(int sequence, long target, int budgetMillis) {
		if (!begin(MessageType.PING_REQUEST, 12 + WireWriter.varintLength(budgetMillis))) {
			return false;
		}
		this.writer.writeInt(sequence);
		this.writer.writeLong(target);
		this.writer.writeVarint(budgetMillis);
		return true;
	}

	/** Adds a {@link MessageType#NACK}. */
	public boolean nack(int sequence, long target) {
		return addSequenceAndTarget(MessageType.NACK, sequence, target);
	}

	/** Adds a {@link MessageType#RELAYED_ACK}. */
	public boolean relayedAck(int sequence, long target) {
		return addSequenceAndTarget(MessageType.RELAYED_ACK, sequence, target);
	}

	private boolean addSequenceAndTarget(MessageType type, int sequence, long target) {
		if (!begin(type, 12)) {
			return false;
		}
		this.writer.writeInt(sequence);
		this.writer.writeLong(target);
		return true;
	}

	/** Adds a {@link MessageType#LIVENESS}. */
	public boolean liveness(long subject, MemberState state, int incarnation, int instance, int ageMillis,
			long accuser) {
		if (!begin(MessageType.LIVENESS, livenessLength(state, incarnation, ageMillis))) {
			return false;
		}
		writeLiveness(subject, state, incarnation, instance, ageMillis, accuser);
		return true;
	}

	private static int livenessLength(MemberState state, int incarnation, int ageMillis) {
		return 8 + 1 + WireWriter.varintLength(incarnation) + 4 + WireWriter.varintLength(ageMillis)
				+ (PacketDecoder.hasAccuser(state) ? 8 : 0);
	}

	private void writeLiveness(long subject, MemberState state, int incarnation, int instance, int ageMillis,
			long accuser) {
		this.writer.writeLong(subject);
		this.writer.writeByte(state.ordinal());
		this.writer.writeVarint(incarnation);
		this.writer.writeInt(instance);
		this.writer.writeVarint(ageMillis);
		if (PacketDecoder.hasAccuser(state)) {
			this.writer.writeLong(accuser);
		}
	}

	/** Adds a {@link MessageType#REFUSAL}. */
	public boolean refusal(long subject, int incarnation, int instance, int ageMillis, long accuser) {
		int length = 8 + WireWriter.varintLength(incarnation) + 4 + WireWriter.varintLength(ageMillis) + 8;
		if (!begin(MessageType.REFUSAL, length)) {
			return false;
		}
		this.writer.writeLong(subject);
		this.writer.writeVarint(incarnation);
		this.writer.writeInt(instance);
		this.writer.writeVarint(ageMillis);
		this.writer.writeLong(accuser);
		return true;
	}

	/** Adds a {@link MessageType#PAUSE}. */
	public boolean pause(long subject, int incarnation, int instance, int number, int leftMillis) {
		int length = 8 + WireWriter.varintLength(incarnation) + 4 + WireWriter.varintLength(number)
				+ WireWriter.varintLength(leftMillis);
		if (!begin(MessageType.PAUSE, length)) {
			return false;
		}
		this.writer.writeLong(subject);
		this.writer.writeVarint(incarnation);
		this.writer.writeInt(instance);
		this.writer.writeVarint(number);
		this.writer.writeVarint(leftMillis);
		return true;
	}

	/** Adds a {@link MessageType#RECORD}. */
	public boolean record(Member member, MemberState state, int incarnation, int instance, int ageMillis,
			long accuser) {
		int metadataBytes = metadataLength(member.metadata());
		if (!begin(MessageType.RECORD,
				livenessLength(state, incarnation, ageMillis) + contentLength(member, metadataBytes))) {
			return false;
		}
		writeLiveness(member.id().value(), state, incarnation, instance, ageMillis, accuser);
		this.writer.writeInt(member.instance());
		this.writer.writeVarint(member.contentVersion());
		this.writer.writeByte(member.protocolMin());
		this.writer.writeByte(member.protocolMax());
		writeAddress(member);
		this.writer.writeByte(Utf8.length(member.name()));
		this.writer.writeUtf8(member.name());
		this.writer.writeByte(Utf8.length(member.zone().name()));
		this.writer.writeUtf8(member.zone().name());
		writeMetadata(member.metadata());
		this.writer.writeVarint(0);
		return true;
	}

	/**
	 * The most bytes that the record of a member takes in a packet, message header and
	 * all.
	 * @param member the member
	 */
	public static int recordLengthMax(Member member) {
		return 4 + 8 + 1 + 5 + 4 + 5 + 8 + 5 + contentLength(member, metadataLength(member.metadata()));
	}

	private static int contentLength(Member member, int metadataBytes) {
		return 4 + WireWriter.varintLength(member.contentVersion()) + 2 + 1 + (member.address().isIpv4() ? 4 : 16) + 2
				+ 1 + Utf8.length(member.name()) + 1 + Utf8.length(member.zone().name()) + metadataBytes + 1;
	}

	/**
	 * How many bytes metadata takes in a record.
	 * @param metadata keys and values
	 */
	public static int metadataLength(SortedMap<String, String> metadata) {
		int bytes = WireWriter.varintLength(metadata.size());
		if (!metadata.isEmpty()) {
			for (Map.Entry<String, String> entry : metadata.entrySet()) {
				bytes += 1 + Utf8.length(entry.getKey()) + 2 + Utf8.length(entry.getValue());
			}
		}
		return bytes;
	}

	private void writeAddress(Member member) {
		boolean isIpv4 = member.address().isIpv4();
		this.writer.writeByte(isIpv4 ? 4 : 16);
		if (isIpv4) {
			this.writer.writeInt((int) member.address().low());
		}
		else {
			this.writer.writeLong(member.address().high());
			this.writer.writeLong(member.address().low());
		}
		this.writer.writeShort(member.address().port());
	}

	private void writeMetadata(SortedMap<String, String> metadata) {
		this.writer.writeVarint(metadata.size());
		if (!metadata.isEmpty()) {
			for (Map.Entry<String, String> entry : metadata.entrySet()) {
				this.writer.writeByte(Utf8.length(entry.getKey()));
				this.writer.writeUtf8(entry.getKey());
				this.writer.writeShort(Utf8.length(entry.getValue()));
				this.writer.writeUtf8(entry.getValue());
			}
		}
	}

	/** Adds a {@link MessageType#RECORD_REQUEST} for one member. */
	public boolean recordRequest(long subject) {
		if (!begin(MessageType.RECORD_REQUEST, 8)) {
			return false;
		}
		this.writer.writeLong(subject);
		return true;
	}

	/** Adds a {@link MessageType#NOTICE}. */
	public boolean notice(long subject, int contentInstance, int contentVersion) {
		if (!begin(MessageType.NOTICE, 12 + WireWriter.varintLength(contentVersion))) {
			return false;
		}
		this.writer.writeLong(subject);
		this.writer.writeInt(contentInstance);
		this.writer.writeVarint(contentVersion);
		return true;
	}

	/** Adds a {@link MessageType#WITNESS_REQUEST}. */
	public boolean witnessRequest(long subject) {
		if (!begin(MessageType.WITNESS_REQUEST, 8)) {
			return false;
		}
		this.writer.writeLong(subject);
		return true;
	}

	/** Adds a {@link MessageType#WITNESS}. */
	public boolean witness(long subject, int heardAgoMillis) {
		if (!begin(MessageType.WITNESS, 8 + WireWriter.varintLength(heardAgoMillis))) {
			return false;
		}
		this.writer.writeLong(subject);
		this.writer.writeVarint(heardAgoMillis);
		return true;
	}

	/** Adds a {@link MessageType#ZONE_CUT}. */
	public boolean zoneCut(long zoneHash) {
		if (!begin(MessageType.ZONE_CUT, 8)) {
			return false;
		}
		this.writer.writeLong(zoneHash);
		return true;
	}

	/** Adds a {@link MessageType#CORRECTION}. */
	public boolean correction(MemberState state, int incarnation, int instance, int contentVersion) {
		int length = 1 + WireWriter.varintLength(incarnation) + 4 + WireWriter.varintLength(contentVersion);
		if (!begin(MessageType.CORRECTION, length)) {
			return false;
		}
		this.writer.writeByte(state.ordinal());
		this.writer.writeVarint(incarnation);
		this.writer.writeInt(instance);
		this.writer.writeVarint(contentVersion);
		return true;
	}

	/** Adds a {@link MessageType#SNAPSHOT}. */
	public boolean snapshot(int sequence, SnapshotShare share) {
		if (!begin(MessageType.SNAPSHOT, 7)) {
			return false;
		}
		this.writer.writeInt(sequence);
		this.patchAt = this.writer.length();
		this.writer.writeByte(0);
		share.write(this.writer);
		return true;
	}

	/** Says that the snapshot packet under way is the last one. */
	public void markLast() {
		this.writer.patchByte(this.patchAt, 1);
	}

	/** Adds a {@link MessageType#DIGEST}; sixteen calls of {@link #hash} must follow. */
	public boolean digest(int level, int prefix) {
		if (!begin(MessageType.DIGEST, 2 + PacketDecoder.DIGEST_WIDTH * Integer.BYTES)) {
			return false;
		}
		this.writer.writeByte(level);
		this.writer.writeByte(prefix);
		return true;
	}

	/** Adds one hash to the digest or the leaves under way. */
	public void hash(int hash) {
		this.writer.writeInt(hash);
	}

	/**
	 * Adds a {@link MessageType#LEAVES}; as many calls of {@link #hash} must follow.
	 * @param prefix the inner node of the leaves
	 * @param leaves one bit for each of its leaves that is meant
	 * @param takes whether this node takes what the receiver knows better
	 * @param hashes how many hashes follow
	 */
	public boolean leaves(int prefix, int leaves, boolean takes, int hashes) {
		if (!begin(MessageType.LEAVES, LEAVES_BYTES + hashes * Integer.BYTES)) {
			return false;
		}
		this.writer.writeByte(prefix);
		this.writer.writeShort(leaves);
		this.writer.writeByte(takes ? 1 : 0);
		return true;
	}

	/** How many hashes a {@link MessageType#LEAVES} can have in this packet. */
	public int leavesHashesMax() {
		return Math.max(0, (this.writer.remaining() - 3 - LEAVES_BYTES) / Integer.BYTES);
	}

	/** Adds a {@link MessageType#VERSIONS}. */
	public boolean versions(long subject, MemberState state, int incarnation, int instance, int contentVersion,
			int contentInstance) {
		int length = 8 + 1 + WireWriter.varintLength(incarnation) + 4 + WireWriter.varintLength(contentVersion) + 4;
		if (!begin(MessageType.VERSIONS, length)) {
			return false;
		}
		this.writer.writeLong(subject);
		this.writer.writeByte(state.ordinal());
		this.writer.writeVarint(incarnation);
		this.writer.writeInt(instance);
		this.writer.writeVarint(contentVersion);
		this.writer.writeInt(contentInstance);
		return true;
	}

	/** Adds a {@link MessageType#HASH_REQUEST} for one record. */
	public boolean hashRequest(int hash) {
		if (!begin(MessageType.HASH_REQUEST, Integer.BYTES)) {
			return false;
		}
		this.writer.writeInt(hash);
		return true;
	}

	/** Adds a {@link MessageType#BROADCAST}. */
	public boolean broadcast(long origin, int instance, int sequence, int ageMillis, byte[] body) {
		int length = broadcastLength(sequence, ageMillis, body);
		if (!begin(MessageType.BROADCAST, length)) {
			return false;
		}
		this.writer.writeLong(origin);
		this.writer.writeInt(instance);
		this.writer.writeVarint(sequence);
		this.writer.writeVarint(ageMillis);
		this.writer.writeBytes(body);
		return true;
	}

	private static int broadcastLength(int sequence, int ageMillis, byte[] body) {
		return 8 + 4 + WireWriter.varintLength(sequence) + WireWriter.varintLength(ageMillis) + body.length;
	}

	/** Adds a {@link MessageType#DIRECT}. */
	public boolean direct(byte[] body) {
		if (!begin(MessageType.DIRECT, body.length)) {
			return false;
		}
		this.writer.writeBytes(body);
		return true;
	}

	private boolean begin(MessageType type, int bodyLength) {
		if (this.writer.remaining() < 1 + WireWriter.varintLength(bodyLength) + bodyLength) {
			return false;
		}
		this.messages++;
		this.writer.writeByte(type.code());
		this.writer.writeVarint(bodyLength);
		return true;
	}

}
