package io.gossip.simulator;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/**
 * A few members come and go all the time: each is paused or cut off for a while, and is
 * well again for a while.
 */
final class FlapScenario implements Scenario {

	private static final Blocks DEFAULTS = new Blocks(3, Duration.ofSeconds(5), Duration.ofSeconds(20));

	@Override
	public String name() {
		return "flap";
	}

	@Override
	public String summary() {
		return "a few members come and go all the time: what the others make of it";
	}

	@Override
	public Blocks blocks() {
		return DEFAULTS;
	}

	@Override
	public void play(ScenarioRun run) {
		run.bringUp();
		new Flapping(run).play();
	}

	/** The members that flap, and what the others hear of them. */
	private static final class Flapping {

		private final ScenarioRun run;

		private final Simulation simulation;

		private final Blocks blocks;

		private final BitSet flapping = new BitSet();

		private final long endNanos;

		private int flips;

		private long events;

		Flapping(ScenarioRun run) {
			this.run = run;
			this.simulation = run.simulation();
			this.blocks = run.options().blocked();
			this.endNanos = this.simulation.world().nowNanos() + run.options().duration().toNanos();
		}

		void play() {
			List<SimulatedNode> members = this.run.some(this.blocks.members());
			members.forEach((node) -> this.flapping.set(node.index()));
			this.simulation.statistics().falsePositives().blocked(this.flapping);
			this.simulation.listen((observer, atNanos, event) -> {
				this.events += this.flapping.get(observer.index()) ? 0 : 1;
			});
			long cycleNanos = this.blocks.blocked().plus(this.blocks.interval()).toNanos();
			for (SimulatedNode node : members) {
				this.simulation.after(Duration.ofNanos(this.run.random().nextLong(cycleNanos)), () -> flip(node));
			}
			this.simulation.run(this.run.options().duration());
			this.run.measureLoad();
			// The last cuts are healed by then, so that there is one cluster to agree.
			this.simulation.run(this.blocks.blocked());
			this.run.rest();
			this.run.figures().number("flips", this.flips);
			double witnesses = (double) this.flips * (this.run.options().nodes() - this.flapping.cardinality());
			this.run.figures().decimal("eventsPerFlip", this.events / Math.max(1, witnesses));
			this.run.figures().number("failureEvents", this.simulation.statistics().failures());
			this.run.figures().number("suspicionEvents", this.simulation.statistics().suspicions());
		}

		private void flip(SimulatedNode node) {
			if (this.simulation.world().nowNanos() >= this.endNanos) {
				return;
			}
			this.flips++;
			if (this.run.random().nextBoolean()) {
				node.pause(this.blocks.blocked());
			}
			else {
				Partition cut = this.simulation.isolate(node);
				this.simulation.after(this.blocks.blocked(), cut::heal);
			}
			this.simulation.after(this.blocks.blocked().plus(this.blocks.interval()), () -> flip(node));
		}

	}

}
