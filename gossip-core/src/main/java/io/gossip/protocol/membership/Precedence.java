package io.gossip.protocol.membership;

import io.gossip.MemberState;

/**
 * The order of claims about a member. Both comparisons are total orders over plain
 * numbers; whoever merges by taking the greater claim gets the same result in any order
 * and however often (SWIM, section 4.2, with the instance as the last resort).
 */
public final class Precedence {

	private Precedence() {
	}

	/**
	 * Compares claims about liveness: by incarnation, then LEFT over DEAD over SUSPECT
	 * over ALIVE, then by instance.
	 * @return negative, zero or positive as the first claim is older than, the same as or
	 * newer than the second
	 */
	public static int compareLiveness(int incarnation1, MemberState state1, int instance1, int incarnation2,
			MemberState state2, int instance2) {
		if (incarnation1 != incarnation2) {
			return Integer.compare(incarnation1, incarnation2);
		}
		if (state1 != state2) {
			return Integer.compare(state1.ordinal(), state2.ordinal());
		}
		return Integer.compareUnsigned(instance1, instance2);
	}

	/**
	 * Compares claims about content: by content version, then by instance.
	 * @return negative, zero or positive as the first claim is older than, the same as or
	 * newer than the second
	 */
	public static int compareContent(int version1, int instance1, int version2, int instance2) {
		if (version1 != version2) {
			return Integer.compare(version1, version2);
		}
		return Integer.compareUnsigned(instance1, instance2);
	}

}
