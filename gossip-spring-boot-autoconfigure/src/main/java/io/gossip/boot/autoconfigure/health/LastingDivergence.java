package io.gossip.boot.autoconfigure.health;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether a share of divergent view hashes has been above a threshold for a while, as far
 * as it was asked. Views that differ for a moment are what gossip is about.
 */
final class LastingDivergence {

	private final double threshold;

	private final long delayNanos;

	private final LongSupplier clockNanos;

	private boolean isAbove;

	private long aboveSinceNanos;

	LastingDivergence(double threshold, Duration delay, LongSupplier clockNanos) {
		this.threshold = threshold;
		this.delayNanos = delay.toNanos();
		this.clockNanos = clockNanos;
	}

	/**
	 * Takes the share as it is now.
	 * @param share the divergent share, 0 to 1
	 * @return whether it was above the threshold at every question for so long
	 */
	synchronized boolean isLasting(double share) {
		long nowNanos = this.clockNanos.getAsLong();
		if (share <= this.threshold) {
			this.isAbove = false;
			return false;
		}
		if (!this.isAbove) {
			this.isAbove = true;
			this.aboveSinceNanos = nowNanos;
		}
		return nowNanos - this.aboveSinceNanos >= this.delayNanos;
	}

}
