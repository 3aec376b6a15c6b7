package io.gossip;

/** Where a node is in its life. */
public enum ClusterPhase {

	/** Not started, or stopped. */
	STOPPED,

	/** Up, and looking for a seed that answers. */
	JOINING,

	/** A member; alone if it was given no seeds or if all others are gone. */
	JOINED,

	/** Refused: another live process has this identity. */
	CONFLICT,

	/** Telling the others that it goes. */
	LEAVING,

	/** Gone; a fresh start is needed to come back. */
	LEFT,

	/** Ended by a broken invariant. */
	FAILED

}
