package io.gossip.simulator;

/**
 * The nodes that the costlier invariants look at: all of a small world, evenly spread
 * ones of a large one.
 */
final class Watched {

	private static final int NODES = 64;

	private Watched() {
	}

	static boolean includes(Simulation simulation, SimulatedNode node) {
		SimulationSettings settings = simulation.settings();
		return settings.isSmall() || node.index() % (settings.nodes() / NODES) == 0;
	}

}
