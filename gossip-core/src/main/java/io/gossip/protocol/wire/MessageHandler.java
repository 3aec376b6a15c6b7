package io.gossip.protocol.wire;

import io.gossip.MemberState;

/**
 * The receiver of the messages of one packet, which was validated whole before the first
 * call. All arguments are borrowed until the return. A message that is not overridden is
 * ignored.
 */
public interface MessageHandler {

	/** The sender asks for an answer. */
	default void onPing(PacketHeader header, int sequence) {
	}

	/** The sender answers. */
	default void onAck(PacketHeader header, int sequence) {
	}

	/** The sender asks to ping a member within a budget of time. */
	default void onPingRequest(PacketHeader header, int sequence, long target, int budgetMillis) {
	}

	/** The sender has had no answer from a member so far. */
	default void onNack(PacketHeader header, int sequence, long target) {
	}

	/** The sender has had an answer from a member. */
	default void onRelayedAck(PacketHeader header, int sequence, long target) {
	}

	/** News of a member's state; the accuser is zero if unknown or not accused. */
	default void onLiveness(PacketHeader header, long subject, MemberState state, int incarnation, int instance,
			int ageMillis, long accuser) {
	}

	/**
	 * News that a member is suspected by an accuser whom its host refused a stream: no
	 * process listens there.
	 */
	default void onRefusal(PacketHeader header, long subject, int incarnation, int instance, int ageMillis,
			long accuser) {
	}

	/** State and content of a member. */
	default void onRecord(PacketHeader header, RecordCursor record) {
	}

	/** The sender asks for the record of a member; one call an identity. */
	default void onRecordRequest(PacketHeader header, long subject) {
	}

	/** What the sender holds of this node. */
	default void onCorrection(PacketHeader header, MemberState state, int incarnation, int instance,
			int contentVersion) {
	}

	/** A member has content of this version, which the sender hands out over a stream. */
	default void onNotice(PacketHeader header, long subject, int contentInstance, int contentVersion) {
	}

	/** The sender asks when this node last heard from a member itself. */
	default void onWitnessRequest(PacketHeader header, long subject) {
	}

	/** The sender heard from a member itself so long ago. */
	default void onWitness(PacketHeader header, long subject, int heardAgoMillis) {
	}

	/**
	 * The sender, which knows so many members, asks for all that this node knows, or for
	 * a share: it was referred here, or this node is one of its seeds.
	 */
	default void onJoin(PacketHeader header, int sequence, boolean isReferred, int members, SnapshotShare share) {
	}

	/**
	 * The records after this in the packet are of members that a joiner may ask instead.
	 */
	default void onBusy(PacketHeader header, int sequence) {
	}

	/**
	 * The records after this in the packet answer a join; no more packets of the share
	 * follow the last.
	 */
	default void onSnapshot(PacketHeader header, int sequence, boolean last, SnapshotShare share) {
	}

	/** The sender's hashes of one level of the digest tree; read sixteen ints. */
	default void onDigest(PacketHeader header, int level, int prefix, WireReader hashes) {
	}

	/**
	 * The sender's hashes of all members, or of as many as fit, in some leaves.
	 * @param prefix the inner node of the leaves
	 * @param leaves one bit for each of its leaves that is meant
	 * @param takes whether the sender takes what this node knows better
	 * @param hashes the hashes; read an int each until nothing is left
	 */
	default void onLeaves(PacketHeader header, int prefix, int leaves, boolean takes, WireReader hashes) {
	}

	/** A member as the sender holds it, which did not find it among the hashes. */
	default void onVersions(PacketHeader header, long subject, MemberState state, int incarnation, int instance,
			int contentVersion, int contentInstance) {
	}

	/** The sender holds nothing of this hash, and asks for it; one call a hash. */
	default void onHashRequest(PacketHeader header, int hash) {
	}

	/** Takes a {@link MessageType#PAUSE}. */
	default void onPause(PacketHeader header, long subject, int incarnation, int instance, int number, int leftMillis) {
	}

	/** A member has sent a message to all; the body is a topic and then the payload. */
	default void onBroadcast(PacketHeader header, long origin, int instance, int sequence, int ageMillis,
			WireReader body) {
	}

	/** The sender has sent a message to this node; the body is as in a broadcast. */
	default void onDirect(PacketHeader header, WireReader body) {
	}

	/** Takes a {@link MessageType#ZONE_CUT}. */
	default void onZoneCut(PacketHeader header, long zoneHash) {
	}

}
