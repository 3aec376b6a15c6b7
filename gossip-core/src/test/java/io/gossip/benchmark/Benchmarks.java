package io.gossip.benchmark;

import java.time.Duration;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The benchmarks of this module, all in a row:
 * {@code mvn -q -pl gossip-core -Pbenchmark verify}.
 */
public final class Benchmarks {

	private Benchmarks() {
	}

	/**
	 * Runs the benchmarks.
	 * @param arguments which benchmarks of JMH to run, as regular expressions; all if
	 * none
	 */
	public static void main(String[] arguments) throws RunnerException {
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
