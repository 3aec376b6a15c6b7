package io.gossip.simulator;

import java.util.Arrays;

/**
 * Which node has an identity: an open-addressed table of primitives, for look-up only.
 */
final class IdIndex {

	private long[] ids = new long[64];

	private int[] indexes = new int[64];

	private int size;

	void put(long id, int index) {
		if (2 * this.size >= this.ids.length) {
			grow();
		}
		int position = position(id);
		this.size += (this.ids[position] == 0) ? 1 : 0;
		this.ids[position] = id;
		this.indexes[position] = index;
	}

	/** The index, -1 if there is none. */
	int get(long id) {
		int position = position(id);
		return (this.ids[position] == id) ? this.indexes[position] : -1;
	}

	private int position(long id) {
		int mask = this.ids.length - 1;
		int position = (int) SeededRandom.mix(id) & mask;
		while (this.ids[position] != 0 && this.ids[position] != id) {
			position = (position + 1) & mask;
		}
		return position;
	}

	private void grow() {
		long[] oldIds = this.ids;
		int[] oldIndexes = this.indexes;
		this.ids = new long[2 * oldIds.length];
		this.indexes = Arrays.copyOf(oldIndexes, 2 * oldIds.length);
		for (int i = 0; i < oldIds.length; i++) {
			if (oldIds[i] != 0) {
				int position = position(oldIds[i]);
				this.ids[position] = oldIds[i];
				this.indexes[position] = oldIndexes[i];
			}
		}
	}

}
