package io.gossip.benchmark;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import com.sun.management.ThreadMXBean;
import io.gossip.simulator.Simulation;

/**
 * What the simulator costs: time for an event of a cluster at rest, and memory for what
 * one node holds of another; and what an engine costs that does nothing but probe.
 */
final class SimulatorCost {

	private static final int WARM_UP = 2_000_000;

	private static final int ROUND_TRIPS = 1_000_000;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private SimulatorCost() {
	}

	/** Prints the cost of an event, in time of the processor. */
	static void printTime(int nodes, Duration duration) {
		Simulation world = Simulation.builder().nodes(nodes).recordsEvents(false).build();
		world.startConverged();
		world.run(Duration.ofSeconds(30));
		long events = world.eventsDone();
		long startNanos = THREADS.getCurrentThreadCpuTime();
		world.run(duration);
		long cpuNanos = THREADS.getCurrentThreadCpuTime() - startNanos;
		events = world.eventsDone() - events;
		System.out.printf("%,7d nodes at rest: %,6d ns an event, %,10d events, %.1f virtual seconds a second of CPU%n",
				nodes, cpuNanos / events, events, (double) duration.toNanos() / cpuNanos);
	}

	/**
	 * Prints the cost of a probe round trip in time of the processor, which a busy
	 * machine disturbs less than what JMH measures.
	 */
	static void printRoundTrip(int members) {
		LoopbackWorld world = new LoopbackWorld(members);
		world.roundTrips(WARM_UP);
		THREADS.getCurrentThreadAllocatedBytes();
		long bytes = THREADS.getCurrentThreadAllocatedBytes();
		long startNanos = THREADS.getCurrentThreadCpuTime();
		world.roundTrips(ROUND_TRIPS);
		long cpuNanos = THREADS.getCurrentThreadCpuTime() - startNanos;
		bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
		System.out.printf("%,7d engines probe: %,6d ns a round trip, %d bytes allocated in %,d%n", members,
				cpuNanos / ROUND_TRIPS, bytes, ROUND_TRIPS);
	}

	/** Prints the memory of a cell, everything included that a world holds on to. */
	static void printMemory(int nodes) {
		long before = usedBytes();
		Simulation world = Simulation.builder().nodes(nodes).recordsEvents(false).build();
		world.startConverged();
		world.run(Duration.ofSeconds(5));
		double bytes = usedBytes() - before;
		System.out.printf("%,7d nodes that know all: %,6.0f MB, %.1f B for each node and member%n",
				world.nodes().size(), bytes / (1 << 20), bytes / nodes / nodes);
	}

	private static long usedBytes() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
