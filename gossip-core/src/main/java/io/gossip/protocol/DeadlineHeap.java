package io.gossip.protocol;

import java.util.Arrays;

/**
 * A binary heap of deadlines, at most one for each small integer key. Equal deadlines
 * keep the order in which they were set, so that a run is reproducible. Setting, moving
 * and cancelling cost O(log n) and allocate nothing once the arrays have grown.
 */
public final class DeadlineHeap {

	private int[] heap = new int[16];

	private long[] deadlines = new long[16];

	private long[] sequences = new long[16];

	/** Position in the heap plus one, by key; zero where the key has no deadline. */
	private int[] positions;

	private int size;

	private long sequence;

	/**
	 * A heap without deadlines.
	 * @param keys how many keys to expect; it grows with larger ones
	 */
	public DeadlineHeap(int keys) {
		this.positions = new int[Math.max(keys, 1)];
	}

	/**
	 * Sets or moves a deadline.
	 * @param key the key, 0 or more
	 * @param deadlineNanos when it is due
	 */
	public void set(int key, long deadlineNanos) {
		cancel(key);
		if (key >= this.positions.length) {
			this.positions = Arrays.copyOf(this.positions, Math.max(key + 1, this.positions.length * 2));
		}
		if (this.size == this.heap.length) {
			int capacity = this.size * 2;
			this.heap = Arrays.copyOf(this.heap, capacity);
			this.deadlines = Arrays.copyOf(this.deadlines, capacity);
			this.sequences = Arrays.copyOf(this.sequences, capacity);
		}
		this.size++;
		siftUp(this.size - 1, key, deadlineNanos, this.sequence++);
	}

	/**
	 * Removes a deadline, if there is one.
	 * @param key the key
	 */
	public void cancel(int key) {
		if (!contains(key)) {
			return;
		}
		int hole = this.positions[key] - 1;
		this.positions[key] = 0;
		this.size--;
		if (hole == this.size) {
			return;
		}
		int moved = this.heap[this.size];
		long deadline = this.deadlines[this.size];
		long order = this.sequences[this.size];
		if (hole > 0 && isBefore(deadline, order, (hole - 1) / 2)) {
			siftUp(hole, moved, deadline, order);
		}
		else {
			siftDown(hole, moved, deadline, order);
		}
	}

	/** Whether a key has a deadline. */
	public boolean contains(int key) {
		return key < this.positions.length && this.positions[key] != 0;
	}

	/** How many keys have a deadline. */
	public int size() {
		return this.size;
	}

	/** Whether no key has a deadline. */
	public boolean isEmpty() {
		return this.size == 0;
	}

	/** The earliest deadline; only if the heap is not empty. */
	public long firstDeadline() {
		return this.deadlines[0];
	}

	/** The key with the earliest deadline; only if the heap is not empty. */
	public int firstKey() {
		return this.heap[0];
	}

	/** The deadline of a key that has one. */
	public long deadlineOf(int key) {
		return this.deadlines[this.positions[key] - 1];
	}

	/**
	 * The key at a place of the heap, 0 to size - 1, in no special order but a fixed one.
	 */
	public int keyAt(int place) {
		return this.heap[place];
	}

	private boolean isBefore(long deadline, long order, int place) {
		long difference = deadline - this.deadlines[place];
		return difference < 0 || (difference == 0 && order < this.sequences[place]);
	}

	private void siftUp(int from, int key, long deadline, long order) {
		int place = from;
		while (place > 0) {
			int parent = (place - 1) / 2;
			if (!isBefore(deadline, order, parent)) {
				break;
			}
			put(place, this.heap[parent], this.deadlines[parent], this.sequences[parent]);
			place = parent;
		}
		put(place, key, deadline, order);
	}

	private void siftDown(int from, int key, long deadline, long order) {
		int place = from;
		while (2 * place + 1 < this.size) {
			int child = 2 * place + 1;
			if (child + 1 < this.size && isBefore(this.deadlines[child + 1], this.sequences[child + 1], child)) {
				child++;
			}
			if (isBefore(deadline, order, child)) {
				break;
			}
			put(place, this.heap[child], this.deadlines[child], this.sequences[child]);
			place = child;
		}
		put(place, key, deadline, order);
	}

	private void put(int place, int key, long deadline, long order) {
		this.heap[place] = key;
		this.deadlines[place] = deadline;
		this.sequences[place] = order;
		this.positions[key] = place + 1;
	}

}
