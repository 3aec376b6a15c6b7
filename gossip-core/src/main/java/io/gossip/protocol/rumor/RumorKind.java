package io.gossip.protocol.rumor;

/** What a rumor carries. */
public enum RumorKind {

	/** State and incarnation alone. */
	LIVENESS,

	/** State, incarnation and content. */
	RECORD,

	/** A pause that the member has announced. */
	PAUSE

}
