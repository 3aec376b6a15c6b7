package io.gossip.protocol.antientropy;

import io.gossip.protocol.membership.RecordListener;
import io.gossip.protocol.membership.ViewHash;

/**
 * The hashes of the table by parts of the identity space: 256 leaves under 16 inner nodes
 * (Merkle, with an exclusive or in place of a hash of hashes, so that a change costs two
 * steps). Two nodes that walk it down find what differs with a few hundred bytes.
 */
public final class DigestTree implements RecordListener {

	/** How many children an inner node has. */
	public static final int WIDTH = 16;

	/** How many leaves there are. */
	public static final int LEAVES = WIDTH * WIDTH;

	private final long[] inner = new long[WIDTH];

	private final long[] leaves = new long[LEAVES];

	/** The leaf of a member. */
	public static int leafOf(long id) {
		// Identities are hashes or random, but a mix costs nothing and trusts nobody.
		return (int) (ViewHash.mix(id) >>> 56);
	}

	@Override
	public void onRecordChanged(long id, long before, long after) {
		int leaf = leafOf(id);
		this.leaves[leaf] ^= before ^ after;
		this.inner[leaf / WIDTH] ^= before ^ after;
	}

	/**
	 * A hash.
	 * @param level 0 for the inner nodes, 1 for the leaves
	 * @param prefix the inner node whose leaves are meant; 0 at level 0
	 * @param child 0 to 15
	 * @return 32 bits of it
	 */
	public int hash(int level, int prefix, int child) {
		long hash = (level == 0) ? this.inner[child] : this.leaves[prefix * WIDTH + child];
		return (int) (hash ^ (hash >>> 32));
	}

}
