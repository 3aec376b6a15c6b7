package io.gossip.simulator;

import java.util.Arrays;

/** A collection of measurements, of which quantiles can be asked. */
final class Samples {

	private long[] values = new long[64];

	private int size;

	private boolean sorted = true;

	void add(long value) {
		if (this.size == this.values.length) {
			this.values = Arrays.copyOf(this.values, 2 * this.size);
		}
		this.values[this.size++] = value;
		this.sorted = false;
	}

	int size() {
		return this.size;
	}

	/** The smallest value that a share of all values does not exceed. */
	long quantile(double share) {
		if (this.size == 0) {
			throw new IllegalStateException("nothing was measured");
		}
		sort();
		int rank = (int) StrictMath.ceil(share * this.size);
		return this.values[Math.max(0, rank - 1)];
	}

	/** The share of all values that do not exceed one. */
	double shareUpTo(long value) {
		sort();
		int low = 0;
		int high = this.size;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (this.values[middle] <= value) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return (this.size == 0) ? 0 : (double) low / this.size;
	}

	private void sort() {
		if (!this.sorted) {
			Arrays.sort(this.values, 0, this.size);
			this.sorted = true;
		}
	}

	long max() {
		return quantile(1);
	}

	double mean() {
		double sum = 0;
		for (int i = 0; i < this.size; i++) {
			sum += this.values[i];
		}
		return (this.size == 0) ? 0 : sum / this.size;
	}

}
