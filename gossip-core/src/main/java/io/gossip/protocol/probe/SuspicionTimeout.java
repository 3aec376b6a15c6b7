package io.gossip.protocol.probe;

/**
 * The time that a suspected member has to refute: it starts long and falls
 * logarithmically with each independent confirmation (Lifeguard, section IV.B).
 */
public final class SuspicionTimeout {

	private SuspicionTimeout() {
	}

	/**
	 * The whole time from the start of the suspicion.
	 * @param confirmations how many accusers have confirmed the first one
	 * @param expected how many confirmations bring the time to its minimum; 0 for at once
	 * @param minNanos the time with all confirmations
	 * @param maxNanos the time without any
	 * @return {@code max(min, max - (max - min) * log(c + 1) / log(k + 1))} nanoseconds
	 */
	public static long nanos(int confirmations, int expected, long minNanos, long maxNanos) {
		if (expected <= 0 || confirmations >= expected) {
			return minNanos;
		}
		double share = StrictMath.log(confirmations + 1.0) / StrictMath.log(expected + 1.0);
		return Math.max(minNanos, maxNanos - (long) ((maxNanos - minNanos) * share));
	}

}
