package io.gossip.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What becomes of nodes that get no time of a processor: 64 in four processes, while
 * eight loops keep all cores busy for a minute. It ends the processes that it starts.
 */
final class StarvationBenchmark implements AutoCloseable {

	private static final int PROCESSES = 4;

	private static final int NODES_PER_PROCESS = 16;

	private static final int BUSY_LOOPS = 8;

	private static final Duration STARVED = Duration.ofMinutes(1);

	/** For what was late to be said, and heard. */
	private static final Duration AFTERWARDS = Duration.ofSeconds(15);

	private final List<ChildProcess> started = new ArrayList<>();

	private StarvationBenchmark() {
	}

	/**
	 * Runs it.
	 * @return how many healthy members were declared dead, counted by each who did
	 */
	static int run() throws IOException {
		try (StarvationBenchmark benchmark = new StarvationBenchmark()) {
			return benchmark.measure();
		}
	}

	private int measure() throws IOException {
		int nodes = PROCESSES * NODES_PER_PROCESS;
		ChildProcess first = start("starved");
		String seed = first.answer();
		List<ChildProcess> members = new ArrayList<>(List.of(first));
		for (int i = 1; i < PROCESSES; i++) {
			ChildProcess next = start("starved", seed);
			String unused = next.answer();
			members.add(next);
		}
		System.out.println("agreement: " + ask(members, "agree " + nodes));
		long cpuNanos = busyNanos(members);
		ChildProcess busy = start("busy", String.valueOf(BUSY_LOOPS));
		String unused = busy.answer();
		LoopbackCluster.pass(STARVED);
		System.out.println("while starved: " + ask(members, "report"));
		System.out.printf("they had %.1f s of the processors, the loops %.1f s%n",
				(busyNanos(members) - cpuNanos) / 1e9, busyNanos(List.of(busy)) / 1e9);
		busy.close();
		LoopbackCluster.pass(AFTERWARDS);
		List<String> reports = ask(members, "report");
		System.out.println("afterwards: " + reports);
		System.out.println("agreement: " + ask(members, "agree " + nodes));
		int removals = reports.stream().mapToInt(StarvedNodes::falseRemovals).sum();
		System.out.println("false removals: " + removals + " (gate: 0), " + ((removals == 0) ? "pass" : "miss"));
		return removals;
	}

	private static List<String> ask(List<ChildProcess> children, String question) throws IOException {
		List<String> answers = new ArrayList<>();
		for (ChildProcess child : children) {
			child.tell(question);
		}
		for (ChildProcess child : children) {
			answers.add(child.answer());
		}
		return answers;
	}

	private static long busyNanos(List<ChildProcess> children) {
		return children.stream().mapToLong(ChildProcess::cpuNanos).sum();
	}

	private ChildProcess start(String... arguments) throws IOException {
		ChildProcess child = new ChildProcess(arguments);
		this.started.add(child);
		return child;
	}

	@Override
	public void close() {
		this.started.forEach(ChildProcess::close);
	}

	/** Keeps processors busy until the input ends. */
	static void keepBusy(int loops) throws IOException {
		for (int i = 0; i < loops; i++) {
			Thread thread = new Thread(() -> {
				while (!Thread.currentThread().isInterrupted()) {
					Thread.onSpinWait();
				}
			});
			thread.setDaemon(true);
			thread.start();
		}
		System.out.println("busy");
		int unused = System.in.read();
	}

	/** A process of this program, which ends when its input does. */
	private static final class ChildProcess implements AutoCloseable {

		private final Process process;

		private ChildProcess(String... arguments) throws IOException {
			List<String> command = new ArrayList<>(
					List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
							System.getProperty("java.class.path"), Benchmarks.class.getName()));
			command.addAll(List.of(arguments));
			this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		}

		private void tell(String line) throws IOException {
			this.process.outputWriter().write(line + "\n");
			this.process.outputWriter().flush();
		}

		private String answer() throws IOException {
			String line = this.process.inputReader().readLine();
			if (line == null) {
				throw new IOException("a process has ended");
			}
			return line;
		}

		private long cpuNanos() {
			return this.process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
		}

		@Override
		public void close() {
			this.process.destroy();
			try {
				if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
					this.process.destroyForcibly();
				}
			}
			catch (InterruptedException ex) {
				this.process.destroyForcibly();
				Thread.currentThread().interrupt();
			}
		}

	}

}
