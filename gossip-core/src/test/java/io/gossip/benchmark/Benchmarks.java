package io.gossip.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The benchmarks of this module. Those of engines without a network are run in a row by
 * {@code mvn -q -pl gossip-core -Pbenchmark verify}; those of nodes on real sockets take
 * minutes and are asked for with {@code -Dbenchmark.include=loopback} (or
 * {@code loopback-quick}, or {@code starve}).
 */
public final class Benchmarks {

	private Benchmarks() {
	}

	/**
	 * Runs the benchmarks.
	 * @param arguments one of the words above, or which benchmarks of JMH to run, as
	 * regular expressions; all if none
	 */
	public static void main(String[] arguments) throws RunnerException, IOException {
		String first = (arguments.length > 0) ? arguments[0] : "";
		switch (first) {
			case "loopback" -> exit(LoopbackBenchmark.run(false, sizes(arguments)));
			case "loopback-quick" -> exit(LoopbackBenchmark.run(true, sizes(arguments)));
			case "starve" -> exit(StarvationBenchmark.run());
			// what that starts
			case "starved" -> StarvedNodes.run(Arrays.copyOfRange(arguments, 1, arguments.length));
			case "busy" -> StarvationBenchmark.keepBusy(Integer.parseInt(arguments[1]));
			default -> engines(arguments);
		}
	}

	private static int[] sizes(String[] arguments) {
		int[] sizes = Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
		return (sizes.length > 0) ? sizes : new int[] { 16, 64, 128, 256 };
	}

	private static void exit(int misses) {
		System.exit((misses > 0) ? 1 : 0);
	}

	private static void engines(String[] arguments) throws RunnerException {
		System.out.println("Simulator");
		SimulatorCost.printTime(100, Duration.ofMinutes(20));
		SimulatorCost.printTime(1000, Duration.ofMinutes(2));
		SimulatorCost.printMemory(2000);
		SimulatorCost.printMemory(4000);
		SimulatorCost.printRoundTrip(2);
		SimulatorCost.printRoundTrip(1000);
		OptionsBuilder options = new OptionsBuilder();
		for (String argument : arguments) {
			options.include(argument);
		}
		new Runner(options.addProfiler(GCProfiler.class).jvmArgsAppend("-Xms1g", "-Xmx1g").build()).run();
	}

}
