package io.gossip.protocol.engine;

import io.gossip.protocol.membership.ViewHash;

/**
 * A limit on how often something is done for one peer, and in all. The memory of peers is
 * a small table in which one may push out another, so that a flood of identities costs
 * nothing; the limit in all still holds then.
 */
final class RateLimiter {

	private static final int PLACES = 64;

	private final long[] keys = new long[PLACES];

	private final long[] times = new long[PLACES];

	private final long intervalNanos;

	private final TokenBucket inAll;

	RateLimiter(long intervalNanos, int perSecondMax) {
		this.intervalNanos = intervalNanos;
		this.inAll = new TokenBucket(perSecondMax, perSecondMax);
	}

	/** Whether it may be done now for a key other than zero; if so, it counts as done. */
	boolean tryAcquire(long nowNanos, long key) {
		int place = (int) ViewHash.mix(key) & (PLACES - 1);
		if (this.keys[place] == key && nowNanos - this.times[place] < this.intervalNanos) {
			return false;
		}
		if (!this.inAll.tryTake(nowNanos, 1)) {
			return false;
		}
		this.keys[place] = key;
		this.times[place] = nowNanos;
		return true;
	}

}
