package io.gossip.simulator;

import java.util.Arrays;

/**
 * The queue of what is to happen: a four-ary heap ordered by (time, sequence), made of
 * primitives. Events of one instant come out in the order in which they went in. The
 * fields of the event popped last are read from the heap itself, so that nothing is
 * allocated for an event.
 */
final class EventHeap {

	private static final int ARITY = 4;

	/** Time and sequence of each heap position, side by side. */
	private long[] keys = new long[2 * 64];

	private int[] slots = new int[64];

	private int size;

	private long sequences;

	private EventKind[] kinds = new EventKind[64];

	private int[] targets = new int[64];

	private int[] arguments = new int[64];

	private int[] packets = new int[64];

	private long[] values = new long[64];

	private int[] freeSlots = new int[64];

	private int freeCount;

	private int slotCount;

	private long timeNanos;

	private int current = -1;

	boolean isEmpty() {
		return this.size == 0;
	}

	int size() {
		return this.size;
	}

	/** The time of the next event; there must be one. */
	long nextTimeNanos() {
		return this.keys[0];
	}

	void push(long atNanos, EventKind kind, int target, int argument, int packet, long value) {
		if (this.size == this.slots.length) {
			this.slots = Arrays.copyOf(this.slots, 2 * this.size);
			this.keys = Arrays.copyOf(this.keys, 4 * this.size);
		}
		int slot = (this.freeCount > 0) ? this.freeSlots[--this.freeCount] : newSlot();
		this.kinds[slot] = kind;
		this.targets[slot] = target;
		this.arguments[slot] = argument;
		this.packets[slot] = packet;
		this.values[slot] = value;
		siftUp(this.size++, atNanos, this.sequences++, slot);
	}

	/** Takes the next event out; its fields can be read until the next call. */
	void pop() {
		if (this.size == 0) {
			throw new IllegalStateException("nothing is left to happen");
		}
		releaseCurrent();
		this.timeNanos = this.keys[0];
		this.current = this.slots[0];
		this.size--;
		if (this.size > 0) {
			siftDown(this.keys[2 * this.size], this.keys[2 * this.size + 1], this.slots[this.size]);
		}
	}

	private void releaseCurrent() {
		if (this.current >= 0) {
			if (this.freeCount == this.freeSlots.length) {
				this.freeSlots = Arrays.copyOf(this.freeSlots, 2 * this.freeCount);
			}
			this.freeSlots[this.freeCount++] = this.current;
		}
	}

	private int newSlot() {
		if (this.slotCount == this.kinds.length) {
			int capacity = 2 * this.slotCount;
			this.kinds = Arrays.copyOf(this.kinds, capacity);
			this.targets = Arrays.copyOf(this.targets, capacity);
			this.arguments = Arrays.copyOf(this.arguments, capacity);
			this.packets = Arrays.copyOf(this.packets, capacity);
			this.values = Arrays.copyOf(this.values, capacity);
		}
		return this.slotCount++;
	}

	private void siftUp(int start, long time, long sequence, int slot) {
		int position = start;
		while (position > 0) {
			int parent = (position - 1) / ARITY;
			if (!isBefore(time, sequence, parent)) {
				break;
			}
			place(position, this.keys[2 * parent], this.keys[2 * parent + 1], this.slots[parent]);
			position = parent;
		}
		place(position, time, sequence, slot);
	}

	private void siftDown(long time, long sequence, int slot) {
		int position = 0;
		while (true) {
			int first = ARITY * position + 1;
			if (first >= this.size) {
				break;
			}
			int least = leastChild(first);
			if (isBefore(time, sequence, least)) {
				break;
			}
			place(position, this.keys[2 * least], this.keys[2 * least + 1], this.slots[least]);
			position = least;
		}
		place(position, time, sequence, slot);
	}

	private int leastChild(int first) {
		int least = first;
		int end = Math.min(first + ARITY, this.size);
		for (int child = first + 1; child < end; child++) {
			if (isBefore(this.keys[2 * child], this.keys[2 * child + 1], least)) {
				least = child;
			}
		}
		return least;
	}

	private boolean isBefore(long time, long sequence, int position) {
		long other = this.keys[2 * position];
		return time < other || (time == other && sequence < this.keys[2 * position + 1]);
	}

	private void place(int position, long time, long sequence, int slot) {
		this.keys[2 * position] = time;
		this.keys[2 * position + 1] = sequence;
		this.slots[position] = slot;
	}

	/** When the event popped last happens. */
	long timeNanos() {
		return this.timeNanos;
	}

	EventKind kind() {
		return this.kinds[this.current];
	}

	int target() {
		return this.targets[this.current];
	}

	int argument() {
		return this.arguments[this.current];
	}

	int packet() {
		return this.packets[this.current];
	}

	long value() {
		return this.values[this.current];
	}

}
