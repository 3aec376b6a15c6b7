package io.gossip.simulator;

import io.gossip.MembershipEvent;

import org.jspecify.annotations.Nullable;

/** A rule that must hold after every step, cheap to check. */
public interface Invariant {

	/**
	 * Checks a step.
	 * @param simulation the world
	 * @param node the node that made a step just now
	 * @return what is wrong, null if nothing is
	 */
	default @Nullable String afterStep(Simulation simulation, SimulatedNode node) {
		return null;
	}

	/**
	 * Checks an event.
	 * @param simulation the world
	 * @param observer the node that emitted it
	 * @param event the event
	 * @return what is wrong, null if nothing is
	 */
	default @Nullable String onEvent(Simulation simulation, SimulatedNode observer, MembershipEvent event) {
		return null;
	}

	/**
	 * Checks what a node sends.
	 * @param simulation the world
	 * @param sender the node
	 * @param datagram whether it is a datagram, otherwise a frame
	 * @param length how many bytes it has
	 * @return what is wrong, null if nothing is
	 */
	default @Nullable String onSend(Simulation simulation, SimulatedNode sender, boolean datagram, int length) {
		return null;
	}

	/**
	 * Takes note of a packet that a node is about to take.
	 * @param simulation the world
	 * @param receiver the node
	 * @param buffer the packet from offset zero on, borrowed until the return
	 * @param length how many bytes it has
	 */
	default void onReceive(Simulation simulation, SimulatedNode receiver, byte[] buffer, int length) {
	}

	/**
	 * Takes a last look at a node whose process is about to end.
	 * @param simulation the world
	 * @param node the node
	 */
	default void beforeStop(Simulation simulation, SimulatedNode node) {
	}

}
