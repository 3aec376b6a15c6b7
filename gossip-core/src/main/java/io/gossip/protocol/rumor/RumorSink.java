package io.gossip.protocol.rumor;

/** Where rumors go: a packet that is being written. */
@FunctionalInterface
public interface RumorSink {

	/**
	 * Offers a rumor.
	 * @param slot the member that it is about
	 * @param kind what it carries
	 * @param accuser who accused the member, zero if nobody
	 * @param bornNanos when the news was made
	 * @return what became of it
	 */
	Verdict accept(int slot, RumorKind kind, long accuser, long bornNanos);

	/** What becomes of a rumor that is offered. */
	enum Verdict {

		/** It was written, which counts as sent. */
		WRITTEN,

		/** It does not fit. */
		FULL,

		/** The receiver has no use for it. */
		SKIPPED

	}

}
