package io.gossip.protocol.probe;

/** What the failure detector asks of the engine. */
public interface ProbeActions {

	/** Sends a ping to a member. */
	void sendPing(long nowNanos, int slot, int sequence);

	/** Sends a ping to a member over a stream. */
	void sendStreamPing(long nowNanos, int slot, int sequence);

	/** Asks a helper to ping a member. */
	void sendPingRequest(long nowNanos, int helperSlot, int sequence, long target, int budgetMillis);

	/** Whether anything was heard from a member since a time. */
	boolean hasHeardSince(long nowNanos, int slot, long sinceNanos);

	/** Whether a member has never spoken to this node itself, as one that is made up. */
	boolean isNeverHeard(long nowNanos, int slot);

	/**
	 * Declares that this node has had no answer from a member.
	 * @param refused whether the member's host has refused a stream meanwhile
	 */
	void accuse(long nowNanos, int slot, boolean refused);

	/** Takes note that a member has not answered in time, before helpers are asked. */
	void onLate(long nowNanos, int slot);

}
