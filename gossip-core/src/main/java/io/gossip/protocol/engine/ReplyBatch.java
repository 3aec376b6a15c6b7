package io.gossip.protocol.engine;

import java.util.Arrays;

/**
 * What one received packet makes this node tell its sender: collected while the packet is
 * read, and sent together in as few packets as it fits.
 */
final class ReplyBatch {

	/** More than a packet can ask for; what is beyond it, the next comparison does. */
	private static final int ITEMS_MAX = 1024;

	private Kind[] kinds = new Kind[16];

	private long[] values = new long[16];

	private int size;

	/**
	 * Adds an item.
	 * @param value the identity of a member, or a hash
	 * @return whether there was room for it
	 */
	boolean add(Kind kind, long value) {
		if (this.size == ITEMS_MAX) {
			return false;
		}
		if (this.size == this.kinds.length) {
			this.kinds = Arrays.copyOf(this.kinds, 2 * this.size);
			this.values = Arrays.copyOf(this.values, 2 * this.size);
		}
		this.kinds[this.size] = kind;
		this.values[this.size++] = value;
		return true;
	}

	int size() {
		return this.size;
	}

	Kind kind(int index) {
		return this.kinds[index];
	}

	/**
	 * What an item is about. No slot: the member may be forgotten before the packet is
	 * read to its end.
	 */
	long value(int index) {
		return this.values[index];
	}

	void clear() {
		this.size = 0;
	}

	/** What an item is. */
	enum Kind {

		/** The record of a member. */
		RECORD,

		/** The state of a member. */
		LIVENESS,

		/** A question for a record. */
		REQUEST,

		/** The versions that are held of a member. */
		VERSIONS,

		/** A question for the record that has a hash. */
		HASH_REQUEST;

		/** Whether it tells of a member that is held here, and does not ask. */
		boolean isHeld() {
			return this == RECORD || this == LIVENESS || this == VERSIONS;
		}

	}

}
