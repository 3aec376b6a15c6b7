package io.gossip.protocol.probe;

/** What the failure detector asks of the engine. */
public interface ProbeActions {

	/** Sends a ping to a member. */
	void sendPing(long nowNanos, int slot, int sequence);

	/** Sends a ping to a member over a stream. */
	void sendStreamPing(long nowNanos, int slot, int sequence);

	/** Asks a helper to ping a member. */
	void sendPingRequest(long nowNanos, int helperSlot, int sequence, long target, int budgetMillis);

	/** Declares that this node has had no answer from a member. */
	void accuse(long nowNanos, int slot);

}
