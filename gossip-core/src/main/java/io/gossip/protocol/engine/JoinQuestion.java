package io.gossip.protocol.engine;

import io.gossip.Address;
import io.gossip.protocol.wire.SnapshotShare;

/**
 * What a joiner has asked.
 *
 * @param from where the answer goes
 * @param joiner its identity
 * @param instance its start
 * @param sequence the sequence that the answer names
 * @param isReferred whether a busy member has named this node to it
 * @param members how many members the joiner knows, itself included
 * @param viewHash the hash of what the joiner knows, 0 if it did not say
 * @param share what it wants to be told
 */
record JoinQuestion(Address from, long joiner, int instance, int sequence, boolean isReferred, int members,
		long viewHash, SnapshotShare share) {

	/**
	 * Whether whoever asks this need not be told any more what it has asked before: each
	 * share is a question of its own.
	 */
	boolean replaces(JoinQuestion earlier) {
		return earlier.joiner == this.joiner && (!this.share.isPart() || this.share.equals(earlier.share));
	}

	/** Whether this is the same question for a share once more. */
	boolean repeats(JoinQuestion earlier) {
		return this.share.isPart() && this.share.equals(earlier.share) && earlier.joiner == this.joiner
				&& earlier.instance == this.instance && earlier.sequence == this.sequence
				&& earlier.from.equals(this.from);
	}

}
