package io.gossip.simulator;

import java.util.BitSet;
import java.util.function.Predicate;

import io.gossip.MembershipEvent;

/** A piece of news on its way to all nodes that ran when it was made. */
final class Spread {

	private final SimulatedNode subject;

	private final Predicate<MembershipEvent> isTheNews;

	private final long startNanos;

	private final BitSet missing;

	private final Runnable whenDone;

	private long firstNanos = -1;

	private long lastNanos = -1;

	Spread(SimulatedNode subject, Predicate<MembershipEvent> isTheNews, long startNanos, BitSet missing,
			Runnable whenDone) {
		this.subject = subject;
		this.isTheNews = isTheNews;
		this.startNanos = startNanos;
		this.missing = missing;
		this.whenDone = whenDone;
	}

	/** Takes an event; returns whether everybody has heard now. */
	boolean heard(SimulatedNode observer, long atNanos, MembershipEvent event) {
		if (event.member().id().value() == this.subject.id().value() && this.missing.get(observer.index())
				&& this.isTheNews.test(event)) {
			this.missing.clear(observer.index());
			this.lastNanos = atNanos - this.startNanos;
			if (this.firstNanos < 0) {
				this.firstNanos = this.lastNanos;
			}
		}
		return this.missing.isEmpty();
	}

	/** Does not wait for a node any more; returns whether everybody else has heard. */
	boolean excuse(SimulatedNode node) {
		this.missing.clear(node.index());
		return this.missing.isEmpty();
	}

	void done() {
		this.whenDone.run();
	}

	SimulatedNode subject() {
		return this.subject;
	}

	/** When the first one heard, after the start; negative if nobody did. */
	long firstNanos() {
		return this.firstNanos;
	}

	/** When the last one heard, after the start; negative if nobody did. */
	long lastNanos() {
		return this.lastNanos;
	}

}
