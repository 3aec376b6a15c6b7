package io.gossip.simulator;

import java.time.Duration;

/**
 * How packets fare from one place to another, one way.
 *
 * @param latencyMin no packet is faster
 * @param latencyMean the mean of ordinary packets, of which the time above the minimum is
 * exponentially distributed
 * @param latencyTail one packet in a hundred takes between the mean and this
 * @param loss the share of packets that are lost
 * @param duplication the share of datagrams that arrive twice
 * @param reordering the share of datagrams that are held back for a while
 * @param reorderingDelay how long at most these are held back
 * @param replay the share of datagrams that arrive once more, seconds later
 * @param clog the share of time in which the path between two nodes holds everything back
 * @param clogDuration how long it then does so
 * @param bytesPerSecond how fast a stream carries bytes
 */
public record LinkProfile(Duration latencyMin, Duration latencyMean, Duration latencyTail, double loss,
		double duplication, double reordering, Duration reorderingDelay, double replay, double clog,
		Duration clogDuration, long bytesPerSecond) {

	public LinkProfile {
		if (latencyMin.isNegative() || latencyMin.compareTo(latencyMean) > 0
				|| latencyMean.compareTo(latencyTail) > 0) {
			throw new IllegalArgumentException("latencies must not fall from minimum " + latencyMin + " over mean "
					+ latencyMean + " to tail " + latencyTail);
		}
		share("loss", loss);
		share("duplication", duplication);
		share("reordering", reordering);
		share("replay", replay);
		share("clog", clog);
		if (reorderingDelay.isNegative() || clogDuration.isNegative() || clogDuration.isZero()) {
			throw new IllegalArgumentException("a delay must not be negative, and a clog must last");
		}
		if (bytesPerSecond <= 0) {
			throw new IllegalArgumentException("bytesPerSecond " + bytesPerSecond + " must be positive");
		}
	}

	private static void share(String name, double value) {
		if (!(value >= 0 && value <= 1)) {
			throw new IllegalArgumentException(name + " " + value + " is not within 0 to 1");
		}
	}

	/**
	 * A link that only takes its time: at least half the mean, one packet in a hundred up
	 * to four times the mean.
	 * @param mean the mean latency, one way
	 * @return the profile
	 */
	public static LinkProfile ofLatency(Duration mean) {
		return new LinkProfile(mean.dividedBy(2), mean, mean.multipliedBy(4), 0, 0, 0, Duration.ofMillis(20), 0, 0,
				Duration.ofMillis(500), 125_000_000L);
	}

	/** A copy with another latency, spread as {@link #ofLatency} does. */
	public LinkProfile withLatency(Duration mean) {
		return new LinkProfile(mean.dividedBy(2), mean, mean.multipliedBy(4), this.loss, this.duplication,
				this.reordering, this.reorderingDelay, this.replay, this.clog, this.clogDuration, this.bytesPerSecond);
	}

	/** A copy with another {@link #loss()}. */
	public LinkProfile withLoss(double newLoss) {
		return new LinkProfile(this.latencyMin, this.latencyMean, this.latencyTail, newLoss, this.duplication,
				this.reordering, this.reorderingDelay, this.replay, this.clog, this.clogDuration, this.bytesPerSecond);
	}

	/** A copy with another {@link #duplication()}. */
	public LinkProfile withDuplication(double newDuplication) {
		return new LinkProfile(this.latencyMin, this.latencyMean, this.latencyTail, this.loss, newDuplication,
				this.reordering, this.reorderingDelay, this.replay, this.clog, this.clogDuration, this.bytesPerSecond);
	}

	/** A copy with another {@link #reordering()}. */
	public LinkProfile withReordering(double newReordering, Duration newDelay) {
		return new LinkProfile(this.latencyMin, this.latencyMean, this.latencyTail, this.loss, this.duplication,
				newReordering, newDelay, this.replay, this.clog, this.clogDuration, this.bytesPerSecond);
	}

	/** A copy with another {@link #replay()}. */
	public LinkProfile withReplay(double newReplay) {
		return new LinkProfile(this.latencyMin, this.latencyMean, this.latencyTail, this.loss, this.duplication,
				this.reordering, this.reorderingDelay, newReplay, this.clog, this.clogDuration, this.bytesPerSecond);
	}

	/** A copy with another {@link #clog()}. */
	public LinkProfile withClog(double newClog, Duration newDuration) {
		return new LinkProfile(this.latencyMin, this.latencyMean, this.latencyTail, this.loss, this.duplication,
				this.reordering, this.reorderingDelay, this.replay, newClog, newDuration, this.bytesPerSecond);
	}

	/** A copy with another {@link #bytesPerSecond()}. */
	public LinkProfile withBytesPerSecond(long newBytesPerSecond) {
		return new LinkProfile(this.latencyMin, this.latencyMean, this.latencyTail, this.loss, this.duplication,
				this.reordering, this.reorderingDelay, this.replay, this.clog, this.clogDuration, newBytesPerSecond);
	}

}
