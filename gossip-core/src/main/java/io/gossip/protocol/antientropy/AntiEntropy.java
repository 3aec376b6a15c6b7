package io.gossip.protocol.antientropy;

import java.util.Arrays;

import io.gossip.MemberState;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.membership.Precedence;
import io.gossip.protocol.wire.WireReader;

/**
 * The comparison of two tables: down the digest tree to the leaves that differ, then
 * version by version, then only the records that one of the two lacks. No state is kept
 * between two messages, so that a lost one costs a repetition and nothing else.
 */
public final class AntiEntropy {

	/**
	 * How many children of one digest are followed at once; the next round takes more.
	 */
	private static final int BRANCHES_MAX = 8;

	private final MembershipTable table;

	private final DigestTree tree;

	private final SyncActions actions;

	/** One bit a slot: whether the peer has listed it in the leaf under way. */
	private long[] listed = new long[1];

	private int nextBranch;

	private boolean gives;

	private boolean takes;

	/**
	 * A comparison.
	 * @param table the own records
	 * @param tree the own digest
	 * @param actions what to do about differences
	 */
	public AntiEntropy(MembershipTable table, DigestTree tree, SyncActions actions) {
		this.table = table;
		this.tree = tree;
		this.actions = actions;
	}

	/** Starts a comparison with a peer. */
	public void begin() {
		this.actions.sendDigest(0, 0);
	}

	/** Takes the sixteen hashes of a peer, and goes down where they differ. */
	public void onDigest(int level, int prefix, WireReader hashes) {
		int differing = 0;
		for (int child = 0; child < DigestTree.WIDTH; child++) {
			if (hashes.readInt() != this.tree.hash(level, prefix, child)) {
				differing |= 1 << child;
			}
		}
		// Where many differ, each round starts at another child, so that all get their
		// turn.
		int start = (Integer.bitCount(differing) > BRANCHES_MAX) ? this.nextBranch++ % DigestTree.WIDTH : 0;
		int branches = 0;
		for (int i = 0; i < DigestTree.WIDTH && branches < BRANCHES_MAX; i++) {
			int child = (start + i) % DigestTree.WIDTH;
			if ((differing & (1 << child)) != 0) {
				branches++;
				if (level == 0) {
					this.actions.sendDigest(1, child);
				}
				else {
					this.actions.sendLeaf(prefix * DigestTree.WIDTH + child);
				}
			}
		}
	}

	/**
	 * Begins to take the listing of a leaf.
	 * @param peerGives whether to ask the peer for what this node lacks
	 * @param peerTakes whether to give the peer what it lacks
	 */
	public void onLeaf(boolean peerGives, boolean peerTakes) {
		this.gives = peerGives;
		this.takes = peerTakes;
		int words = (this.table.slots() >>> 6) + 1;
		if (words > this.listed.length) {
			this.listed = new long[words + words / 2];
		}
		Arrays.fill(this.listed, 0, words, 0);
	}

	/** Takes the versions of one member as the peer holds it. */
	public void onLeafEntry(long id, MemberState state, int incarnation, int instance, int contentVersion,
			int contentInstance) {
		int slot = this.table.slotOf(id);
		if (slot == MembershipTable.NO_SLOT) {
			if (state.isIn() && this.gives) {
				this.actions.requestRecord(id);
			}
			return;
		}
		this.listed[slot >>> 6] |= 1L << slot;
		int content = Precedence.compareContent(contentVersion, contentInstance,
				this.table.member(slot).contentVersion(), this.table.member(slot).instance());
		int liveness = Precedence.compareLiveness(incarnation, state, instance, this.table.incarnation(slot),
				this.table.state(slot), this.table.instance(slot));
		if (this.gives && (content > 0 || liveness > 0)) {
			this.actions.requestRecord(id);
		}
		if (content < 0 && this.takes) {
			this.actions.sendRecord(slot);
		}
		else if (liveness < 0 && this.takes) {
			this.actions.sendLiveness(slot);
		}
	}

	/** Ends the listing of a leaf: sends what the peer did not list. */
	public void onLeafEnd(int leaf, boolean complete) {
		if (!complete || !this.takes) {
			return;
		}
		for (int slot = 0; slot < this.table.slots(); slot++) {
			if (this.table.isIn(slot) && (this.listed[slot >>> 6] & (1L << slot)) == 0
					&& DigestTree.leafOf(this.table.id(slot)) == leaf) {
				this.actions.sendRecord(slot);
			}
		}
	}

}
