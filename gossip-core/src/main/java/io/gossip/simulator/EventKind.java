package io.gossip.simulator;

/** What kinds of things happen in a world. */
enum EventKind {

	/** A datagram arrives; target: host, argument: host of the sender. */
	DATAGRAM,

	/**
	 * A frame arrives; target: host, argument: attempts so far, value: stream and
	 * direction.
	 */
	FRAME,

	/** A stream is being opened or has become idle; argument: step, value: stream. */
	STREAM,

	/**
	 * A process learns that a frame did not arrive; target: node, argument: epoch and
	 * reason, value: address.
	 */
	UNREACHABLE,

	/** A process may have a deadline; target: node. */
	TIMER,

	/** A slow or resumed process takes its next input; target: node, argument: epoch. */
	WORK,

	/** A line of the script runs; argument: its slot. */
	ACTION

}
