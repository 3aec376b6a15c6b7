package io.gossip.simulator;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A run of a scenario for each of many seeds, some at a time. Each world is a thread's
 * own, so that it is as deterministic as alone.
 */
final class SeedRange {

	private final SimulateOptions options;

	private final Function<SimulateOptions, @Nullable SimulationFailure> play;

	private final @Nullable Throwable[] failures;

	private final AtomicInteger started = new AtomicInteger();

	private final AtomicInteger done = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	/**
	 * A range that has not begun.
	 * @param options what is asked for
	 * @param play what to do for each seed; returns the rule that was broken, if any
	 */
	SeedRange(SimulateOptions options, Function<SimulateOptions, @Nullable SimulationFailure> play) {
		this.options = options;
		this.play = play;
		this.failures = new Throwable[options.runs()];
	}

	/**
	 * Runs all, and tells of those that failed in the order of their seeds.
	 * @return whether none failed
	 */
	boolean run(PrintStream out, PrintStream err, StatusLine line) {
		Thread[] workers = new Thread[Math.min(this.options.jobs(), this.options.runs())];
		for (int i = 0; i < workers.length; i++) {
			workers[i] = new Thread(() -> work(line), "seeds-" + i);
			workers[i].setDaemon(true);
			workers[i].start();
		}
		try {
			for (Thread worker : workers) {
				worker.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			err.println("simulate: interrupted after " + this.done.get() + " of " + this.options.runs() + " runs");
			return false;
		}
		line.clear();
		for (int i = 0; i < this.failures.length; i++) {
			Throwable failure = this.failures[i];
			if (failure != null) {
				tell(this.options.withSeed(this.options.seed() + i), failure, err);
			}
		}
		out.println(this.options.runs() + " runs from seed " + this.options.seed() + " on, " + this.failed.get()
				+ " failed");
		return this.failed.get() == 0;
	}

	private void work(StatusLine line) {
		for (int i = this.started.getAndIncrement(); i < this.failures.length; i = this.started.getAndIncrement()) {
			this.failures[i] = attempt(this.options.withSeed(this.options.seed() + i));
			if (this.failures[i] != null) {
				this.failed.incrementAndGet();
			}
			this.done.incrementAndGet();
			line.show(() -> status(line.waitedNanos()));
		}
	}

	/** A defect of the simulator itself must not hide the other seeds. */
	private @Nullable Throwable attempt(SimulateOptions one) {
		try {
			return this.play.apply(one);
		}
		catch (RuntimeException | Error ex) {
			return ex;
		}
	}

	private String status(long waitedNanos) {
		int finished = this.done.get();
		double left = (double) waitedNanos / Math.max(1, finished) * (this.options.runs() - finished);
		return String.format(Locale.ROOT, "%d of %d runs, %d failed, about %.0f s left", finished, this.options.runs(),
				this.failed.get(), left / 1e9);
	}

	private static void tell(SimulateOptions one, Throwable failure, PrintStream err) {
		if (failure instanceof SimulationFailure) {
			err.println("simulate: " + failure.getMessage());
		}
		else {
			err.println("simulate: scenario " + one.scenario() + ", seed " + one.seed() + ": " + failure
					+ "\nreproduce: " + one.command());
			failure.printStackTrace(err);
		}
	}

}
