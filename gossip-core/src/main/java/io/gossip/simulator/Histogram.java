package io.gossip.simulator;

/**
 * A count of durations in buckets that grow by an eighth of a power of two, in constant
 * space: for measurements too many to keep.
 */
final class Histogram {

	private static final int SUB_BITS = 3;

	private final long[] counts = new long[(Long.SIZE - SUB_BITS) << SUB_BITS];

	private long total;

	void add(long value) {
		this.counts[bucket(Math.max(0, value))]++;
		this.total++;
	}

	long total() {
		return this.total;
	}

	/** The upper end of the bucket that a share of all values does not exceed. */
	long quantile(double share) {
		long rank = Math.max(1, (long) StrictMath.ceil(share * this.total));
		long seen = 0;
		for (int i = 0; i < this.counts.length; i++) {
			seen += this.counts[i];
			if (seen >= rank) {
				return upper(i);
			}
		}
		return 0;
	}

	private static int bucket(long value) {
		if (value < 1 << SUB_BITS) {
			return (int) value;
		}
		int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - SUB_BITS;
		return ((shift + 1) << SUB_BITS) + (int) ((value >>> shift) & ((1 << SUB_BITS) - 1));
	}

	private static long upper(int bucket) {
		if (bucket < 1 << SUB_BITS) {
			return bucket;
		}
		int shift = (bucket >>> SUB_BITS) - 1;
		long low = (1L << SUB_BITS) | (bucket & ((1 << SUB_BITS) - 1));
		return ((low + 1) << shift) - 1;
	}

}
