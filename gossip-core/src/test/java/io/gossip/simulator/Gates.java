package io.gossip.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What the gates have in common: a command, its figures, and a table that grows. */
final class Gates {

	private static final Path TABLE = Path.of("target", "gates.md");

	private Gates() {
	}

	static String simulate(String command) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		int status = Simulate.run((command + " --format json").split(" "),
				new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
		assertThat(status).as("%s: %s", command, err.toString(StandardCharsets.UTF_8)).isZero();
		return out.toString(StandardCharsets.UTF_8);
	}

	/** A number of the report, as {@code name} or {@code name.part}. */
	static double figure(String json, String name) {
		String[] path = name.split("\\.");
		String pattern = "\"" + path[0] + "\": " + ((path.length == 1) ? "" : "\\{[^}]*\"" + path[1] + "\": ")
				+ "([-0-9.E]+)";
		Matcher matcher = Pattern.compile(pattern).matcher(json);
		assertThat(matcher.find()).as("%s in %s", name, json).isTrue();
		return Double.parseDouble(matcher.group(1));
	}

	static void print(String line) throws IOException {
		System.out.println(line);
		Files.writeString(TABLE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

}
