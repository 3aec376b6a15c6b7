package io.gossip.simulator;

import java.time.Duration;
import java.util.function.Function;

import io.gossip.GossipConfig;
import io.gossip.protocol.engine.EngineSetup;
import io.gossip.protocol.engine.GossipEngine;

/**
 * What a world is made of.
 *
 * @param scenario what is tried, for reports
 * @param command the one command that does the same again
 * @param nodes how many nodes it starts with
 * @param zones how many zones they are spread over, in turn
 * @param racksPerZone how many racks each zone has, between which its nodes take turns
 * @param seeds how many of the first nodes the others join through
 * @param seed the seed of all randomness
 * @param startSpread the nodes start at random times within this
 * @param config what all nodes have in common
 * @param withinZone the links within a zone
 * @param betweenZones the links between two zones
 * @param recordsEvents whether to keep all membership events, for tests of small worlds
 * @param engines makes the engines, the one that ships unless a test wants another
 */
record SimulationSettings(String scenario, String command, int nodes, int zones, int racksPerZone, int seeds, long seed,
		Duration startSpread, GossipConfig config, LinkProfile withinZone, LinkProfile betweenZones,
		boolean recordsEvents, Function<EngineSetup, GossipEngine> engines) {

	/** Above this many nodes a world does not spend time on finding misuse of buffers. */
	static final int SMALL = 300;

	boolean isSmall() {
		return this.nodes <= SMALL;
	}

}
