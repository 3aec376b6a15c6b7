package io.gossip.simulator;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;

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
		System.exit(run(arguments, System.out, System.err));
	}

	/**
	 * Runs.
	 * @param arguments the command line
	 * @param out where the report goes
	 * @param err where complaints go
	 * @return the status
	 */
	static int run(String[] arguments, PrintStream out, PrintStream err) {
		SimulateOptions options;
		try {
			options = SimulateOptions.parse(arguments);
		}
		catch (IllegalArgumentException ex) {
			err.println("simulate: " + ex.getMessage());
			return MISUSED;
		}
		return (options.runs() == 1) ? runOne(options, out, err) : runMany(options, out, err);
	}

	private static int runOne(SimulateOptions options, PrintStream out, PrintStream err) {
		try {
			out.println(play(options));
			return OK;
		}
		catch (SimulationFailure ex) {
			complain(ex, err);
			return VIOLATED;
		}
	}

	/** Tries one seed after the other, and tells of those that fail. */
	private static int runMany(SimulateOptions options, PrintStream out, PrintStream err) {
		int failed = 0;
		for (int i = 0; i < options.runs(); i++) {
			try {
				play(options.withSeed(options.seed() + i));
			}
			catch (SimulationFailure ex) {
				complain(ex, err);
				failed++;
			}
		}
		out.println(options.runs() + " runs from seed " + options.seed() + " on, " + failed + " failed");
		return (failed == 0) ? OK : VIOLATED;
	}

	private static void complain(SimulationFailure failure, PrintStream err) {
		err.println("simulate: " + failure.getMessage());
		if (failure.getCause() != null) {
			failure.getCause().printStackTrace(err);
		}
	}

	private static String play(SimulateOptions options) {
		long startNanos = System.nanoTime();
		Scenario scenario = Scenarios.named(options.scenario());
		ScenarioRun run = new ScenarioRun(options, scenario);
		scenario.play(run);
		Report report = run.report(Duration.ofNanos(System.nanoTime() - startNanos), heapPeakMegabytes());
		return (options.json()) ? JsonReport.of(report) : TextReport.of(report, scenario.summary());
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
