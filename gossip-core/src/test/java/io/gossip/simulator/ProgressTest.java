package io.gossip.simulator;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTest {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private long nanos;

	@Test
	void aLongRunTellsVirtualTimeNodesEventsAndAnEstimate() {
		assertThat(run(true, 1_500_000_000L, "update --nodes 30 --duration 60s")).isZero();
		assertThat(errors())
			.containsPattern("\r[0-9.]+ s simulated, 30 nodes, [0-9,]+ events/s, [0-9.]+ s to go, about [0-9]+ s left");
	}

	@Test
	void aRangeOfSeedsTellsHowManyAreDone() {
		assertThat(run(true, 1_500_000_000L, "soak --nodes 4 --duration 5s --runs 8 --jobs 1")).isZero();
		assertThat(errors()).containsPattern("\r[0-9] of 8 runs, 0 failed, about [0-9]+ s left");
	}

	@Test
	void theLineIsGoneBeforeTheReportIsWritten() {
		run(true, 1_500_000_000L, "update --nodes 30 --duration 60s");
		assertThat(errors()).endsWith(" \r").doesNotContain("\n");
	}

	@Test
	void aShortRunSaysNothing() {
		assertThat(run(true, 1, "update --nodes 30 --duration 60s")).isZero();
		assertThat(errors()).isEmpty();
	}

	@Test
	void whatIsNoTerminalGetsNothing() {
		assertThat(run(false, 1_500_000_000L, "update --nodes 30 --duration 60s")).isZero();
		assertThat(errors()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "/dev/pts/3, true", "/dev/tty1, true", "pipe:[123], false", "/dev/null, false", "/tmp/log, false" })
	void aTerminalIsToldByItsDevice(String device, boolean isTerminal) {
		assertThat(Terminal.isTerminal(device)).isEqualTo(isTerminal);
	}

	private int run(boolean visible, long stepNanos, String command) {
		PrintStream errors = new PrintStream(this.err, true, StandardCharsets.UTF_8);
		StatusLine line = new StatusLine(errors, visible, () -> this.nanos += stepNanos);
		return Simulate.run(command.split(" "), new PrintStream(this.out, true, StandardCharsets.UTF_8), errors, line);
	}

	private String errors() {
		return this.err.toString(StandardCharsets.UTF_8);
	}

}
