package io.gossip;

/**
 * What an observer holds of a member. The order is the precedence within one incarnation:
 * a later constant overrides an earlier one.
 */
public enum MemberState {

	/** Reachable enough to gossip. */
	ALIVE,

	/** Accused of being unreachable; still in, until it refutes or its time is up. */
	SUSPECT,

	/** Declared unreachable by the cluster. */
	DEAD,

	/** Gone of its own will. */
	LEFT;

	private static final MemberState[] STATES = values();

	/** Whether such a member counts as part of the cluster (ALIVE or SUSPECT). */
	public boolean isIn() {
		return this == ALIVE || this == SUSPECT;
	}

	/**
	 * The state with an ordinal, without the copy that {@code values()} makes.
	 * @param ordinal 0 to 3
	 * @return the state
	 */
	public static MemberState of(int ordinal) {
		return STATES[ordinal];
	}

}
