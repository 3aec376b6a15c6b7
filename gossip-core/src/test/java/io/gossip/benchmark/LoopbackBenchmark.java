package io.gossip.benchmark;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.gossip.netty.NettyGossipCluster;
import org.jspecify.annotations.Nullable;

/**
 * What nodes on real sockets cost and how fast they are: 16 to 256 in this JVM, which
 * share its event loops, with default settings over loopback.
 */
final class LoopbackBenchmark {

	private static final int LARGEST = 256;

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Duration GONE_LIMIT = Duration.ofSeconds(40);

	private static final Duration SETTLE = Duration.ofSeconds(3);

	private static final Duration WARM_UP = Duration.ofSeconds(5);

	private static final int WARM_UPS_MAX = 24;

	/** How many in a row in which the compiler rests are enough. */
	private static final int QUIET_WARM_UPS = 2;

	/** What the compiler takes of a warm-up in which it rests. */
	private static final long QUIET_COMPILER_MILLIS = 10;

	private final GateTable table = new GateTable();

	private final int[] sizes;

	private final int repetitions;

	private final Duration rest;

	private LoopbackBenchmark(int[] sizes, int repetitions, Duration rest) {
		this.sizes = sizes;
		this.repetitions = repetitions;
		this.rest = rest;
	}

	/**
	 * Runs it.
	 * @param quick whether three repetitions and a short rest suffice
	 * @param sizes how many nodes
	 * @return how many gates were missed
	 */
	static int run(boolean quick, int... sizes) {
		LoopbackBenchmark benchmark = (quick) ? new LoopbackBenchmark(sizes, 3, Duration.ofSeconds(10))
				: new LoopbackBenchmark(sizes, 10, Duration.ofSeconds(30));
		warmUp();
		benchmark.table.head();
		for (int size : benchmark.sizes) {
			benchmark.measure(size);
		}
		System.out.println(benchmark.table.misses() + " gates missed");
		return benchmark.table.misses();
	}

	/** Lets the compiler see as many packets as it would in hours. */
	private static void warmUp() {
		try (LoopbackCluster cluster = new LoopbackCluster("warm-",
				(config) -> config.failureDetection((detection) -> detection.withProbeInterval(Duration.ofMillis(20))
					.withProbeTimeout(Duration.ofMillis(10))))) {
			cluster.start(32);
			untilTheCompilerRests();
		}
	}

	/**
	 * Lets time pass until the compiler has nothing left to do: it throws away much of
	 * what it has made when a cluster ends, and its work is not what rest costs.
	 */
	private static void untilTheCompilerRests() {
		CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
		int quiet = 0;
		for (int i = 0; i < WARM_UPS_MAX && quiet < QUIET_WARM_UPS; i++) {
			long before = compiler.getTotalCompilationTime();
			LoopbackCluster.pass(WARM_UP);
			quiet = (compiler.getTotalCompilationTime() - before <= QUIET_COMPILER_MILLIS) ? quiet + 1 : 0;
		}
	}

	private void measure(int size) {
		long heapBytes = ProcessCost.heapBytes();
		boolean largest = size == LARGEST;
		LoopbackCluster.Stopwatch watch = new LoopbackCluster.Stopwatch();
		try (LoopbackCluster cluster = new LoopbackCluster("n", UnaryOperator.identity())) {
			cluster.start(size);
			double started = watch.millis();
			double rest = LoopbackCluster.until(() -> cluster.agree(size), LIMIT);
			this.table.row(size, "all started at once agree", "s", (started + rest) / 1000, gate(largest, 5));
			long bytesJoining = cluster.traffic().bytesSent();
			this.table.row(size, "bytes sent by a node until then", "KiB", bytesJoining / 1024.0 / size, null);
			LoopbackCluster.pass(SETTLE);
			this.table.row(size, "heap a node", "KiB", (ProcessCost.heapBytes() - heapBytes) / 1024.0 / size,
					gate(largest, 100));
			atRest(cluster, size);
			updates(cluster, size);
			crashes(cluster, size);
			silences(cluster, size);
			this.table.row(size, "suspicions", "", cluster.traffic().suspicions(), null);
			this.table.row(size, "false removals", "", cluster.traffic().falseRemovals(), 0.0);
		}
	}

	private static @Nullable Double gate(boolean applies, double value) {
		return (applies) ? value : null;
	}

	private void atRest(LoopbackCluster cluster, int size) {
		untilTheCompilerRests();
		long bytes = cluster.traffic().bytesSent();
		ProcessCost before = ProcessCost.now();
		LoopbackCluster.pass(this.rest);
		ProcessCost cost = ProcessCost.now().minus(before);
		bytes = cluster.traffic().bytesSent() - bytes;
		double nodeSeconds = size * cost.seconds();
		this.table.row(size, "at rest: CPU a node and s", "ms", cost.cpuNanos() / 1e6 / nodeSeconds, 0.6);
		this.table.row(size, "at rest: allocation a node and s", "KiB", cost.allocatedBytes() / 1024.0 / nodeSeconds,
				10.0);
		this.table.row(size, "at rest: sent a node and s", "B", bytes / nodeSeconds, 150.0);
	}

	private void updates(LoopbackCluster cluster, int size) {
		List<Double> millis = new ArrayList<>();
		for (int i = 0; i < this.repetitions; i++) {
			NettyGossipCluster node = cluster.nodes().get((i * 37 + 11) % size);
			millis.add(cluster.update(node, "v" + i, 0.99, LIMIT));
			LoopbackCluster.pass(Duration.ofMillis(1500));
		}
		this.table.row(size, "update known by 99 %", "ms", millis, 60.0);
	}

	private void crashes(LoopbackCluster cluster, int size) {
		List<Double> joins = new ArrayList<>();
		List<Double> crashes = new ArrayList<>();
		for (int i = 0; i < this.repetitions; i++) {
			LoopbackCluster.Stopwatch watch = new LoopbackCluster.Stopwatch();
			NettyGossipCluster node = cluster.add();
			double known = cluster.untilKnown(node, LIMIT);
			joins.add((known == LoopbackCluster.NEVER) ? known : watch.millis());
			LoopbackCluster.pass(SETTLE);
			cluster.crash(node);
			crashes.add(cluster.untilGone(node, GONE_LIMIT) / 1000);
		}
		this.table.row(size, "one more node seen by all", "ms", joins, 300.0);
		this.table.row(size, "crash known by all", "s", crashes, 3.0);
	}

	private void silences(LoopbackCluster cluster, int size) {
		List<Double> silences = new ArrayList<>();
		for (int i = 0; i < this.repetitions; i++) {
			LoopbackCluster.Stoppable silent = cluster.addStoppable();
			double unused = cluster.untilKnown(silent.node(), LIMIT);
			LoopbackCluster.pass(SETTLE);
			silent.standStill();
			silences.add(cluster.untilGone(silent.node(), GONE_LIMIT) / 1000);
			silent.close();
		}
		this.table.row(size, "stopped process known by all", "s", silences, 6.0);
	}

}
