package io.gossip.simulator;

/** The time after a cut until the view of each node shows that it is there. */
final class CutWatch {

	private final Simulation simulation;

	private final Samples each = new Samples();

	private final boolean[] sees;

	private final long startNanos;

	CutWatch(Simulation simulation) {
		this.simulation = simulation;
		this.sees = new boolean[simulation.nodes().size()];
		this.startNanos = simulation.world().nowNanos();
		simulation.statistics().onUnreachable(this::onUnreachable);
	}

	private void onUnreachable(int node) {
		if (!this.sees[node]) {
			this.sees[node] = true;
			this.each.add(this.simulation.world().nowNanos() - this.startNanos);
		}
	}

	/** How long each node took that came to see it. */
	Samples each() {
		return this.each;
	}

	/** How many nodes that run have not seen it. */
	long blind() {
		return this.simulation.nodes().stream().filter((node) -> node.isRunning() && !this.sees[node.index()]).count();
	}

}
