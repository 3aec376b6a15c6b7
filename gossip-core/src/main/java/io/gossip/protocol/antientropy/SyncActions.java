package io.gossip.protocol.antientropy;

/**
 * What the comparison asks of the engine; all of it goes to the peer that is compared
 * with.
 */
public interface SyncActions {

	/** Sends sixteen hashes of the own tree. */
	void sendDigest(int level, int prefix);

	/** Lists the versions of the own members in a leaf. */
	void sendLeaf(int leaf);

	/** Sends the record of a member. */
	void sendRecord(int slot);

	/** Asks for the record of a member. */
	void requestRecord(long id);

	/** Tells of the state of a member alone. */
	void sendLiveness(int slot);

}
