package io.gossip.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
					"steady --start hot|option --start is 'hot': it must be cold or warm",
					"steady --jobs 0|option --jobs is '0': it must be a whole number from 1",
					"steady --anomalies 3|option --anomalies is of the scenarios flap, anomalies only, not of steady",
					"anomalies --anomalies 0|option --anomalies is '0': it must be",
					"anomalies --nodes 8 --anomalies 8|option --anomalies is 8: it must be less than --nodes",
					"anomalies --blocked now|option --blocked is 'now' is not a duration",
					"flap --interval 0s|option --interval is '0s': it must be more than zero",
					"steady --config no/such.properties|option --config is 'no/such.properties': there is no such file",
					"steady --set x|option --set is 'x': it must be name=value",
					"steady --set no.such=1|setting 'no.such' is unknown",
					"steady --set failure-detection.probe-interval=1ms|failure-detection.probe-interval" })
	void whatMakesNoSenseIsOneClearLineAndStatusTwo(String arguments, String complaint) {
		assertThat(run((arguments != null) ? arguments : "")).isEqualTo(2);
		assertThat(errors()).startsWith("simulate: ").contains(complaint).hasLineCount(1);
		assertThat(this.out.size()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "steady", "crash", "update", "join", "leave", "partition", "pause", "loss", "restart",
			"flap", "anomalies", "mission", "soak" })
	void everyScenarioRunsAndReportsAsJson(String scenario) {
		assertThat(run(scenario + " --nodes 6 --zones 2 --duration 40s --format json")).as(errors()).isZero();
		String json = output();
		assertThat(json).contains("\"scenario\": \"" + scenario + "\"")
			.contains("\"invariantViolations\": 0")
			.contains("\"viewHashesAtEnd\": 1");
		assertThat(json.strip()).matches(Pattern.compile("\\{\\s+(\"\\w+\": [^\\n]+,\\n\\s+)+\"\\w+\": [^\\n]+\\n}"));
	}

	@Test
	void everyScenarioIsOnTheListOnce() {
		assertThat(Scenarios.names()).isEqualTo(
				"steady, crash, update, broadcast, join, leave, partition, pause, loss, restart, flap, anomalies, "
						+ "mission, soak");
	}

	@ParameterizedTest
	@CsvSource({ "crash,detectAllMillis", "update,spreadMillis", "join,joinMillis", "leave,leaveMillis",
			"partition,healMillis", "restart,joinMillis", "soak,healMillis", "mission,healMillis",
			"mission,spreadMillis" })
	void whatAScenarioIsAboutIsMeasured(String scenario, String figure) {
		assertThat(run(scenario + " --nodes 8 --duration 60s --format json")).as(errors()).isZero();
		assertThat(output())
			.containsPattern("\"" + figure + "\": \\{ \"p50\": [0-9.]+, \"p99\": [0-9.]+, \"max\": [0-9.]+ }");
	}

	@Test
	void whatAScenarioHasNoFigureForIsAbsent() {
		assertThat(run("steady --nodes 3 --duration 10s --format json")).isZero();
		assertThat(output()).doesNotContain("detectAllMillis", "spreadMillis", "joinMillis", "leaveMillis",
				"healMillis", "copiesPerRumorPerNode");
	}

	@Test
	void everyReportHasTheLoadOfTheNodesAndTheMistakesOfFailureDetection() {
		assertThat(run("crash --nodes 8 --duration 20s --format json")).as(errors()).isZero();
		String parts = "\\{ \"mean\": [0-9.]+, \"p99\": [0-9.]+, \"max\": [0-9.]+, \"probe\": [0-9.]+, "
				+ "\"rumor\": [0-9.]+, \"bulk\": [0-9.]+ }";
		assertThat(output()).containsPattern("\"bytesPerNodePerSecond\": " + parts)
			.containsPattern("\"messagesPerNodePerSecond\": " + parts)
			.containsPattern("\"bytesInOneSecondMax\": [1-9][0-9]*,")
			.containsPattern("\"suspicionsOfHealthy\": [0-9]+,\\s+\"deathsOfHealthy\": [0-9]+,"
					+ "\\s+\"deathsOfHealthyByHealthy\": [0-9]+,")
			.containsPattern("\"copiesPerRumorPerNode\": [0-9.]+,")
			.containsPattern("\"divergenceSeconds\": [0-9.]+");
	}

	@ParameterizedTest
	@ValueSource(strings = { "crash", "update", "leave", "restart" })
	void atLeastTwoHundredIncidentsAreMeasuredHoweverShortTheRun(String scenario) {
		assertThat(run(scenario + " --nodes 20 --duration 10s --format json")).as(errors()).isZero();
		Matcher measured = Pattern.compile("\"incidents\": ([0-9]+)").matcher(output());
		assertThat(measured.find()).isTrue();
		assertThat(Integer.parseInt(measured.group(1))).isGreaterThanOrEqualTo(200);
	}

	@Test
	void peopleGetAPageWithUnitsAndTheCommand() {
		assertThat(run("steady --nodes 3 --duration 10s --set gossip.dissemination.gossip-interval=100ms")).isZero();
		assertThat(output()).startsWith("steady: nothing happens: the cost of being a cluster")
			.contains("3 nodes in 1 zone, seed 1, warm start", "latency 500us, loss 0 %",
					"settings  dissemination.gossip-interval=100ms, else the defaults",
					"io.gossip.simulator.Simulate steady --nodes 3 --duration 10s --set ")
			.containsPattern("  different views at the end +1\n")
			.containsPattern("  bytes sent a second, over the nodes +[0-9]+ B ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "crash", "update", "join", "leave", "restart", "partition", "mission" })
	void peopleGetAPlotOfWhatSpreads(String scenario) {
		assertThat(run(scenario + " --nodes 9 --zones 3 --duration 30s")).as(errors()).isZero();
		assertThat(output()).contains("  share of nodes ", "   100 % |", "       0 +--------------+");
	}

	@Test
	void aFileOfSettingsIsWhatIsSimulatedAndTheCommandLineWins(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("mine.properties"),
				"gossip.dissemination.gossip-interval=300ms\nfailure-detection.probe-interval = 2s\n"
						+ "gossip.transport.frame-bytes-max=32KB\nleave.timeout=PT3S\n");
		SimulateOptions options = SimulateOptions.parse(
				new String[] { "steady", "--set", "failure-detection.probe-interval=3s", "--config", file.toString() });
		assertThat(options.config().dissemination().gossipInterval()).isEqualTo(Duration.ofMillis(300));
		assertThat(options.config().failureDetection().probeInterval()).isEqualTo(Duration.ofSeconds(3));
		assertThat(options.config().transport().frameBytesMax()).isEqualTo(32 * 1024);
		assertThat(options.config().leave().timeout()).isEqualTo(Duration.ofSeconds(3));
		assertThat(options.settings()).containsExactly("dissemination.gossip-interval=300ms",
				"transport.frame-bytes-max=32KB", "leave.timeout=PT3S", "failure-detection.probe-interval=3s");
	}

	@Test
	void aWrongLineInAFileIsOneClearLine(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("mine.properties"), "gossip.colour=blue\n");
		assertThat(run("steady --config " + file)).isEqualTo(2);
		assertThat(errors()).startsWith("simulate: file " + file + ", setting 'colour' is unknown").hasLineCount(1);
		Files.writeString(file, "name=\\u00zz\n");
		assertThat(run("steady --config " + file)).isEqualTo(2);
		assertThat(errors()).contains("simulate: file " + file + " is no properties file").hasLineCount(2);
	}

	@Test
	void aBrokenRuleIsStatusOneWithTheOneCommandThatShowsItAgain() {
		String command = "steady --nodes 5 --loss 0.99 --start cold --seed 3";
		assertThat(run(command + " --format json")).isEqualTo(1);
		assertThat(output()).contains("\"invariantViolations\": 1");
		assertThat(errors()).startsWith("simulate: scenario steady, seed 3, at ")
			.contains("s: ", "\nreproduce: java -cp gossip-core/target/classes io.gossip.simulator.Simulate "
					+ "steady --nodes 5 --loss 0.99 --start cold --format json --seed 3\n");
	}

	@Test
	void aRangeOfSeedsIsTriedSomeAtATime() {
		assertThat(run("soak --nodes 4 --duration 10s --seed 5 --runs 3 --jobs 2")).isZero();
		assertThat(output()).isEqualToIgnoringNewLines("3 runs from seed 5 on, 0 failed");
	}

	@Test
	void theFailingSeedsOfARangeAreToldInOrder() {
		assertThat(run("steady --nodes 5 --loss 0.99 --start cold --seed 3 --runs 3 --jobs 3")).isEqualTo(1);
		assertThat(output()).isEqualToIgnoringNewLines("3 runs from seed 3 on, 3 failed");
		assertThat(errors().lines().filter((line) -> line.startsWith("reproduce: ")))
			.extracting((line) -> line.substring(line.lastIndexOf(' ') + 1))
			.containsExactly("3", "4", "5");
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

	private String output() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

	private String errors() {
		return this.err.toString(StandardCharsets.UTF_8);
	}

}
