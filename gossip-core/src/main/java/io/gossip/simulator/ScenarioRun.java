package io.gossip.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

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

	private final Disagreement disagreement;

	private final RandomGenerator random;

	private final Report figures = new Report();

	private BroadcastScenario.@Nullable Receipts receipts;

	private @Nullable Progress progress;

	private @Nullable LoadFigures load;

	ScenarioRun(SimulateOptions options) {
		this.options = options;
		this.simulation = options.world().build();
		this.spreads = new Spreads(this.simulation);
		this.disagreement = new Disagreement(this.simulation);
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

	/** Who has taken which broadcast. */
	BroadcastScenario.Receipts receipts() {
		if (this.receipts == null) {
			this.receipts = new BroadcastScenario.Receipts(this.simulation);
		}
		return this.receipts;
	}

	RandomGenerator random() {
		return this.random;
	}

	/** Where the scenario writes what it alone measures. */
	Report figures() {
		return this.figures;
	}

	/** Tells on a line how far it is. */
	void showProgress(StatusLine line) {
		this.progress = new Progress(line, this.simulation);
	}

	/**
	 * Starts all nodes, waits until they agree and are quiet, and forgets what that cost.
	 */
	void bringUp() {
		comeUp();
		settle();
	}

	/** Starts all nodes, and waits until they agree. */
	void comeUp() {
		expect(SETTLE.plus(this.options.duration()));
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
	}

	/** Waits until the nodes are quiet, and forgets what was measured so far. */
	void settle() {
		expect(SETTLE.plus(this.options.duration()));
		this.simulation.run(SETTLE);
		this.simulation.statistics().reset();
		this.disagreement.begin();
	}

	private void expect(Duration more) {
		if (this.progress != null) {
			this.progress.expect(more);
		}
	}

	private static boolean isUp(Simulation simulation) {
		return simulation.nodes().stream().allMatch(SimulatedNode::isRunning) && simulation.isConverged();
	}

	/** Writes down what the nodes sent since the cluster was up. */
	void measureLoad() {
		Statistics statistics = this.simulation.statistics();
		long nanos = this.simulation.world().nowNanos() - statistics.sinceNanos();
		this.load = new LoadFigures(statistics, this.simulation.nodes().size(), this.options.zones(), nanos);
	}

	/** Waits until the world is at rest, and checks that all is as it must be. */
	void rest() {
		boolean rested = this.simulation.runUntil((world) -> isUp(world) && isQuiet(world), REST_MAX);
		this.disagreement.end();
		this.simulation.validate();
		if (!rested) {
			throw this.simulation.failure("the world did not come to rest within " + Durations.text(REST_MAX));
		}
	}

	private static boolean isQuiet(Simulation simulation) {
		return Validations.QUEUES_ARE_SMALL.check(simulation) == null;
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

	/** As many nodes, drawn at random. */
	List<SimulatedNode> some(int count) {
		List<SimulatedNode> nodes = new ArrayList<>(this.simulation.nodes());
		for (int i = 0; i < count; i++) {
			Collections.swap(nodes, i, i + this.random.nextInt(nodes.size() - i));
		}
		return List.copyOf(nodes.subList(0, count));
	}

	/** Whether a node is well and stays, and no news of it is under way. */
	boolean isFree(SimulatedNode node) {
		return node.isStaying() && node.isHealthy() && !this.spreads.isBusy(node);
	}

	/** The whole report. */
	Report report(Duration wall, long heapPeakMegabytes, int violations) {
		Report report = new Report();
		Statistics statistics = this.simulation.statistics();
		FalsePositives mistakes = statistics.falsePositives();
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
		report.number("invariantViolations", violations);
		report.addAll(this.figures);
		report.number("suspicionsOfHealthy", mistakes.suspicions());
		report.number("deathsOfHealthy", mistakes.deaths());
		report.number("deathsOfHealthyByHealthy", mistakes.deathsByHealthy());
		if (this.load != null) {
			this.load.addTo(report);
		}
		if (statistics.copiesPerRumor() > 0) {
			report.decimal("copiesPerRumorPerNode", statistics.copiesPerRumor());
			report.millis("rumorAgeMillis", statistics.rumorAges());
		}
		report.number("viewHashesAtEnd", viewHashes());
		report.decimal("divergenceSeconds", this.disagreement.seconds());
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
