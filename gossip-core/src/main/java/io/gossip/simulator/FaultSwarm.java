package io.gossip.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * A source of faults. Which kinds occur, how often and how hard is drawn from the seed as
 * well, so that different seeds try different worlds.
 */
final class FaultSwarm {

	private static final int KINDS = 18;

	private final Simulation simulation;

	private final RandomGenerator random;

	private final LinkProfile within;

	private final LinkProfile between;

	private final boolean[] enabled = new boolean[KINDS];

	private final long pauseMeanNanos;

	private int faults;

	private boolean calm;

	FaultSwarm(Simulation simulation, SimulateOptions options) {
		this.simulation = simulation;
		this.random = simulation.random();
		this.within = simulation.settings().withinZone();
		this.between = simulation.settings().betweenZones();
		for (int i = 0; i < KINDS; i++) {
			this.enabled[i] = this.random.nextInt(3) > 0;
		}
		this.pauseMeanNanos = options.duration().toNanos() / (10 + this.random.nextInt(40));
	}

	/** How many faults there were. */
	int faults() {
		return this.faults;
	}

	/** How long until the next fault. */
	long pauseNanos() {
		return 1 + (long) (this.pauseMeanNanos * this.random.nextExponential());
	}

	/** Does something bad. */
	void strike() {
		int kind = this.random.nextInt(KINDS);
		SimulatedNode node = this.simulation.node(this.random.nextInt(this.simulation.nodes().size()));
		if (!this.enabled[kind]) {
			return;
		}
		this.faults++;
		if (kind >= 14) {
			strikeMany(kind, node);
		}
		else if (kind < 5) {
			strikeProcess(kind, node);
		}
		else if (kind < 9) {
			strikeTime(kind, node);
		}
		else {
			strikeNetwork(kind, node);
		}
	}

	private void strikeProcess(int kind, SimulatedNode node) {
		switch (kind) {
			case 0 -> {
				node.crash();
				this.simulation.after(upTo(Duration.ofSeconds(30)), node::start);
			}
			case 1 -> {
				node.vanish();
				this.simulation.after(upTo(Duration.ofSeconds(60)), node::start);
			}
			case 2 -> node.restart();
			case 3 -> node.restartElsewhere();
			default -> {
				if (node.isStaying()) {
					node.leave();
					this.simulation.after(upTo(Duration.ofSeconds(40)), node::start);
				}
			}
		}
	}

	/** What goes beyond one node, and what only few systems survive. */
	private void strikeMany(int kind, SimulatedNode node) {
		switch (kind) {
			case 14 -> node.restartRemembering();
			case 15 -> {
				List<SimulatedNode> rack = this.simulation.rack(node.zoneIndex(), node.rackIndex());
				this.simulation.failRack(node.zoneIndex(), node.rackIndex());
				this.simulation.after(upTo(Duration.ofSeconds(60)), () -> rack.forEach(SimulatedNode::start));
			}
			case 16 -> {
				Duration blocked = upTo(Duration.ofSeconds(10));
				block(node, blocked, blocked.plus(upTo(Duration.ofSeconds(3))), 1 + this.random.nextInt(5));
			}
			default -> {
				this.simulation.links(this.within.withReplay(0.2), this.between.withReplay(0.2));
				this.simulation.after(upTo(Duration.ofSeconds(30)),
						() -> this.simulation.links(this.within, this.between));
			}
		}
	}

	/** An anomaly as in Lifeguard's experiment, of one member. */
	private void block(SimulatedNode node, Duration blocked, Duration period, int times) {
		if (times > 0 && !this.calm) {
			node.pause(blocked);
			this.simulation.after(period, () -> block(node, blocked, period, times - 1));
		}
	}

	private void strikeTime(int kind, SimulatedNode node) {
		switch (kind) {
			case 5 -> node.pause(upTo(Duration.ofSeconds(2)));
			case 6 -> node.pause(upTo(Duration.ofSeconds(40)));
			case 7 -> {
				node.slow(upTo(Duration.ofMillis(20)));
				this.simulation.after(upTo(Duration.ofSeconds(20)), () -> node.slow(Duration.ZERO));
			}
			default -> node.clockGain(this.random.nextInt(-2000, 2001));
		}
	}

	private void strikeNetwork(int kind, SimulatedNode node) {
		switch (kind) {
			case 9 -> cut();
			case 10 -> {
				this.simulation.linkFrom(node, this.between.withLoss(this.random.nextDouble()));
				this.simulation.after(upTo(Duration.ofSeconds(30)), this.simulation::restoreLinks);
			}
			case 11 -> {
				this.simulation.linkTo(node, this.between.withLoss(this.random.nextDouble()));
				this.simulation.after(upTo(Duration.ofSeconds(30)), this.simulation::restoreLinks);
			}
			case 12 -> {
				this.simulation.links(worse(this.within), worse(this.between));
				this.simulation.after(upTo(Duration.ofSeconds(30)),
						() -> this.simulation.links(this.within, this.between));
			}
			default -> {
				if (node.isStaying()) {
					node.updateMetadata(Map.of("fault", Integer.toString(this.faults)));
				}
			}
		}
	}

	private LinkProfile worse(LinkProfile link) {
		return link.withLoss(this.random.nextDouble(0.25))
			.withDuplication(this.random.nextDouble(0.2))
			.withReordering(this.random.nextDouble(0.3), Duration.ofMillis(200))
			.withReplay(this.random.nextDouble(0.05))
			.withClog(this.random.nextDouble(0.1), Duration.ofMillis(500));
	}

	private void cut() {
		Partition cut = newCut();
		this.simulation.after(upTo(Duration.ofSeconds(60)), cut::heal);
	}

	private Partition newCut() {
		boolean oneWay = this.random.nextInt(3) == 0;
		long salt = this.random.nextLong();
		int shape = this.random.nextInt(3);
		int chosen = this.random.nextInt(this.simulation.nodes().size());
		List<SimulatedNode> nodes = this.simulation.nodes();
		ToIntFunction<SimulatedNode> sideOf = (node) -> switch (shape) {
			case 0 -> (SeededRandom.derive(salt, node.index()) < 0) ? 1 : 2;
			case 1 -> (node.index() == chosen) ? 1 : 2;
			default -> (node.zoneIndex() == nodes.get(chosen).zoneIndex()) ? 1 : 2;
		};
		return (oneWay) ? this.simulation.partitionOneWay(sideOf) : this.simulation.partition(sideOf);
	}

	/** Ends everything bad: all nodes run, all links are as they were. */
	void calm() {
		this.calm = true;
		this.simulation.healAll();
		this.simulation.restoreLinks();
		this.simulation.links(this.within, this.between);
		for (SimulatedNode node : this.simulation.nodes()) {
			node.resume();
			node.slow(Duration.ZERO);
			if (node.isRunning() && !node.isStaying()) {
				node.restart();
			}
			node.start();
		}
	}

	private Duration upTo(Duration max) {
		return Duration.ofNanos(1 + this.random.nextLong(max.toNanos()));
	}

}
