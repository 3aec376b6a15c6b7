package io.gossip.protocol.wire;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of messages in a packet. A code is one byte and never changes its meaning.
 */
public enum MessageType {

	/** Asks the destination to answer. */
	PING(1),

	/** Answers a ping. */
	ACK(2),

	/** Asks a helper to ping a member. */
	PING_REQUEST(3),

	/** A helper's word that it has had no answer so far. */
	NACK(4),

	/** A helper's word that the member has answered. */
	RELAYED_ACK(5),

	/** News of a member's state. */
	LIVENESS(6),

	/** State and content of a member. */
	RECORD(7),

	/** Asks for the records of some members. */
	RECORD_REQUEST(8),

	/** What the sender holds of the destination. */
	CORRECTION(9),

	/** Asks a seed for all that it knows. */
	JOIN(10),

	/** Says that the records in this packet answer a JOIN. */
	SNAPSHOT(11),

	/** Sixteen hashes of one level of the digest tree. */
	DIGEST(12),

	/** Says that a member has content that is too large for a datagram. */
	NOTICE(14),

	/** Asks when the receiver last heard from a member itself. */
	WITNESS_REQUEST(15),

	/** Says how long ago the sender heard from a member itself. */
	WITNESS(16),

	/** Says that the sender reaches nobody of a zone. */
	ZONE_CUT(17),

	/** News of an accusation by a member whom the subject's host refused a stream. */
	REFUSAL(18),

	/** News of a pause that a member has announced. */
	PAUSE(19),

	/** A message of the application to all members. */
	BROADCAST(20),

	/** A message of the application to the destination, on a stream. */
	DIRECT(21),

	/** The hashes of all members in some leaves of the digest tree. */
	LEAVES(22),

	/** The versions of a member as the sender holds it. */
	VERSIONS(23),

	/** Says that the records in this packet are of members that a joiner may ask. */
	BUSY(24),

	/** Asks for the records that have these hashes. */
	HASH_REQUEST(25);

	private static final @Nullable MessageType[] BY_CODE = byCode();

	private final int code;

	MessageType(int code) {
		this.code = code;
	}

	/** The code on the wire. */
	public int code() {
		return this.code;
	}

	/**
	 * The type with a code.
	 * @param code 0 to 255
	 * @return the type, null for one of a later version
	 */
	public static @Nullable MessageType ofCode(int code) {
		return (code < BY_CODE.length) ? BY_CODE[code] : null;
	}

	private static @Nullable MessageType[] byCode() {
		@Nullable MessageType[] types = new MessageType[26];
		for (MessageType type : values()) {
			types[type.code] = type;
		}
		return types;
	}

}
