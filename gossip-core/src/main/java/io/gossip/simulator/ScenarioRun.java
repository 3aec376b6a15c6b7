package io.gossip.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

import io.gossip.protocol.TrafficClass;

/**
 * A scenario while it is played: the world, what was asked for, and what was measured.
 */
final class ScenarioRun {

	private static final Duration BRING_UP_MAX = Duration.ofMinutes(10);

	private static final Duration SETTLE = Duration.ofSeconds(10);

	private static final Duration REST_MAX = Duration.ofMinutes(10);

	private final SimulateOptions options;

	private final Simulation simulation;

	private final Spreads spreads;

	private final RandomGenerator random;

	private final Report figures = new Report();

	private long loadNanos;

	private final Samples bytes = new Samples();

	private final Samples messages = new Samples();

	private final List<Figure.Part> bytesByClass = new ArrayList<>();

	private final List<Figure.Part> messagesByClass = new ArrayList<>();

	ScenarioRun(SimulateOptions options, Scenario scenario) {
		this.options = options;
		this.simulation = options.world(options.lossOr(scenario.loss())).build();
		this.spreads = new Spreads(this.simulation);
		this.random = this.simulation.random();
	}

	SimulateOptions options() {
		return this.options;
	}

	Simulation simulation() {
		return this.simulation;
	}

	Spreads spreads() {
		return this.spreads;
	}

	RandomGenerator random() {
		return this.random;
	}

	/** Where the scenario writes what it alone measures. */
	Report figures() {
		return this.figures;
	}

	/**
	 * Starts all nodes, waits until they agree and are quiet, and forgets what that cost.
	 */
	void bringUp() {
		if (this.options.startsWarm()) {
			this.simulation.startConverged();
		}
		else {
			this.simulation.startAll();
		}
		if (!this.simulation.runUntil(ScenarioRun::isUp, BRING_UP_MAX)) {
			this.simulation.validate();
			throw this.simulation.failure("not all nodes came up within " + Durations.text(BRING_UP_MAX));
		}
		this.simulation.run(SETTLE);
		this.simulation.statistics().reset();
	}

	private static boolean isUp(Simulation simulation) {
		return simulation.nodes().stream().allMatch(SimulatedNode::isRunning) && simulation.isConverged();
	}

	/** Writes down what the nodes sent since the cluster was up. */
	void measureLoad() {
		Statistics statistics = this.simulation.statistics();
		this.loadNanos = this.simulation.world().nowNanos() - statistics.sinceNanos();
		double seconds = this.loadNanos / 1e9;
		int nodes = this.simulation.nodes().size();
		for (int i = 0; i < nodes; i++) {
			long nodeBytes = 0;
			long nodeMessages = 0;
			for (TrafficClass trafficClass : TrafficClass.values()) {
				nodeBytes += statistics.bytesSent(i, trafficClass);
				nodeMessages += statistics.messagesSent(i, trafficClass);
			}
			this.bytes.add(nodeBytes);
			this.messages.add(nodeMessages);
		}
		for (TrafficClass trafficClass : TrafficClass.values()) {
			double classBytes = 0;
			double classMessages = 0;
			for (int i = 0; i < nodes; i++) {
				classBytes += statistics.bytesSent(i, trafficClass);
				classMessages += statistics.messagesSent(i, trafficClass);
			}
			String key = trafficClass.name().toLowerCase(Locale.ROOT);
			this.bytesByClass.add(Report.part(key, classBytes / nodes / seconds));
			this.messagesByClass.add(Report.part(key, classMessages / nodes / seconds));
		}
	}

	/** Waits until the world is at rest, and checks that all is as it must be. */
	void rest() {
		boolean rested = this.simulation.runUntil((world) -> isUp(world) && isQuiet(world), REST_MAX);
		this.simulation.validate();
		if (!rested) {
			throw this.simulation.failure("the world did not come to rest within " + Durations.text(REST_MAX));
		}
	}

	private static boolean isQuiet(Simulation simulation) {
		return Validations.QUEUES_ARE_SMALL.check(simulation) == null;
	}

	/**
	 * Repeats something, evenly spread, for as long as the scenario lasts.
	 * @param times how often
	 * @param incident what happens
	 */
	void repeat(int times, Runnable incident) {
		Duration pause = this.options.duration().dividedBy(times);
		for (int i = 0; i < times; i++) {
			this.simulation.run(pause);
			incident.run();
		}
	}

	/** A random node that is well and stays, no news of which is under way. */
	SimulatedNode anyone() {
		List<SimulatedNode> nodes = this.simulation.nodes();
		SimulatedNode node = nodes.get(this.random.nextInt(nodes.size()));
		for (int i = 0; i < nodes.size() && !isFree(node); i++) {
			node = nodes.get((node.index() + 1) % nodes.size());
		}
		return node;
	}

	private boolean isFree(SimulatedNode node) {
		return node.isStaying() && node.isHealthy() && !this.spreads.isBusy(node);
	}

	/** The whole report. */
	Report report(Duration wall, long heapPeakMegabytes) {
		Report report = new Report();
		Statistics statistics = this.simulation.statistics();
		double virtualSeconds = this.simulation.now().toNanos() / 1e9;
		double wallSeconds = wall.toNanos() / 1e9;
		report.word("scenario", this.options.scenario());
		report.number("nodes", this.options.nodes());
		report.number("zones", this.options.zones());
		report.number("seed", this.options.seed());
		report.decimal("virtualSeconds", virtualSeconds);
		report.decimal("wallSeconds", wallSeconds);
		report.decimal("speedup", virtualSeconds / Math.max(1e-9, wallSeconds));
		report.number("events", this.simulation.eventsDone());
		report.number("heapPeakMegabytes", heapPeakMegabytes);
		report.word("traceHash", String.format("%016x", this.simulation.traceHash()));
		report.number("invariantViolations", 0);
		report.figures().addAll(this.figures.figures());
		report.number("suspicionsOfHealthy", statistics.suspicionsOfHealthy());
		report.number("deathsOfHealthy", statistics.deathsOfHealthy());
		if (this.loadNanos > 0) {
			report.load("bytesPerNodePerSecond", this.bytes, this.loadNanos / 1e9, this.bytesByClass);
			report.load("messagesPerNodePerSecond", this.messages, this.loadNanos / 1e9, this.messagesByClass);
		}
		report.decimal("copiesPerRumorPerNode", statistics.copiesPerRumor());
		report.millis("rumorAgeMillis", statistics.rumorAges());
		report.number("viewHashesAtEnd", viewHashes());
		report.decimal("divergence", statistics.divergence());
		return report;
	}

	private long viewHashes() {
		return this.simulation.nodes()
			.stream()
			.filter(SimulatedNode::isRunning)
			.mapToLong((node) -> node.engine().viewHash())
			.distinct()
			.count();
	}

}
