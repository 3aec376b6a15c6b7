package io.gossip.simulator;

/** A mean that is known from samples, and how well. */
final class Sampled {

	private int count;

	private double mean;

	private double squares;

	void add(double value) {
		this.count++;
		double distance = value - this.mean;
		this.mean += distance / this.count;
		this.squares += distance * (value - this.mean);
	}

	double mean() {
		return this.mean;
	}

	/** The standard deviation of the mean. */
	double standardError() {
		return StrictMath.sqrt(this.squares / (this.count - 1) / this.count);
	}

}
