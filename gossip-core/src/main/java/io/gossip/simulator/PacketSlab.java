package io.gossip.simulator;

import java.util.Arrays;

/**
 * The store of the packets that are under way: byte buffers by classes of size, used
 * again and again. A packet is known by a handle.
 */
final class PacketSlab {

	/** Stands for "no packet". */
	static final int NONE = -1;

	private static final int SMALLEST_SHIFT = 6;

	private static final int CLASSES = 16;

	/** Free buffers above this size are kept only up to {@link #LARGE_KEPT}. */
	private static final int LARGE_BYTES = 8192;

	private static final int LARGE_KEPT = 64;

	private static final byte[] EMPTY = new byte[0];

	private byte[][] buffers = new byte[64][];

	private int[] lengths = new int[64];

	private int[] nextFree = new int[64];

	private final int[] freeHeads = new int[CLASSES];

	private final int[] freeCounts = new int[CLASSES];

	private int bareHead = NONE;

	private int handles;

	private int live;

	private final boolean scribbles;

	/**
	 * A store.
	 * @param scribbles whether to overwrite what is released, so that a receiver who
	 * keeps a borrowed buffer reads rubbish
	 */
	PacketSlab(boolean scribbles) {
		this.scribbles = scribbles;
		Arrays.fill(this.freeHeads, NONE);
	}

	/** How many packets are under way. */
	int live() {
		return this.live;
	}

	int store(byte[] source, int offset, int length) {
		int sizeClass = sizeClass(length);
		int handle = this.freeHeads[sizeClass];
		if (handle != NONE) {
			this.freeHeads[sizeClass] = this.nextFree[handle];
			this.freeCounts[sizeClass]--;
		}
		else {
			handle = newHandle();
			this.buffers[handle] = new byte[1 << (sizeClass + SMALLEST_SHIFT)];
		}
		System.arraycopy(source, offset, this.buffers[handle], 0, length);
		this.lengths[handle] = length;
		this.live++;
		return handle;
	}

	/** Another packet with the same bytes. */
	int copy(int handle) {
		return store(this.buffers[handle], 0, this.lengths[handle]);
	}

	byte[] bytes(int handle) {
		return this.buffers[handle];
	}

	int length(int handle) {
		return this.lengths[handle];
	}

	void release(int handle) {
		byte[] buffer = this.buffers[handle];
		if (this.scribbles) {
			Arrays.fill(buffer, 0, this.lengths[handle], (byte) 0xA5);
		}
		this.live--;
		int sizeClass = sizeClass(buffer.length);
		if (buffer.length > LARGE_BYTES && this.freeCounts[sizeClass] >= LARGE_KEPT) {
			this.buffers[handle] = EMPTY;
			this.nextFree[handle] = this.bareHead;
			this.bareHead = handle;
			return;
		}
		this.nextFree[handle] = this.freeHeads[sizeClass];
		this.freeHeads[sizeClass] = handle;
		this.freeCounts[sizeClass]++;
	}

	private int newHandle() {
		if (this.bareHead != NONE) {
			int handle = this.bareHead;
			this.bareHead = this.nextFree[handle];
			return handle;
		}
		if (this.handles == this.lengths.length) {
			int capacity = 2 * this.handles;
			this.buffers = Arrays.copyOf(this.buffers, capacity);
			this.lengths = Arrays.copyOf(this.lengths, capacity);
			this.nextFree = Arrays.copyOf(this.nextFree, capacity);
		}
		return this.handles++;
	}

	private static int sizeClass(int length) {
		if (length <= 1 << SMALLEST_SHIFT) {
			return 0;
		}
		return Integer.SIZE - Integer.numberOfLeadingZeros(length - 1) - SMALLEST_SHIFT;
	}

}
