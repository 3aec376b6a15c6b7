package io.gossip.protocol;

/** Why a frame could not be delivered. */
public enum UnreachableReason {

	/** The host answered that nothing listens there: evidence. */
	REFUSED,

	/** Nobody answered in time: no evidence of anything. */
	TIMEOUT,

	/** The stream broke. */
	BROKEN,

	/** This node has too many streams or unsent bytes. */
	OVERLOAD

}
