package io.gossip.protocol.antientropy;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;

/** A list of slots that is filled and emptied without making anything. */
final class Slots {

	private int[] slots = new int[16];

	private int size;

	void clear() {
		this.size = 0;
	}

	void add(int slot) {
		if (this.size == this.slots.length) {
			this.slots = Arrays.copyOf(this.slots, 2 * this.size);
		}
		this.slots[this.size++] = slot;
	}

	int size() {
		return this.size;
	}

	int get(int index) {
		return this.slots[index];
	}

	/** Passes on so many of them, from a random one on if not all. */
	void some(int count, RandomGenerator random, IntConsumer consumer) {
		int start = (count < this.size) ? random.nextInt(this.size) : 0;
		for (int i = 0; i < count; i++) {
			consumer.accept(this.slots[(start + i) % this.size]);
		}
	}

}
