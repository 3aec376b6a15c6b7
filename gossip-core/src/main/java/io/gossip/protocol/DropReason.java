package io.gossip.protocol;

import java.util.Locale;

/** Why an input was dropped, or a piece of work was not done: bad input is data. */
public enum DropReason {

	/** Shorter than its fields. */
	TRUNCATED,

	/** Bytes that no encoder writes. */
	MALFORMED,

	/** A protocol version that this node does not speak. */
	VERSION,

	/** Larger than the limit. */
	OVERSIZE,

	/** Of another cluster. */
	WRONG_CLUSTER,

	/** For another node. */
	WRONG_DESTINATION,

	/** From this very instance. */
	OWN_PACKET,

	/** From another live process with this node's identity. */
	IDENTITY_CONFLICT,

	/** An answer to a question that is not open. */
	UNMATCHED_REPLY,

	/**
	 * A claim that no honest node makes, such as an incarnation near the end of its
	 * range.
	 */
	IMPLAUSIBLE,

	/** The node has not joined yet, or is gone. */
	NOT_READY,

	/** The member table is full. */
	MEMBERS_LIMIT,

	/** The rumor queue is full. */
	RUMORS_LIMIT,

	/** Too many dead and departed to remember. */
	TOMBSTONES_LIMIT,

	/** Too many suspicions run. */
	SUSPICIONS_LIMIT,

	/** One accuser has accused too many members of late. */
	ACCUSATIONS_LIMIT,

	/**
	 * More accusations by this node wait for the test of a zone than are held; it is made
	 * at once.
	 */
	HELD_ACCUSATIONS_LIMIT,

	/** More pauses are announced at a time than are kept. */
	PAUSES_LIMIT,

	/** Too many helpers' errands run. */
	RELAYS_LIMIT,

	/** Too many stale speakers to tell. */
	CORRECTIONS_LIMIT,

	/** News that waits, because the bytes of news of this second are spent. */
	RUMOR_BUDGET,

	/**
	 * A comparison or a record that is left to the next comparison, because the bytes of
	 * repair of this second are spent, or the driver's queue is filling up.
	 */
	BULK_BUDGET,

	/**
	 * More than one packet may make a node repair, or more rows than it may look at in a
	 * second; the next comparison does the rest.
	 */
	REPAIR_LIMIT,

	/** A probe of an accused member that is not made beside the order, as several run. */
	PROBES_LIMIT,

	/** A member of a zone beyond those that are told apart; it counts as without one. */
	ZONES_LIMIT,

	/** Too many members come back from the dead to remember how often each has. */
	RETURNS_LIMIT,

	/** More requests from one peer than are answered. */
	RATE_LIMIT,

	/** A joiner was given other members to ask, as snapshots are at their limit. */
	SNAPSHOTS_LIMIT,

	/** The driver's queue towards the network was full. */
	SEND_QUEUE_FULL,

	/** The network refused a datagram, for instance for want of a route. */
	SEND_FAILED,

	/** Too many streams are open and none is quiet, or the process can open no more. */
	CONNECTIONS_LIMIT,

	/** A message that waits, because the bytes of messages of this second are spent. */
	MESSAGE_BUDGET,

	/** A broadcast of a node whose settings switch broadcasts off. */
	BROADCASTS_OFF,

	/**
	 * A message of the application from or to somebody who is not a member, or a question
	 * of such a one for the record of somebody else.
	 */
	UNKNOWN_MEMBER,

	/** Too many broadcast messages wait, or come from too many origins. */
	MESSAGES_LIMIT,

	/** This node broadcasts more messages than the setting allows. */
	MESSAGE_RATE_LIMIT,

	/** A broadcast message that was under way, or has waited here, for too long. */
	MESSAGE_STALE,

	/** The listeners of messages are too slow. */
	MESSAGE_QUEUE_FULL,

	/** The versions of this node could not be written to its state directory. */
	STATE_WRITE_FAILED;

	/** The name as metrics and diagnostics show it, such as {@code wrong-cluster}. */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
