package io.gossip.simulator;

import java.time.Duration;
import java.util.Arrays;

import io.gossip.MembershipEvent;

/**
 * The time after a disturbance until each node holds what it goes on to hold: the last
 * change of who is in, in its view.
 */
final class HealWatch implements SimulationListener {

	private final Simulation simulation;

	private final long[] lastNanos;

	private final Samples each = new Samples();

	private long startNanos;

	HealWatch(Simulation simulation) {
		this.simulation = simulation;
		this.lastNanos = new long[simulation.nodes().size()];
		simulation.listen(this);
	}

	@Override
	public void onEvent(SimulatedNode observer, long atNanos, MembershipEvent event) {
		if (!(event instanceof MembershipEvent.Suspected) && !(event instanceof MembershipEvent.Recovered)) {
			this.lastNanos[observer.index()] = atNanos;
		}
	}

	/** The disturbance ends now. */
	void begin() {
		this.startNanos = this.simulation.world().nowNanos();
		Arrays.fill(this.lastNanos, this.startNanos);
	}

	/**
	 * Lets virtual time pass until all agree, and takes down how long each node took.
	 * @return whether they came to agree
	 */
	boolean await(Duration limit) {
		if (!this.simulation.runUntil(Simulation::isConverged, limit)) {
			return false;
		}
		for (long last : this.lastNanos) {
			this.each.add(last - this.startNanos);
		}
		return true;
	}

	/** How long each node took. */
	Samples each() {
		return this.each;
	}

}
