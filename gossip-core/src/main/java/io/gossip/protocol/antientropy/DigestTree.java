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

	/** How many members each leaf has. */
	private final int[] sizes = new int[LEAVES];

	/** The leaf of a member. */
	public static int leafOf(long id) {
		// Identities are hashes or random, but a mix costs nothing and trusts nobody.
		return (int) (ViewHash.mix(id) >>> 56);
	}

	/** Whether a member is in one of some leaves of an inner node, one bit a leaf. */
	public static boolean isAmong(long id, int prefix, int leaves) {
		int leaf = leafOf(id);
		return leaf / WIDTH == prefix && (leaves & (1 << leaf % WIDTH)) != 0;
	}

	@Override
	public void onRecordChanged(long id, long before, long after) {
		int leaf = leafOf(id);
		this.leaves[leaf] ^= before ^ after;
		this.inner[leaf / WIDTH] ^= before ^ after;
		this.sizes[leaf] += ((after != 0) ? 1 : 0) - ((before != 0) ? 1 : 0);
	}

	/**
	 * A hash.
	 * @param level 0 for the inner nodes, 1 for the leaves
	 * @param prefix the inner node whose leaves are meant; 0 at level 0
	 * @param child 0 to 15
	 * @return 32 bits of it
	 */
	public int hash(int level, int prefix, int child) {
		return ViewHash.fold((level == 0) ? this.inner[child] : this.leaves[prefix * WIDTH + child]);
	}

	/**
	 * How many members some leaves have.
	 * @param prefix the inner node of the leaves
	 * @param leaves one bit for each that is meant
	 */
	public int size(int prefix, int leaves) {
		int size = 0;
		for (int child = 0; child < WIDTH; child++) {
			size += ((leaves & (1 << child)) != 0) ? this.sizes[prefix * WIDTH + child] : 0;
		}
		return size;
	}

	/**
	 * Those of some leaves that have no more members than there is room for; one at
	 * least, be it too large.
	 * @param prefix the inner node of the leaves
	 * @param leaves one bit for each that is meant
	 * @param first which of them is taken first, 0 to 15
	 * @param room for how many members there is room
	 * @return one bit for each
	 */
	public int fitting(int prefix, int leaves, int first, int room) {
		int chosen = 0;
		int left = room;
		for (int i = 0; i < WIDTH; i++) {
			int bit = 1 << (first + i) % WIDTH;
			int size = size(prefix, leaves & bit);
			if ((leaves & bit) != 0 && (chosen == 0 || size <= left)) {
				chosen |= bit;
				left -= size;
			}
		}
		return chosen;
	}

}
