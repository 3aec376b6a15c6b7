package io.gossip.simulator;

import java.util.Arrays;

/**
 * The most bytes that any one node sent within a second, in a few words a node. The
 * second may begin at any tenth of a second, so that a burst is not cut in two.
 */
final class BurstMeter {

	private static final long BUCKET_NANOS = 100_000_000L;

	private static final int BUCKETS = 10;

	/** The last ten tenths of a second of each node. */
	private int[] bytes = new int[16 * BUCKETS];

	private long[] lastBucket = new long[16];

	private int[] sums = new int[16];

	/** The most that each node sent within a second. */
	private int[] maxima = new int[16];

	/** Makes room for a node. */
	void register(int node) {
		if (node >= this.sums.length) {
			int capacity = 2 * node;
			this.bytes = Arrays.copyOf(this.bytes, capacity * BUCKETS);
			this.lastBucket = Arrays.copyOf(this.lastBucket, capacity);
			this.sums = Arrays.copyOf(this.sums, capacity);
			this.maxima = Arrays.copyOf(this.maxima, capacity);
		}
	}

	/** Counts what a node sends. */
	void add(int node, long nowNanos, int count) {
		long bucket = nowNanos / BUCKET_NANOS;
		if (bucket != this.lastBucket[node]) {
			advance(node, bucket);
		}
		this.bytes[node * BUCKETS + (int) (bucket % BUCKETS)] += count;
		this.sums[node] += count;
		this.maxima[node] = Math.max(this.maxima[node], this.sums[node]);
	}

	private void advance(int node, long bucket) {
		long first = Math.max(this.lastBucket[node] + 1, bucket - BUCKETS + 1);
		for (long passed = first; passed <= bucket; passed++) {
			int cell = node * BUCKETS + (int) (passed % BUCKETS);
			this.sums[node] -= this.bytes[cell];
			this.bytes[cell] = 0;
		}
		this.lastBucket[node] = bucket;
	}

	/** Forgets the maximum and all that was sent. */
	void reset() {
		Arrays.fill(this.bytes, 0);
		Arrays.fill(this.sums, 0);
		Arrays.fill(this.maxima, 0);
	}

	/** The most bytes that a node sent within a second. */
	int max(int node) {
		return this.maxima[node];
	}

	/** The most bytes that any node sent within a second. */
	int max() {
		return Arrays.stream(this.maxima).max().orElse(0);
	}

}
