package io.gossip.simulator;

import io.gossip.MembershipEvent;

/** A receiver of the membership events of all nodes, each after the step that made it. */
@FunctionalInterface
public interface SimulationListener {

	/**
	 * Takes an event.
	 * @param observer the node that emitted it
	 * @param atNanos the virtual time
	 * @param event the event
	 */
	void onEvent(SimulatedNode observer, long atNanos, MembershipEvent event);

}
