package io.gossip.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.gossip.MembershipEvent;

/**
 * The life of a large cluster: at any time one process in a hundred stands still for two
 * seconds, one member in a thousand goes every minute and another comes, and every second
 * somebody publishes new metadata.
 */
final class Unrest {

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private static final double PAUSED_SHARE = 0.01;

	private static final Duration CHURN_PERIOD = Duration.ofMinutes(1);

	private static final double CHURN_SHARE = 0.001;

	private static final Duration UPDATE_PERIOD = Duration.ofSeconds(1);

	private static final Duration DOWN_TIME = Duration.ofSeconds(30);

	private final ScenarioRun run;

	private final Simulation simulation;

	private final RandomGenerator random;

	private final double nodes;

	/** Counts beginnings and ends, so that what was planned before an end never comes. */
	private int phase;

	private int updates;

	private int pauses;

	private int churn;

	private boolean isSuspended;

	/** Who would have come back while nothing was to happen. */
	private final List<SimulatedNode> waiting = new ArrayList<>();

	Unrest(ScenarioRun run) {
		this.run = run;
		this.simulation = run.simulation();
		this.random = run.random();
		this.nodes = run.options().nodes();
	}

	void begin() {
		this.phase++;
		this.isSuspended = false;
		this.waiting.forEach(SimulatedNode::start);
		this.waiting.clear();
		again((double) PAUSE.toNanos() / (PAUSED_SHARE * this.nodes), this::pause);
		again((double) CHURN_PERIOD.toNanos() / (CHURN_SHARE * this.nodes), this::replace);
		again((double) UPDATE_PERIOD.toNanos(), this::update);
	}

	/** Nothing new happens from now on; what is down comes back in its time. */
	void end() {
		this.phase++;
	}

	/** Nothing happens until the next beginning; what is down stays down as long. */
	void suspend() {
		this.phase++;
		this.isSuspended = true;
	}

	/**
	 * Does something again and again, at random times that are so far apart on average.
	 */
	private void again(double meanNanos, Runnable action) {
		int planned = this.phase;
		this.simulation.after(Duration.ofNanos((long) (meanNanos * this.random.nextExponential())), () -> {
			if (this.phase == planned) {
				action.run();
				again(meanNanos, action);
			}
		});
	}

	private void pause() {
		SimulatedNode node = this.run.anyone();
		if (this.run.isFree(node)) {
			this.pauses++;
			node.pause(PAUSE);
		}
	}

	private void replace() {
		SimulatedNode node = this.run.anyone();
		if (!this.run.isFree(node)) {
			return;
		}
		this.churn++;
		this.run.spreads().excuse(node);
		this.run.spreads().abandon(node);
		switch (this.random.nextInt(3)) {
			case 0 -> node.vanish();
			case 1 -> node.leave();
			default -> node.restartElsewhere();
		}
		this.simulation.after(this.simulation.config().leave().timeout().plus(DOWN_TIME), () -> comeBack(node));
	}

	private void comeBack(SimulatedNode node) {
		if (this.isSuspended) {
			this.waiting.add(node);
		}
		else {
			node.start();
		}
	}

	private void update() {
		SimulatedNode node = this.run.anyone();
		if (!this.run.isFree(node)) {
			return;
		}
		this.updates++;
		int version = node.engine().self().contentVersion() + 1;
		this.run.spreads()
			.watch(node,
					(event) -> event.member().contentVersion() >= version
							&& (event instanceof MembershipEvent.Updated || event instanceof MembershipEvent.Joined),
					() -> {
					});
		node.updateMetadata(Map.of("version", Integer.toString(version)));
	}

	/** How many updates there were. */
	int updates() {
		return this.updates;
	}

	/** How many pauses there were. */
	int pauses() {
		return this.pauses;
	}

	/** How many members were replaced. */
	int churn() {
		return this.churn;
	}

}
