package io.gossip.simulator;

/** A {@link LinkProfile} in the numbers that are needed for every packet. */
final class Link {

	private static final double TAIL_SHARE = 0.01;

	private final long latencyMinNanos;

	private final long latencyAboveMinNanos;

	private final long latencyMeanNanos;

	private final long latencyTailNanos;

	private final long reorderingNanos;

	private final long clogNanos;

	private final double bytesPerNano;

	private final LinkProfile profile;

	final double loss;

	final double duplication;

	final double replay;

	Link(LinkProfile profile) {
		this.profile = profile;
		this.latencyMinNanos = profile.latencyMin().toNanos();
		this.latencyMeanNanos = profile.latencyMean().toNanos();
		this.latencyTailNanos = profile.latencyTail().toNanos();
		this.latencyAboveMinNanos = this.latencyMeanNanos - this.latencyMinNanos;
		this.reorderingNanos = profile.reorderingDelay().toNanos();
		this.clogNanos = profile.clogDuration().toNanos();
		this.bytesPerNano = profile.bytesPerSecond() / 1e9;
		this.loss = profile.loss();
		this.duplication = profile.duplication();
		this.replay = profile.replay();
	}

	LinkProfile profile() {
		return this.profile;
	}

	long latencyNanos(SeededRandom random) {
		double draw = random.nextDouble();
		if (draw < TAIL_SHARE) {
			double position = draw / TAIL_SHARE;
			return this.latencyMeanNanos + (long) (position * (this.latencyTailNanos - this.latencyMeanNanos));
		}
		long above = (long) (this.latencyAboveMinNanos * random.nextExponential());
		return Math.min(this.latencyMinNanos + above, this.latencyTailNanos);
	}

	/** How long a datagram is held back so that others overtake it. */
	long reorderingNanos(SeededRandom random) {
		if (this.reorderingNanos == 0 || !random.chance(this.profile.reordering())) {
			return 0;
		}
		return random.nextLong(this.reorderingNanos);
	}

	/**
	 * How long the path holds everything back from now on. It is a function of the path
	 * and the time, so that no path needs state.
	 */
	long cloggedNanos(long nowNanos, long seed, int from, int to) {
		double share = this.profile.clog();
		if (share == 0) {
			return 0;
		}
		long window = nowNanos / this.clogNanos;
		long draw = SeededRandom.derive(seed ^ window, ((long) from << 32) | to);
		return ((draw >>> 11) * 0x1.0p-53 < share) ? (window + 1) * this.clogNanos - nowNanos : 0;
	}

	long transmissionNanos(int bytes) {
		return (long) (bytes / this.bytesPerNano);
	}

}
