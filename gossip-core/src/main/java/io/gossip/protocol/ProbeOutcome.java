package io.gossip.protocol;

/** How a probe ended. */
public enum ProbeOutcome {

	/** The target answered the ping. */
	DIRECT,

	/** The target answered through a helper or the stream. */
	INDIRECT,

	/** Nobody heard from the target in time. */
	TIMEOUT

}
