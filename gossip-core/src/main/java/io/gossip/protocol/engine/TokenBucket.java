package io.gossip.protocol.engine;

/**
 * An allowance that refills at a steady rate: over any time it grants no more than the
 * rate times that time, and its capacity once on top.
 */
final class TokenBucket {

	private static final double SECOND_NANOS = 1e9;

	private double perSecond;

	private double capacity;

	private double tokens;

	private long filledNanos;

	private boolean started;

	/**
	 * A bucket that is full.
	 * @param perSecond how many tokens a second brings, more than zero
	 * @param capacity how many tokens it holds
	 */
	TokenBucket(double perSecond, double capacity) {
		this.perSecond = perSecond;
		this.capacity = capacity;
		this.tokens = capacity;
	}

	/** Changes the rate and the capacity from now on. */
	void retune(long nowNanos, double newPerSecond, double newCapacity) {
		fill(nowNanos);
		this.perSecond = newPerSecond;
		this.capacity = newCapacity;
	}

	/** How many tokens it holds. */
	double capacity() {
		return this.capacity;
	}

	/** Forgets what was taken. */
	void refill(long nowNanos) {
		fill(nowNanos);
		this.tokens = this.capacity;
	}

	/** Whether so many tokens are there; if so, they are taken. */
	boolean tryTake(long nowNanos, double amount) {
		fill(nowNanos);
		if (this.tokens < amount) {
			return false;
		}
		this.tokens -= amount;
		return true;
	}

	/**
	 * Takes tokens whether they are there or not, for what is only known once it is done;
	 * the debt is paid before anything else is granted.
	 */
	void take(long nowNanos, double amount) {
		fill(nowNanos);
		this.tokens -= amount;
	}

	/**
	 * How long it takes until so many tokens are there, 0 if they are; no more than the
	 * capacity may be asked for.
	 */
	long waitNanos(long nowNanos, double amount) {
		fill(nowNanos);
		double missing = amount - this.tokens;
		return (missing <= 0) ? 0 : (long) Math.ceil(missing / this.perSecond * SECOND_NANOS);
	}

	private void fill(long nowNanos) {
		if (this.started) {
			double gained = (nowNanos - this.filledNanos) / SECOND_NANOS * this.perSecond;
			this.tokens = Math.min(this.capacity, this.tokens + gained);
		}
		this.started = true;
		this.filledNanos = nowNanos;
	}

}
