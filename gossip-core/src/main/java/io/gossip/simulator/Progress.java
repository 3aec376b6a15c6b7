package io.gossip.simulator;

import java.time.Duration;
import java.util.Locale;

/** How far a run is, told on a status line. */
final class Progress {

	private final StatusLine line;

	private final Simulation simulation;

	private final int nodes;

	private long expectedNanos;

	private long lastEvents;

	private long lastWaitedNanos;

	Progress(StatusLine line, Simulation simulation) {
		this.line = line;
		this.simulation = simulation;
		this.nodes = simulation.nodes().size();
		simulation.pulse(() -> line.show(this::text));
	}

	/** Takes note that the run is expected to last this much longer. */
	void expect(Duration more) {
		this.expectedNanos = this.simulation.world().nowNanos() + more.toNanos();
	}

	private String text() {
		long waited = this.line.waitedNanos();
		long events = this.simulation.eventsDone();
		double perSecond = (events - this.lastEvents) * 1e9 / Math.max(1, waited - this.lastWaitedNanos);
		this.lastEvents = events;
		this.lastWaitedNanos = waited;
		long now = this.simulation.world().nowNanos();
		String status = String.format(Locale.ROOT, "%.1f s simulated, %,d nodes, %,.0f events/s", now / 1e9, this.nodes,
				perSecond);
		if (this.expectedNanos <= now) {
			return status + ", waiting for rest";
		}
		double left = (double) waited / Math.max(1, now) * (this.expectedNanos - now);
		return status + String.format(Locale.ROOT, ", %.1f s to go, about %.0f s left",
				(this.expectedNanos - now) / 1e9, left / 1e9);
	}

}
