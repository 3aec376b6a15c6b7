package io.gossip.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gossip.MembershipEvent;
import io.gossip.MembershipListener;

/**
 * The way of membership events from the engines to those who listen: after the step that
 * made them, in order, and never within a step.
 */
final class EventDelivery {

	private final Simulation simulation;

	private final World world;

	private final List<SimulationListener> listeners = new ArrayList<>();

	private final List<SimulatedNode> emitters = new ArrayList<>();

	private final List<MembershipEvent> events = new ArrayList<>();

	private boolean running;

	EventDelivery(Simulation simulation, World world) {
		this.simulation = simulation;
		this.world = world;
	}

	List<SimulationListener> listeners() {
		return this.listeners;
	}

	void add(SimulatedNode emitter, MembershipEvent event) {
		this.emitters.add(emitter);
		this.events.add(event);
	}

	/**
	 * Delivers what waits. A listener may make further steps, the events of which follow.
	 */
	void run() {
		if (this.running || this.events.isEmpty()) {
			return;
		}
		this.running = true;
		for (int i = 0; i < this.events.size(); i++) {
			deliver(this.emitters.get(i), this.events.get(i));
		}
		this.emitters.clear();
		this.events.clear();
		this.running = false;
	}

	private void deliver(SimulatedNode node, MembershipEvent event) {
		for (Invariant invariant : this.world.invariants()) {
			this.world.fail(invariant.onEvent(this.simulation, node, event));
		}
		this.world.statistics().onEvent(node, event);
		if (this.world.settings().recordsEvents()) {
			node.recorded().add(new RecordedEvent(Duration.ofNanos(this.world.nowNanos()), event));
		}
		for (SimulationListener listener : this.listeners) {
			listener.onEvent(node, this.world.nowNanos(), event);
		}
		for (MembershipListener listener : node.listeners()) {
			listener.onEvent(event);
		}
	}

}
