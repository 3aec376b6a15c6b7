package io.gossip.benchmark;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One probe round trip in a cluster at rest, timers and all: ping encoded at one engine,
 * decoded and applied at the other, ack encoded there, decoded and applied here.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ProbeBenchmark {

	private static final int ROUND_TRIPS = 1000;

	/**
	 * How many engines take part, each with a table of them all: with two all is in the
	 * caches of the processor, with a thousand nothing is.
	 */
	@Param({ "2", "1000" })
	public int members;

	private LoopbackWorld world;

	/** Makes the cluster, and lets every array grow to its size. */
	@Setup
	public void start() {
		this.world = new LoopbackWorld(this.members);
		this.world.run(100_000_000_000L);
	}

	/** Probes. */
	@Benchmark
	@OperationsPerInvocation(ROUND_TRIPS)
	public void roundTrip() {
		this.world.roundTrips(ROUND_TRIPS);
	}

}
