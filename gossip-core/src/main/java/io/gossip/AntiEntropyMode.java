package io.gossip;

/**
 * Which way records go when two tables are compared (Demers et al. 1987, section 1.3). It
 * is the choice of the node that starts the comparison.
 */
public enum AntiEntropyMode {

	/** The starter gives what the other lacks. */
	PUSH,

	/** The starter takes what it lacks. */
	PULL,

	/** Both. */
	PUSH_PULL;

	/** Whether the starter gives. */
	public boolean gives() {
		return this != PULL;
	}

	/** Whether the starter takes. */
	public boolean takes() {
		return this != PUSH;
	}

}
