package io.gossip.simulator;

import java.time.Duration;
import java.util.function.Function;

import io.gossip.GossipConfig;
import io.gossip.protocol.engine.EngineSetup;
import io.gossip.protocol.engine.GossipEngine;

/** The description of a world before it exists. */
public final class SimulationBuilder {

	private String scenario = "world";

	private String command = "";

	private int nodes = 3;

	private int zones = 1;

	private int racksPerZone = 1;

	private int seeds = 3;

	private long seed = 1;

	private Duration startSpread = Duration.ofMillis(200);

	private GossipConfig config = GossipConfig.defaults();

	private LinkProfile withinZone = LinkProfile.ofLatency(Duration.ofNanos(500_000));

	private LinkProfile betweenZones = LinkProfile.ofLatency(Duration.ofMillis(2));

	private boolean recordsEvents = true;

	private Function<EngineSetup, GossipEngine> engines = GossipEngine::new;

	SimulationBuilder() {
	}

	/** Names what is tried and the command that does the same again, for failures. */
	public SimulationBuilder scenario(String name, String reproducingCommand) {
		this.scenario = name;
		this.command = reproducingCommand;
		return this;
	}

	/** How many nodes there are, 1 or more. */
	public SimulationBuilder nodes(int count) {
		this.nodes = atLeastOne("nodes", count);
		return this;
	}

	/** How many zones the nodes are spread over, in turn, 1 to 64. */
	public SimulationBuilder zones(int count) {
		this.zones = atLeastOne("zones", count);
		return this;
	}

	/** How many racks each zone has, between which its nodes take turns, 1 or more. */
	public SimulationBuilder racksPerZone(int count) {
		this.racksPerZone = atLeastOne("racksPerZone", count);
		return this;
	}

	/** How many of the first nodes are seeds, 1 or more. */
	public SimulationBuilder seeds(int count) {
		this.seeds = atLeastOne("seeds", count);
		return this;
	}

	/** The seed of all randomness. */
	public SimulationBuilder seed(long value) {
		this.seed = value;
		return this;
	}

	/** The nodes start at random times within this; the first one at once. */
	public SimulationBuilder startSpread(Duration spread) {
		this.startSpread = spread;
		return this;
	}

	/** The settings that all nodes have in common. */
	public SimulationBuilder config(GossipConfig common) {
		this.config = common;
		return this;
	}

	/** The links within a zone. */
	public SimulationBuilder withinZone(LinkProfile profile) {
		this.withinZone = profile;
		return this;
	}

	/** The links between two zones. */
	public SimulationBuilder betweenZones(LinkProfile profile) {
		this.betweenZones = profile;
		return this;
	}

	/** Whether the nodes keep the events they emit; large worlds should not. */
	public SimulationBuilder recordsEvents(boolean records) {
		this.recordsEvents = records;
		return this;
	}

	/** Another engine than the one that ships, to see whether its faults are found. */
	SimulationBuilder engines(Function<EngineSetup, GossipEngine> factory) {
		this.engines = factory;
		return this;
	}

	/** A world in which nothing has started yet. */
	public Simulation build() {
		if (this.zones > 64) {
			throw new IllegalArgumentException("zones " + this.zones + " must not exceed 64");
		}
		return new Simulation(new SimulationSettings(this.scenario, this.command, this.nodes, this.zones,
				this.racksPerZone, Math.min(this.seeds, this.nodes), this.seed, this.startSpread, this.config,
				this.withinZone, this.betweenZones, this.recordsEvents, this.engines));
	}

	private static int atLeastOne(String name, int value) {
		if (value < 1) {
			throw new IllegalArgumentException(name + " " + value + " must be 1 or more");
		}
		return value;
	}

}
