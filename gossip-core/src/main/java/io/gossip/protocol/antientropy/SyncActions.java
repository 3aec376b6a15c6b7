package io.gossip.protocol.antientropy;

/**
 * What the comparison asks of the engine; all of it goes to the peer that is compared
 * with.
 */
public interface SyncActions {

	/** Sends sixteen hashes of the own tree. */
	void sendDigest(int level, int prefix);

	/** Sends the hashes of the own members in some leaves of an inner node. */
	void sendLeaves(int prefix, int leaves);

	/** Tells which versions of a member are held. */
	void sendVersions(int slot);

	/** Sends the record of a member. */
	void sendRecord(int slot);

	/** Asks for the record of a member. */
	void requestRecord(long id);

	/** Asks for the record that has a hash. */
	void requestHash(int hash);

	/** Tells of the state of a member alone. */
	void sendLiveness(int slot);

	/** Whether others are told of the state of a member that is gone. */
	boolean isTold(int slot);

	/** How many bytes of messages a packet to the peer has room for. */
	int roomBytes();

	/** The most bytes that the record of a member takes. */
	int recordBytes(int slot);

	/** Whether there is time for a walk over the table. */
	boolean mayWalk();

}
