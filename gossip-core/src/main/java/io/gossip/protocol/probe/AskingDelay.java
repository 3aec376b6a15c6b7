package io.gossip.protocol.probe;

/**
 * How long each of many waits with a question whose answer all will hear: most of them
 * until it has been answered. A delay that is distributed evenly would have to be as many
 * times longer as there are more to ask; one that is distributed exponentially need not
 * (Nonnenmacher and Biersack, "Scalable feedback for large groups", 1999; RFC 4654 has it
 * in this form).
 */
public final class AskingDelay {

	private AskingDelay() {
	}

	/**
	 * The delay of one of them.
	 * @param members how many may have the same question
	 * @param windowNanos the longest delay, in which the first answer should reach all
	 * @param uniform a random number, 0 to less than 1
	 * @return {@code window * max(0, 1 + ln(1 - uniform) / ln(members))} nanoseconds;
	 * zero for one member in so many, and at once where there is but one
	 */
	public static long nanos(int members, long windowNanos, double uniform) {
		if (members <= 1) {
			return 0;
		}
		double share = 1 + StrictMath.log(1 - uniform) / StrictMath.log(members);
		return (long) (windowNanos * Math.max(0, share));
	}

}
