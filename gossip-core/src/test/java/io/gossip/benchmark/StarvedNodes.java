package io.gossip.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Sixteen nodes of one process that answer questions on their input: {@code agree N} and
 * {@code report}. They end when the input does.
 */
final class StarvedNodes {

	private static final int NODES = 16;

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final String REMOVALS = " removals";

	private StarvedNodes() {
	}

	static void run(String... seeds) throws IOException {
		String prefix = "p" + ProcessHandle.current().pid() + "-";
		try (LoopbackCluster cluster = new LoopbackCluster(prefix, UnaryOperator.identity())) {
			cluster.joinThrough(seeds);
			cluster.start(NODES);
			System.out.println(cluster.nodes().get(0).address());
			BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String line = questions.readLine(); line != null; line = questions.readLine()) {
				System.out.println(answer(cluster, line));
			}
		}
	}

	private static String answer(LoopbackCluster cluster, String question) {
		if (question.startsWith("agree ")) {
			int members = Integer.parseInt(question.substring("agree ".length()));
			double millis = LoopbackCluster.until(() -> cluster.agree(members), LIMIT);
			String hash = Long.toHexString(cluster.nodes().get(0).view().hash());
			return (millis == LoopbackCluster.NEVER) ? "never" : Math.round(millis) + " ms on " + hash;
		}
		return cluster.traffic().suspicions() + " suspicions, " + cluster.traffic().falseRemovals() + REMOVALS;
	}

	/** The number of removals that a report tells of. */
	static int falseRemovals(String report) {
		return Integer.parseInt(report.substring(report.indexOf(", ") + 2, report.length() - REMOVALS.length()));
	}

}
