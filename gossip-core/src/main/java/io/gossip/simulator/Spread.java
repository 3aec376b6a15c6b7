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

	/** Of so few one may speak as of the last percent. */
	private final int lastPercent;

	private int missingCount;

	private long firstNanos = -1;

	private long ninetyNineNanos = -1;

	private long lastNanos = -1;

	Spread(SimulatedNode subject, Predicate<MembershipEvent> isTheNews, long startNanos, BitSet missing,
			Runnable whenDone) {
		this.subject = subject;
		this.isTheNews = isTheNews;
		this.startNanos = startNanos;
		this.missing = missing;
		this.missingCount = missing.cardinality();
		this.lastPercent = this.missingCount / 100;
		this.whenDone = whenDone;
	}

	/** Takes an event; returns whether this is how the observer learnt the news. */
	boolean heard(SimulatedNode observer, long atNanos, MembershipEvent event) {
		if (event.member().id().value() != this.subject.id().value() || !this.missing.get(observer.index())
				|| !this.isTheNews.test(event)) {
			return false;
		}
		this.missing.clear(observer.index());
		this.missingCount--;
		this.lastNanos = atNanos - this.startNanos;
		this.firstNanos = (this.firstNanos < 0) ? this.lastNanos : this.firstNanos;
		if (this.ninetyNineNanos < 0 && this.missingCount <= this.lastPercent) {
			this.ninetyNineNanos = this.lastNanos;
		}
		return true;
	}

	/** Does not wait for a node any more. */
	void excuse(SimulatedNode node) {
		if (this.missing.get(node.index())) {
			this.missing.clear(node.index());
			this.missingCount--;
		}
	}

	/** Does not wait for those any more that a condition holds for. */
	void excuseIf(Simulation simulation, Predicate<SimulatedNode> condition) {
		for (int i = this.missing.nextSetBit(0); i >= 0; i = this.missing.nextSetBit(i + 1)) {
			if (condition.test(simulation.node(i))) {
				excuse(simulation.node(i));
			}
		}
	}

	/** Whether everybody has heard. */
	boolean isDone() {
		return this.missingCount == 0;
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

	/** When 99 % had heard, after the start; negative if they have not. */
	long ninetyNineNanos() {
		return (this.ninetyNineNanos < 0 && isDone()) ? this.lastNanos : this.ninetyNineNanos;
	}

	/** When the last one heard, after the start; negative if nobody did. */
	long lastNanos() {
		return this.lastNanos;
	}

}
