package io.gossip.simulator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

import io.gossip.MembershipEvent;

/** The pieces of news that are watched, and how long those took that have arrived. */
final class Spreads implements SimulationListener {

	private final Simulation simulation;

	private final List<Spread> active = new ArrayList<>();

	private final Samples first = new Samples();

	private final Samples all = new Samples();

	Spreads(Simulation simulation) {
		this.simulation = simulation;
		simulation.listen(this);
	}

	/** Watches how an event about a node reaches all that run now. */
	void watch(SimulatedNode subject, Predicate<MembershipEvent> isTheNews, Runnable whenDone) {
		BitSet missing = new BitSet(this.simulation.nodes().size());
		for (SimulatedNode node : this.simulation.nodes()) {
			missing.set(node.index(), node != subject && node.isStaying());
		}
		this.active.add(new Spread(subject, isTheNews, this.simulation.world().nowNanos(), missing, whenDone));
	}

	@Override
	public void onEvent(SimulatedNode observer, long atNanos, MembershipEvent event) {
		for (int i = this.active.size() - 1; i >= 0; i--) {
			Spread spread = this.active.get(i);
			if (spread.heard(observer, atNanos, event)) {
				finish(i, spread);
			}
		}
	}

	/** Does not wait for a node that was stopped. */
	void excuse(SimulatedNode node) {
		for (int i = this.active.size() - 1; i >= 0; i--) {
			Spread spread = this.active.get(i);
			if (spread.excuse(node)) {
				finish(i, spread);
			}
		}
	}

	private void finish(int position, Spread spread) {
		this.active.remove(position);
		if (spread.lastNanos() >= 0) {
			this.first.add(spread.firstNanos());
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

	/** How long each took to the first node. */
	Samples first() {
		return this.first;
	}

	/** How long each took to the last node. */
	Samples all() {
		return this.all;
	}

}
