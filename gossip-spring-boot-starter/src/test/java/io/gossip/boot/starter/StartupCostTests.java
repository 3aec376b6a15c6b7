package io.gossip.boot.starter;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the starter adds to an empty application: whole processes, from the start of the
 * JVM to its end, with and without it in turn. The median of the differences counts.
 */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class StartupCostTests {

	private static final int PAIRS = 15;

	private static final double MILLIS_MAX = 400;

	private static final double MEGABYTES_MAX = 30;

	/** What only the starter brings. */
	private static final Pattern OURS = Pattern.compile("gossip-core|gossip-spring-boot-autoconfigure|[/\\\\]netty-");

	@Test
	void theStarterAddsLittleToTheStartOfAnEmptyApplication() throws Exception {
		String with = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		String without = Arrays.stream(with.split(File.pathSeparator))
			.filter((entry) -> !OURS.matcher(entry).find())
			.collect(Collectors.joining(File.pathSeparator));
		run(without);
		run(with);
		List<Double> millis = new ArrayList<>();
		List<Double> megabytes = new ArrayList<>();
		for (int i = 0; i < PAIRS; i++) {
			Cost bare = run(without);
			Cost full = run(with);
			assertThat(bare.output).contains("without a node");
			assertThat(full.output).contains("with a node");
			millis.add(full.millis - bare.millis);
			megabytes.add(full.megabytes - bare.megabytes);
			print("pair %2d: %5.0f ms and %5.1f MB without, %5.0f ms and %5.1f MB with the starter%n", i + 1,
					bare.millis, bare.megabytes, full.millis, full.megabytes);
		}
		print("the starter adds %.0f ms and %.1f MB (medians of %d pairs, JDK %s)%n", median(millis), median(megabytes),
				PAIRS, System.getProperty("java.version"));
		assertThat(median(millis)).isLessThanOrEqualTo(MILLIS_MAX);
		assertThat(median(megabytes)).isLessThanOrEqualTo(MEGABYTES_MAX);
	}

	/** What one process has cost. */
	private record Cost(double millis, double megabytes, String output) {
	}

	private static Cost run(String classPath) throws IOException, InterruptedException {
		long startNanos = System.nanoTime();
		Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-cp", classPath,
				EmptyApplication.class.getName(), "--gossip.transport.bind-address=127.0.0.1",
				"--gossip.transport.port=0", "--spring.main.banner-mode=off")
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		double millis = (System.nanoTime() - startNanos) / 1e6;
		assertThat(process.exitValue()).as(output).isZero();
		int at = output.indexOf(EmptyApplication.MARK);
		assertThat(at).as(output).isNotNegative();
		String kilobytes = output.substring(at + EmptyApplication.MARK.length()).lines().findFirst().orElseThrow();
		return new Cost(millis, Integer.parseInt(kilobytes.trim()) / 1024.0, output);
	}

	private static double median(List<Double> values) {
		return values.stream().sorted().toList().get(values.size() / 2);
	}

	private static void print(String format, Object... arguments) {
		System.out.printf(Locale.ROOT, format, arguments);
	}

}
