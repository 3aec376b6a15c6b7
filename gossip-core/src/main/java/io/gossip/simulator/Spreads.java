package io.gossip.simulator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

import io.gossip.ClusterPhase;
import io.gossip.MembershipEvent;

/** The pieces of news that are watched, and how long those took that have arrived. */
final class Spreads implements SimulationListener {

	private final Simulation simulation;

	private final List<Spread> active = new ArrayList<>();

	private final Samples first = new Samples();

	private final Samples ninetyNine = new Samples();

	private final Samples all = new Samples();

	private final Samples each = new Samples();

	private int abandoned;

	Spreads(Simulation simulation) {
		this.simulation = simulation;
		simulation.listen(this);
	}

	/** Watches how an event about a node reaches all that run now and can be reached. */
	Spread watch(SimulatedNode subject, Predicate<MembershipEvent> isTheNews, Runnable whenDone) {
		BitSet missing = new BitSet(this.simulation.nodes().size());
		for (SimulatedNode node : this.simulation.nodes()) {
			missing.set(node.index(), node != subject && isIn(node) && !isCutOff(subject, node));
		}
		Spread spread = new Spread(subject, isTheNews, this.simulation.world().nowNanos(), missing, whenDone);
		this.active.add(spread);
		return spread;
	}

	/** Who is still joining learns the outcome without the event. */
	private static boolean isIn(SimulatedNode node) {
		return node.isStaying() && node.phase() == ClusterPhase.JOINED;
	}

	private boolean isCutOff(SimulatedNode one, SimulatedNode other) {
		return this.simulation.network().isBlocked(one.index(), other.index());
	}

	@Override
	public void onEvent(SimulatedNode observer, long atNanos, MembershipEvent event) {
		for (int i = this.active.size() - 1; i >= 0; i--) {
			Spread spread = this.active.get(i);
			if (spread.heard(observer, atNanos, event)) {
				this.each.add(spread.lastNanos());
				finishIfDone(i);
			}
		}
	}

	/** Does not wait for a node that was stopped. */
	void excuse(SimulatedNode node) {
		for (int i = this.active.size() - 1; i >= 0; i--) {
			this.active.get(i).excuse(node);
			finishIfDone(i);
		}
	}

	/** Does not wait for those any more who are cut off from the subject of the news. */
	void excuseCutOff() {
		for (int i = this.active.size() - 1; i >= 0; i--) {
			Spread spread = this.active.get(i);
			spread.excuseIf(this.simulation, (node) -> isCutOff(spread.subject(), node));
			finishIfDone(i);
		}
	}

	/**
	 * Gives up a piece of news.
	 * @return whether it was still under way
	 */
	boolean abandon(Spread spread) {
		boolean wasActive = this.active.remove(spread);
		this.abandoned += wasActive ? 1 : 0;
		return wasActive;
	}

	/** Gives up the news about a node that will not spread any more. */
	void abandon(SimulatedNode subject) {
		int before = this.active.size();
		this.active.removeIf((spread) -> spread.subject() == subject);
		this.abandoned += before - this.active.size();
	}

	private void finishIfDone(int position) {
		Spread spread = this.active.get(position);
		if (!spread.isDone()) {
			return;
		}
		this.active.remove(position);
		if (spread.lastNanos() >= 0) {
			this.first.add(spread.firstNanos());
			this.ninetyNine.add(spread.ninetyNineNanos());
			this.all.add(spread.lastNanos());
		}
		spread.done();
	}

	/** Whether news about a node is under way. */
	boolean isBusy(SimulatedNode subject) {
		return this.active.stream().anyMatch((spread) -> spread.subject() == subject);
	}

	/** How much news is still under way. */
	int active() {
		return this.active.size();
	}

	/** How much news was given up. */
	int abandoned() {
		return this.abandoned;
	}

	/** How long each took to the first node. */
	Samples first() {
		return this.first;
	}

	/** How long each took to 99 % of the nodes. */
	Samples ninetyNine() {
		return this.ninetyNine;
	}

	/** How long each took to the last node. */
	Samples all() {
		return this.all;
	}

	/** How long each took to each node. */
	Samples each() {
		return this.each;
	}

}
