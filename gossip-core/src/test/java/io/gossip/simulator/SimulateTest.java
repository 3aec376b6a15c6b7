package io.gossip.simulator;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SimulateTest {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "|the first argument must be a scenario: steady, ", "--nodes 5|the first argument must be",
					"dance|scenario 'dance' is unknown; known are steady, ",
					"steady --tempo 3|option '--tempo' is unknown", "steady --nodes|option --nodes needs a value",
					"steady --nodes 0|option --nodes is '0': it must be",
					"steady --nodes many|option --nodes is 'many': it must be a whole number from 1",
					"steady --zones 9 --nodes 3|option --zones is 9: it must not exceed --nodes, which is 3",
					"steady --seed x|option --seed is 'x': it must be a whole number",
					"steady --duration long|option --duration is 'long' is not a duration",
					"steady --duration 0s|option --duration is '0s': it must be more than zero",
					"steady --loss 1|option --loss is '1': it must be 0 or more and less than 1",
					"steady --format xml|option --format is 'xml': it must be text or json",
					"steady --set x|option --set is 'x': it must be name=value",
					"steady --set no.such=1|setting 'no.such' is unknown",
					"steady --set failure-detection.probe-interval=1ms|failure-detection.probe-interval" })
	void whatMakesNoSenseIsOneClearLineAndStatusTwo(String arguments, String complaint) {
		assertThat(run((arguments != null) ? arguments : "")).isEqualTo(2);
		assertThat(errors()).startsWith("simulate: ").contains(complaint).hasLineCount(1);
		assertThat(this.out.size()).isZero();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "steady", "crash", "update", "join", "leave", "partition", "pause", "loss", "restart", "soak" })
	void everyScenarioRunsAndReportsAsJson(String scenario) {
		assertThat(run(scenario + " --nodes 6 --zones 2 --duration 40s --format json")).as(errors()).isZero();
		String json = this.out.toString(StandardCharsets.UTF_8);
		assertThat(json).contains("\"scenario\": \"" + scenario + "\"")
			.contains("\"invariantViolations\": 0")
			.contains("\"viewHashesAtEnd\": 1");
		assertThat(json.strip()).matches(Pattern.compile("\\{\\s+(\"\\w+\": [^\\n]+,\\n\\s+)+\"\\w+\": [^\\n]+\\n}"));
	}

	@Test
	void everyScenarioIsOnTheListOnce() {
		assertThat(Scenarios.names())
			.isEqualTo("steady, crash, update, join, leave, partition, pause, loss, restart, soak");
	}

	@ParameterizedTest
	@CsvSource({ "crash,detectAllMillis", "update,spreadMillis", "join,joinMillis", "leave,leaveMillis",
			"partition,healMillis", "restart,joinMillis" })
	void whatAScenarioIsAboutIsMeasured(String scenario, String figure) {
		assertThat(run(scenario + " --nodes 8 --duration 60s --format json")).as(errors()).isZero();
		assertThat(this.out.toString(StandardCharsets.UTF_8))
			.containsPattern("\"" + figure + "\": \\{ \"p50\": [0-9.]+, \"p99\": [0-9.]+, \"max\": [0-9.]+ }");
	}

	@Test
	void peopleGetWords() {
		assertThat(run("steady --nodes 3 --duration 10s --set dissemination.gossip-interval=100ms")).isZero();
		assertThat(this.out.toString(StandardCharsets.UTF_8)).contains("the cost of being a cluster")
			.contains("  view hashes at end              1");
	}

	@Test
	void aRangeOfSeedsIsTriedOneAfterTheOther() {
		assertThat(run("soak --nodes 4 --duration 10s --seed 5 --runs 3")).isZero();
		assertThat(this.out.toString(StandardCharsets.UTF_8))
			.isEqualToIgnoringNewLines("3 runs from seed 5 on, 0 failed");
	}

	@Test
	void theCommandOfAFailureHasTheSeedAndNotTheRange() {
		String[] arguments = "soak --seed 5 --runs 3 --nodes 4".split(" ");
		assertThat(SimulateOptions.parse(arguments).withSeed(7).command())
			.isEqualTo("java -cp gossip-core/target/classes io.gossip.simulator.Simulate soak --nodes 4 --seed 7");
	}

	private int run(String line) {
		String[] arguments = (line.isEmpty()) ? new String[0] : line.split(" ");
		return Simulate.run(arguments, new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8));
	}

	private String errors() {
		return this.err.toString(StandardCharsets.UTF_8);
	}

}
