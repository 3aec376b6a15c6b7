package io.gossip.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeterminismTest {

	private static final Pattern HASH = Pattern.compile("\"traceHash\": \"([0-9a-f]{16})\"");

	@Test
	void theSameSeedTakesTheSameCourseTwice() {
		assertThat(here(7)).isEqualTo(here(7));
	}

	@Test
	void anotherSeedTakesAnotherCourse() {
		assertThat(here(7)).isNotEqualTo(here(8));
	}

	@Test
	void theSameSeedTakesTheSameCourseInTwoMachinesWithNoOtherJar() throws Exception {
		String first = inANewMachine(7);
		assertThat(inANewMachine(7)).isEqualTo(first).isEqualTo(here(7));
	}

	@Test
	void lookingIntoAWorldDoesNotChangeIt() {
		assertThat(steps(true)).isEqualTo(steps(false));
	}

	private static long steps(boolean looks) {
		Simulation world = Simulation.builder().nodes(8).seed(5).build();
		world.startAll();
		for (int i = 0; i < 100; i++) {
			world.run(Duration.ofMillis(100));
			if (looks) {
				world.nodes().stream().filter(SimulatedNode::isRunning).forEach((node) -> node.view().members());
				world.isConverged();
			}
		}
		return world.traceHash();
	}

	private static String here(long seed) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		int status = Simulate.run(arguments(seed).toArray(new String[0]),
				new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
		assertThat(status).isZero();
		return hash(out.toString(StandardCharsets.UTF_8));
	}

	private static List<String> arguments(long seed) {
		return List.of("soak", "--nodes", "20", "--seed", Long.toString(seed), "--duration", "60s", "--format", "json");
	}

	private static String inANewMachine(long seed) throws IOException, InterruptedException, URISyntaxException {
		Path classes = Path.of(Simulate.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
						classes.toString(), Simulate.class.getName()));
		command.addAll(arguments(seed));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return hash(output);
	}

	private static String hash(String json) {
		Matcher matcher = HASH.matcher(json);
		assertThat(matcher.find()).as(json).isTrue();
		return matcher.group(1);
	}

}
