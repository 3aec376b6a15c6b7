package io.gossip.benchmark;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One update of metadata at one node of a hundred until all know it, as the cost for each
 * node: hear it several times, apply it once, pass it on. A second of probes that carry
 * it is part of it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class UpdateBenchmark {

	private static final int NODES = 100;

	private static final long SECOND_NANOS = 1_000_000_000L;

	private LoopbackWorld world;

	private int updates;

	/** Makes the cluster, and lets every array grow to its size. */
	@Setup
	public void start() {
		this.world = new LoopbackWorld(NODES);
		this.world.run(100 * SECOND_NANOS);
	}

	/** Updates. */
	@Benchmark
	@OperationsPerInvocation(NODES)
	public void updateForEachNode() {
		this.updates++;
		this.world.update(this.updates % NODES, Integer.toString(this.updates));
		this.world.run(SECOND_NANOS);
		if (!this.world.isConverged()) {
			throw new IllegalStateException("update " + this.updates + " is not known to all after a second");
		}
	}

}
