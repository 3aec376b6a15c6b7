package io.gossip.simulator;

import java.time.Duration;
import java.util.List;

import io.gossip.GossipConfig;

import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param scenario the name of the scenario
 * @param nodes how many nodes
 * @param zones how many zones
 * @param seeds how many of the first nodes the others join through
 * @param seed the seed of all randomness, the first one of several runs
 * @param runs how many seeds to try
 * @param jobs how many runs at a time
 * @param duration how long the scenario lasts in virtual time, bringing the cluster up
 * and to rest not included
 * @param loss the share of packets that are lost
 * @param latency the mean latency within a zone, one way
 * @param zoneLatency the mean latency between zones, one way
 * @param startsWarm whether the nodes begin as a cluster that has long been at rest
 * @param blocks which members the scenario blocks, null if it does not
 * @param announced how long the pauses are that the scenario announces, zero if it
 * announces none
 * @param config the settings of all nodes
 * @param settings what of it was asked for, as name=value
 * @param json whether to report as JSON
 * @param commandWithoutSeed the command that asks for the same, but for the seed
 */
record SimulateOptions(String scenario, int nodes, int zones, int seeds, long seed, int runs, int jobs,
		Duration duration, double loss, Duration latency, Duration zoneLatency, boolean startsWarm,
		@Nullable Blocks blocks, Duration announced, GossipConfig config, List<String> settings, boolean json,
		String commandWithoutSeed) {

	/** Few enough for a rack of a small world to have more than one node. */
	private static final int RACKS_PER_ZONE = 3;

	/**
	 * Reads a command line.
	 * @throws IllegalArgumentException if it makes no sense; the message is for people
	 */
	static SimulateOptions parse(String[] arguments) {
		if (arguments.length == 0 || arguments[0].startsWith("-")) {
			throw new IllegalArgumentException("the first argument must be a scenario: " + Scenarios.names());
		}
		return new OptionParser(Scenarios.named(arguments[0])).parse(arguments);
	}

	/** The same with another seed, once. */
	SimulateOptions withSeed(long other) {
		return new SimulateOptions(this.scenario, this.nodes, this.zones, this.seeds, other, 1, 1, this.duration,
				this.loss, this.latency, this.zoneLatency, this.startsWarm, this.blocks, this.announced, this.config,
				this.settings, this.json, this.commandWithoutSeed);
	}

	/** The command that does the same again. */
	String command() {
		return this.commandWithoutSeed + " --seed " + this.seed;
	}

	/** The members to block, of a scenario that does so. */
	Blocks blocked() {
		if (this.blocks == null) {
			throw new IllegalStateException("the scenario " + this.scenario + " blocks nobody");
		}
		return this.blocks;
	}

	/** A world as it was asked for. */
	SimulationBuilder world() {
		return Simulation.builder()
			.scenario(this.scenario, command())
			.nodes(this.nodes)
			.zones(this.zones)
			.racksPerZone(RACKS_PER_ZONE)
			.seeds(this.seeds)
			.seed(this.seed)
			.config(this.config)
			.withinZone(LinkProfile.ofLatency(this.latency).withLoss(this.loss))
			.betweenZones(LinkProfile.ofLatency(this.zoneLatency).withLoss(this.loss))
			.recordsEvents(false);
	}

}
