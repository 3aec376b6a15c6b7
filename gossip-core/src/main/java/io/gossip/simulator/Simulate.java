package io.gossip.simulator;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The command line: plays a scenario and reports what it has shown. Ends with status 0,
 * with 1 if a rule of the protocol was broken, with 2 if the command makes no sense.
 */
public final class Simulate {

	private static final int OK = 0;

	private static final int VIOLATED = 1;

	private static final int MISUSED = 2;

	private Simulate() {
	}

	/** Runs, and ends the JVM with the status. */
	public static void main(String[] arguments) {
		StatusLine line = new StatusLine(System.err, Terminal.isStandardError(), System::nanoTime);
		System.exit(run(arguments, System.out, System.err, line));
	}

	/**
	 * Runs without telling of progress.
	 * @param arguments the command line
	 * @param out where the report goes
	 * @param err where complaints go
	 * @return the status
	 */
	static int run(String[] arguments, PrintStream out, PrintStream err) {
		return run(arguments, out, err, new StatusLine(err, false, System::nanoTime));
	}

	static int run(String[] arguments, PrintStream out, PrintStream err, StatusLine line) {
		SimulateOptions options;
		try {
			options = SimulateOptions.parse(arguments);
		}
		catch (IllegalArgumentException ex) {
			err.println("simulate: " + ex.getMessage());
			return MISUSED;
		}
		if (options.runs() == 1) {
			return runOne(options, out, err, line);
		}
		return new SeedRange(options, Simulate::play).run(out, err, line) ? OK : VIOLATED;
	}

	private static int runOne(SimulateOptions options, PrintStream out, PrintStream err, StatusLine line) {
		long startNanos = System.nanoTime();
		Scenario scenario = Scenarios.named(options.scenario());
		ScenarioRun run = new ScenarioRun(options);
		run.showProgress(line);
		SimulationFailure failure = play(scenario, run);
		Duration wall = Duration.ofNanos(System.nanoTime() - startNanos);
		line.clear();
		if (options.json()) {
			out.println(JsonReport.of(run.report(wall, heapPeakMegabytes(), (failure != null) ? 1 : 0)));
		}
		else if (failure == null) {
			out.println(new TextReport(options, scenario.summary()).of(run.report(wall, heapPeakMegabytes(), 0)));
		}
		if (failure == null) {
			return OK;
		}
		err.println("simulate: " + failure.getMessage());
		if (failure.getCause() != null) {
			failure.getCause().printStackTrace(err);
		}
		return VIOLATED;
	}

	private static @Nullable SimulationFailure play(SimulateOptions options) {
		return play(Scenarios.named(options.scenario()), new ScenarioRun(options));
	}

	private static @Nullable SimulationFailure play(Scenario scenario, ScenarioRun run) {
		try {
			scenario.play(run);
			return null;
		}
		catch (SimulationFailure ex) {
			return ex;
		}
	}

	private static long heapPeakMegabytes() {
		long bytes = 0;
		for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
			if (pool.getType() == MemoryType.HEAP) {
				bytes += pool.getPeakUsage().getUsed();
			}
		}
		return bytes >> 20;
	}

}
