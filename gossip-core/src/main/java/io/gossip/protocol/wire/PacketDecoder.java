package io.gossip.protocol.wire;

import io.gossip.MemberState;
import io.gossip.protocol.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes into calls. A packet is taken in three steps: {@link #open} reads the
 * header, {@link #validate} checks every message, {@link #dispatch} calls the handler.
 * The handler therefore never sees half a packet.
 */
public final class PacketDecoder {

	/** How many hashes a DIGEST carries. */
	public static final int DIGEST_WIDTH = 16;

	private final PacketHeader header = new PacketHeader();

	private final WireReader packet = new WireReader();

	private final WireReader message = new WireReader();

	private final RecordCursor record = new RecordCursor();

	private int messagesAt;

	private int messagesLength;

	/**
	 * Reads the header.
	 * @param buffer the packet, borrowed until {@link #release}
	 * @param offset where it starts
	 * @param length how many bytes it has
	 * @return why it cannot be read, null if it can
	 */
	public @Nullable DropReason open(byte[] buffer, int offset, int length) {
		this.packet.wrap(buffer, offset, length);
		int version = this.packet.readByte();
		if (length > 0 && (version < WireLimits.PROTOCOL_VERSION_MIN || version > WireLimits.PROTOCOL_VERSION)) {
			return DropReason.VERSION;
		}
		this.header.read(this.packet);
		if (this.packet.isFailed()) {
			return DropReason.TRUNCATED;
		}
		if (this.header.sender == 0) {
			return DropReason.MALFORMED;
		}
		this.messagesAt = this.packet.position();
		this.messagesLength = this.packet.remaining();
		return null;
	}

	/** The header of the packet that is open. */
	public PacketHeader header() {
		return this.header;
	}

	/**
	 * Checks every message of the open packet.
	 * @return why one is bad, null if all are good
	 */
	public @Nullable DropReason validate() {
		int messages = 0;
		while (this.packet.remaining() > 0) {
			int code = this.packet.readByte();
			int length = this.packet.readVarint(1 << 20);
			if (this.packet.isFailed() || length > this.packet.remaining()) {
				return DropReason.TRUNCATED;
			}
			if (++messages > WireLimits.MESSAGES_MAX) {
				return DropReason.MALFORMED;
			}
			this.message.wrap(this.packet.buffer(), this.packet.position(), length);
			MessageType type = MessageType.ofCode(code);
			if (type != null) {
				validateMessage(type);
				if (this.message.isFailed() || this.message.remaining() > 0) {
					return DropReason.MALFORMED;
				}
			}
			this.packet.skip(length);
		}
		return (messages > 0) ? null : DropReason.TRUNCATED;
	}

	private void validateMessage(MessageType type) {
		WireReader reader = this.message;
		switch (type) {
			case PING, ACK, BUSY -> reader.readInt();
			case PING_REQUEST -> {
				reader.readInt();
				readIdentity(reader);
				reader.readVarint(WireLimits.AGE_MILLIS_MAX);
			}
			case WITNESS_REQUEST -> readIdentity(reader);
			case WITNESS -> {
				readIdentity(reader);
				reader.readVarint(WireLimits.AGE_MILLIS_MAX);
			}
			case ZONE_CUT -> reader.readLong();
			case NACK, RELAYED_ACK -> {
				reader.readInt();
				readIdentity(reader);
			}
			case LIVENESS -> validateLiveness(reader);
			case REFUSAL -> validateRefusal(reader);
			case PAUSE -> validatePause(reader);
			case BROADCAST -> validateBroadcast(reader);
			case DIRECT -> MessageBody.validate(reader, Integer.MAX_VALUE - 1);
			case RECORD -> this.record.validate(reader);
			case RECORD_REQUEST -> {
				if (reader.remaining() == 0) {
					reader.fail();
				}
				while (reader.remaining() > 0) {
					readIdentity(reader);
				}
			}
			case CORRECTION -> {
				readState(reader);
				reader.readVarint(WireLimits.VERSION_MAX);
				reader.readInt();
				reader.readVarint(WireLimits.VERSION_MAX);
			}
			case NOTICE -> {
				readIdentity(reader);
				reader.readInt();
				reader.readVarint(WireLimits.VERSION_MAX);
			}
			case JOIN -> {
				reader.readInt();
				readFlag(reader);
				reader.readVarint(WireLimits.VERSION_MAX);
				SnapshotShare.validate(reader);
			}
			case SNAPSHOT -> {
				reader.readInt();
				readFlag(reader);
				SnapshotShare.validate(reader);
			}
			case DIGEST -> validateDigest(reader);
			case LEAVES -> validateLeaves(reader);
			case VERSIONS -> validateVersions(reader);
			case HASH_REQUEST -> validateHashRequest(reader);
		}
	}

	private static void validatePause(WireReader reader) {
		readIdentity(reader);
		reader.readVarint(WireLimits.VERSION_MAX);
		reader.readInt();
		reader.readVarint(WireLimits.VERSION_MAX);
		reader.readVarint(WireLimits.AGE_MILLIS_MAX);
	}

	private static void validateRefusal(WireReader reader) {
		readIdentity(reader);
		reader.readVarint(WireLimits.VERSION_MAX);
		reader.readInt();
		reader.readVarint(WireLimits.AGE_MILLIS_MAX);
		readIdentity(reader);
	}

	private static void validateBroadcast(WireReader reader) {
		readIdentity(reader);
		reader.readInt();
		reader.readVarint(WireLimits.VERSION_MAX);
		reader.readVarint(WireLimits.AGE_MILLIS_MAX);
		MessageBody.validate(reader, WireLimits.BROADCAST_BYTES_MAX);
	}

	private static void validateDigest(WireReader reader) {
		int level = reader.readByte();
		int prefix = reader.readByte();
		if (level > 1 || prefix >= ((level == 0) ? 1 : DIGEST_WIDTH)) {
			reader.fail();
		}
		reader.skip(DIGEST_WIDTH * Integer.BYTES);
	}

	private static void validateLeaves(WireReader reader) {
		int prefix = reader.readByte();
		int leaves = reader.readShort();
		readFlag(reader);
		if (prefix >= DIGEST_WIDTH || leaves == 0 || reader.remaining() % Integer.BYTES != 0) {
			reader.fail();
		}
		reader.skip(reader.remaining());
	}

	private static void validateVersions(WireReader reader) {
		readIdentity(reader);
		readState(reader);
		reader.readVarint(WireLimits.VERSION_MAX);
		reader.readInt();
		reader.readVarint(WireLimits.VERSION_MAX);
		reader.readInt();
	}

	private static void validateHashRequest(WireReader reader) {
		if (reader.remaining() == 0 || reader.remaining() % Integer.BYTES != 0) {
			reader.fail();
		}
		reader.skip(reader.remaining());
	}

	private static void validateLiveness(WireReader reader) {
		readIdentity(reader);
		MemberState state = readState(reader);
		reader.readVarint(WireLimits.VERSION_MAX);
		reader.readInt();
		reader.readVarint(WireLimits.AGE_MILLIS_MAX);
		if (hasAccuser(state)) {
			reader.readLong();
		}
	}

	/**
	 * Calls the handler with every message of the open packet, which must be valid.
	 * @param handler the receiver
	 */
	public void dispatch(MessageHandler handler) {
		this.packet.wrap(this.packet.buffer(), this.messagesAt, this.messagesLength);
		while (this.packet.remaining() > 0) {
			MessageType type = MessageType.ofCode(this.packet.readByte());
			int length = this.packet.readVarint(1 << 20);
			if (type != null) {
				this.message.wrap(this.packet.buffer(), this.packet.position(), length);
				dispatchMessage(type, handler);
			}
			this.packet.skip(length);
		}
	}

	/** Gives the packet back. */
	public void release() {
		this.packet.release();
		this.message.release();
		this.record.release();
	}

	private void dispatchMessage(MessageType type, MessageHandler handler) {
		WireReader reader = this.message;
		switch (type) {
			case PING -> handler.onPing(this.header, reader.readInt());
			case ACK -> handler.onAck(this.header, reader.readInt());
			case PING_REQUEST -> handler.onPingRequest(this.header, reader.readInt(), reader.readLong(),
					reader.readVarint(WireLimits.AGE_MILLIS_MAX));
			case NACK -> handler.onNack(this.header, reader.readInt(), reader.readLong());
			case RELAYED_ACK -> handler.onRelayedAck(this.header, reader.readInt(), reader.readLong());
			case WITNESS_REQUEST -> handler.onWitnessRequest(this.header, reader.readLong());
			case WITNESS ->
				handler.onWitness(this.header, reader.readLong(), reader.readVarint(WireLimits.AGE_MILLIS_MAX));
			case ZONE_CUT -> handler.onZoneCut(this.header, reader.readLong());
			case LIVENESS -> dispatchLiveness(handler, reader);
			case REFUSAL -> handler.onRefusal(this.header, reader.readLong(), reader.readVarint(WireLimits.VERSION_MAX),
					reader.readInt(), reader.readVarint(WireLimits.AGE_MILLIS_MAX), reader.readLong());
			case PAUSE -> handler.onPause(this.header, reader.readLong(), reader.readVarint(WireLimits.VERSION_MAX),
					reader.readInt(), reader.readVarint(WireLimits.VERSION_MAX),
					reader.readVarint(WireLimits.AGE_MILLIS_MAX));
			case BROADCAST -> handler.onBroadcast(this.header, reader.readLong(), reader.readInt(),
					reader.readVarint(WireLimits.VERSION_MAX), reader.readVarint(WireLimits.AGE_MILLIS_MAX), reader);
			case DIRECT -> handler.onDirect(this.header, reader);
			case RECORD -> {
				this.record.open(reader);
				handler.onRecord(this.header, this.record);
			}
			case RECORD_REQUEST -> {
				while (reader.remaining() > 0) {
					handler.onRecordRequest(this.header, reader.readLong());
				}
			}
			case CORRECTION -> handler.onCorrection(this.header, MemberState.of(reader.readByte()),
					reader.readVarint(WireLimits.VERSION_MAX), reader.readInt(),
					reader.readVarint(WireLimits.VERSION_MAX));
			case NOTICE -> handler.onNotice(this.header, reader.readLong(), reader.readInt(),
					reader.readVarint(WireLimits.VERSION_MAX));
			case JOIN -> handler.onJoin(this.header, reader.readInt(), reader.readByte() != 0,
					reader.readVarint(WireLimits.VERSION_MAX), SnapshotShare.read(reader));
			case BUSY -> handler.onBusy(this.header, reader.readInt());
			case SNAPSHOT ->
				handler.onSnapshot(this.header, reader.readInt(), reader.readByte() != 0, SnapshotShare.read(reader));
			case DIGEST -> handler.onDigest(this.header, reader.readByte(), reader.readByte(), reader);
			case LEAVES ->
				handler.onLeaves(this.header, reader.readByte(), reader.readShort(), reader.readByte() != 0, reader);
			case VERSIONS -> handler.onVersions(this.header, reader.readLong(), MemberState.of(reader.readByte()),
					reader.readVarint(WireLimits.VERSION_MAX), reader.readInt(),
					reader.readVarint(WireLimits.VERSION_MAX), reader.readInt());
			case HASH_REQUEST -> {
				while (reader.remaining() > 0) {
					handler.onHashRequest(this.header, reader.readInt());
				}
			}
		}
	}

	private void dispatchLiveness(MessageHandler handler, WireReader reader) {
		long subject = reader.readLong();
		MemberState state = MemberState.of(reader.readByte());
		int incarnation = reader.readVarint(WireLimits.VERSION_MAX);
		int instance = reader.readInt();
		int ageMillis = reader.readVarint(WireLimits.AGE_MILLIS_MAX);
		long accuser = hasAccuser(state) ? reader.readLong() : 0;
		handler.onLiveness(this.header, subject, state, incarnation, instance, ageMillis, accuser);
	}

	/** Whether news of this state names who accused the member. */
	static boolean hasAccuser(MemberState state) {
		return state == MemberState.SUSPECT || state == MemberState.DEAD;
	}

	private static void readIdentity(WireReader reader) {
		if (reader.readLong() == 0) {
			reader.fail();
		}
	}

	private static MemberState readState(WireReader reader) {
		int ordinal = reader.readByte();
		if (ordinal > MemberState.LEFT.ordinal()) {
			reader.fail();
			return MemberState.ALIVE;
		}
		return MemberState.of(ordinal);
	}

	private static void readFlag(WireReader reader) {
		if (reader.readByte() > 1) {
			reader.fail();
		}
	}

}
