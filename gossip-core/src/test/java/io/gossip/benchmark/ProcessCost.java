package io.gossip.benchmark;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * What this process has used until a moment.
 *
 * @param atNanos the moment
 * @param cpuNanos the time of the processors
 * @param allocatedBytes what the threads that live have allocated on the heap
 */
record ProcessCost(long atNanos, long cpuNanos, long allocatedBytes) {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final int COLLECTIONS = 3;

	static ProcessCost now() {
		long allocated = 0;
		for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
			allocated += Math.max(0, bytes);
		}
		return new ProcessCost(System.nanoTime(), SYSTEM.getProcessCpuTime(), allocated);
	}

	/** The bytes of the heap that are in use when all garbage is gone. */
	static long heapBytes() {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	ProcessCost minus(ProcessCost before) {
		return new ProcessCost(this.atNanos - before.atNanos, this.cpuNanos - before.cpuNanos,
				this.allocatedBytes - before.allocatedBytes);
	}

	double seconds() {
		return this.atNanos / 1e9;
	}

}
