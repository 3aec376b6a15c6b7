package io.gossip.protocol.engine;

import io.gossip.protocol.wire.WireLimits;

/**
 * What versions of a member may be claimed. Its owner has to exceed what others claim, so
 * a liar must not be able to push it to the end of the range.
 */
final class Plausibility {

	/** No owner raises a version as often as this in eight years of a change a second. */
	private static final int VERSION_USUAL_MAX = 1 << 28;

	/** Beyond that, a version that somebody else claims is so far ahead at most. */
	private static final int VERSION_STEP_MAX = 64;

	private Plausibility() {
	}

	/** Whether a version is so high that its owner could not answer it. */
	static boolean isTooHigh(int version) {
		return version >= WireLimits.VERSION_MAX - 1;
	}

	/**
	 * Whether somebody else than its owner claims a version that is so far ahead that the
	 * owner would soon be at the end of the range, if it had to answer many such claims.
	 * @param held the version that is held, zero if none is
	 */
	static boolean isTooHigh(int version, int held) {
		return isTooHigh(version) || (version > VERSION_USUAL_MAX && version - held > VERSION_STEP_MAX);
	}

}
