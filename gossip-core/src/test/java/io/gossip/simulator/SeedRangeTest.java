package io.gossip.simulator;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeedRangeTest {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@Test
	void everySeedIsTriedOnce() {
		AtomicIntegerArray tried = new AtomicIntegerArray(40);
		assertThat(range("--seed 100 --runs 40 --jobs 4", (options) -> {
			tried.incrementAndGet((int) options.seed() - 100);
			return null;
		})).isTrue();
		assertThat(IntStream.range(0, 40).map(tried::get)).containsOnly(1);
		assertThat(this.out.toString(StandardCharsets.UTF_8)).startsWith("40 runs from seed 100 on, 0 failed");
	}

	@Test
	void failuresComeInTheOrderOfTheirSeedsWithTheirCommands() {
		assertThat(range("--seed 1 --runs 30 --jobs 3",
				(options) -> (options.seed() % 10 == 4) ? options.world().build().failure("it is a four") : null))
			.isFalse();
		assertThat(reproductions()).containsExactly("4", "14", "24");
		assertThat(this.out.toString(StandardCharsets.UTF_8)).startsWith("30 runs from seed 1 on, 3 failed");
	}

	@Test
	void aDefectOfTheSimulatorItselfIsAFailedSeedToo() {
		assertThat(range("--seed 1 --runs 3 --jobs 1", (options) -> {
			if (options.seed() == 2) {
				throw new IllegalStateException("a slot is used twice");
			}
			return null;
		})).isFalse();
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("seed 2: ", "a slot is used twice");
		assertThat(reproductions()).containsExactly("2");
	}

	@Test
	void aWorldIsTheSameAloneAndInCompany() {
		long[] alone = hashes(1);
		assertThat(hashes(3)).containsExactly(alone);
	}

	private long[] hashes(int jobs) {
		long[] hashes = new long[6];
		range("--nodes 8 --duration 20s --seed 0 --runs 6 --jobs " + jobs, (options) -> {
			ScenarioRun run = new ScenarioRun(options);
			Scenarios.named("soak").play(run);
			hashes[(int) options.seed()] = run.simulation().traceHash();
			return null;
		});
		return hashes;
	}

	private boolean range(String arguments, Function<SimulateOptions, @Nullable SimulationFailure> play) {
		SimulateOptions options = SimulateOptions.parse(("soak " + arguments).split(" "));
		PrintStream errors = new PrintStream(this.err, true, StandardCharsets.UTF_8);
		return new SeedRange(options, play).run(new PrintStream(this.out, true, StandardCharsets.UTF_8), errors,
				new StatusLine(errors, false, System::nanoTime));
	}

	private String[] reproductions() {
		return Arrays.stream(this.err.toString(StandardCharsets.UTF_8).split("\n"))
			.filter((line) -> line.startsWith("reproduce: "))
			.map((line) -> line.substring(line.lastIndexOf(' ') + 1))
			.toArray(String[]::new);
	}

}
