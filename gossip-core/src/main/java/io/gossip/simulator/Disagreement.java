package io.gossip.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gossip.ClusterPhase;

/**
 * The virtual time in which members that run and reach each other held different view
 * hashes, as seen every 100 ms.
 */
final class Disagreement {

	private static final Duration INTERVAL = Duration.ofMillis(100);

	private final Simulation simulation;

	private int times;

	private boolean watching;

	Disagreement(Simulation simulation) {
		this.simulation = simulation;
	}

	/** Looks from now on. */
	void begin() {
		this.watching = true;
		this.simulation.after(INTERVAL, this::look);
	}

	/** Looks no more. */
	void end() {
		this.watching = false;
	}

	private void look() {
		if (!this.watching) {
			return;
		}
		this.times += isThereAny() ? 1 : 0;
		this.simulation.after(INTERVAL, this::look);
	}

	/** Nodes are grouped by who reaches whom; the first one of a group speaks for it. */
	private boolean isThereAny() {
		List<SimulatedNode> speakers = new ArrayList<>(2);
		for (SimulatedNode node : this.simulation.nodes()) {
			if (node.isResponsive() && node.phase() == ClusterPhase.JOINED && differs(speakers, node)) {
				return true;
			}
		}
		return false;
	}

	private boolean differs(List<SimulatedNode> speakers, SimulatedNode node) {
		for (SimulatedNode speaker : speakers) {
			if (!this.simulation.network().isBlocked(speaker.index(), node.index())
					&& !this.simulation.network().isBlocked(node.index(), speaker.index())) {
				return speaker.engine().viewHash() != node.engine().viewHash();
			}
		}
		speakers.add(node);
		return false;
	}

	/** How long there was any. */
	double seconds() {
		return this.times * (INTERVAL.toMillis() / 1000.0);
	}

}
