package io.gossip.sample;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo, run in this JVM as {@code --demo.exit=true} runs it, on ports that are free.
 */
class ClusterDemoTests {

	private static final int LINES_MAX = 40;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	@Test
	void theStoryHappensAndEndsWithStatusZero() {
		int status = run("--demo.step-limit=60s");
		assertThat(status).as(output()).isZero();
		assertThat(output().lines()).hasSizeLessThanOrEqualTo(LINES_MAX);
		assertThat(output().chars()).as("a terminal without UTF-8 gets ASCII").allMatch((character) -> character < 128);
		assertThat(output()).containsSubsequence("all three hold the same view", "all 3 answer", "node-3 crashes",
				"suspects node-3", "node-1 declared node-3 failed", "node-2 declared node-3 failed",
				"calls since the crash failed", "both survivors hold the same view again", "node-3 is up",
				"node-1 saw node-3 join again", "node-2 saw node-3 join again", "node-3 answers calls again",
				"all three hold the same view again", "node-1 and node-2 saw node-3 leave", "node-1 saw node-2 leave",
				"ok every step happened");
	}

	@Test
	void aStepThatDoesNotHappenIsNamedAndEndsWithStatusOne() {
		int status = run("--demo.step-limit=200ms", "--gossip.seeds=127.0.0.1:1");
		assertThat(status).as(output()).isOne();
		assertThat(output()).contains("FAILED step \"node-1 sees node-2 join\" did not happen within 200 ms",
				"node-1 sees node-1 ALIVE;");
	}

	@Test
	void aNodeThatDoesNotStartIsReportedAndEndsWithStatusOne() {
		int status = run("--gossip.failure-detection.probe-interval=1ms");
		assertThat(status).as(output()).isOne();
		assertThat(output()).contains("FAILED a node broke the story:", "probe-interval");
	}

	private int run(String... options) {
		String[] args = new String[options.length + 3];
		System.arraycopy(options, 0, args, 3, options.length);
		args[0] = "--demo.exit=true";
		args[1] = "--demo.http-port=0";
		args[2] = "--demo.gossip-port=0";
		PrintStream out = new PrintStream(this.bytes, true, StandardCharsets.UTF_8);
		return new ClusterDemo(DemoSettings.of(args), new DemoConsole(out, false)).run();
	}

	private String output() {
		return this.bytes.toString(StandardCharsets.UTF_8);
	}

}
