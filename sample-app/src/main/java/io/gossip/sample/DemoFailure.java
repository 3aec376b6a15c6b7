package io.gossip.sample;

/** A step of the story that did not happen. */
final class DemoFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * A failure.
	 * @param message which step, how long it was awaited, and what the nodes saw instead
	 */
	DemoFailure(String message) {
		super(message);
	}

}
