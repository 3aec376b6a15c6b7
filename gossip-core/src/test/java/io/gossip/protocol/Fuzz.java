package io.gossip.protocol;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a target under Jazzer, beginning with the inputs that are kept. Jazzer is there
 * with the profile {@code fuzz} only, so it is called by its name.
 */
public final class Fuzz {

	private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";

	private Fuzz() {
	}

	/**
	 * Runs until the time is over or something is found.
	 * @param args {@code decoder} or {@code engine}, how many seconds, a folder for what
	 * is found, and options of libFuzzer
	 */
	public static void main(String[] args) throws Exception {
		Path folder = Files.createDirectories(Path.of(args[2], args[0]));
		Path corpus = Files.createDirectories(folder.resolve("corpus"));
		int number = 0;
		for (byte[] input : FuzzCorpus.read(args[0])) {
			Files.write(corpus.resolve("kept-" + number++), input);
		}
		List<String> options = new ArrayList<>(
				List.of("--target_class=" + classOf(args[0]), "--instrumentation_includes=io.gossip.**",
						"--disabled_hooks=.*", "--reproducer_path=" + folder, "-artifact_prefix=" + folder + "/",
						"-max_total_time=" + args[1], "-timeout=60", "-max_len=2048", "-print_final_stats=1"));
		for (String option : Arrays.asList(args).subList(3, args.length)) {
			if (!option.isBlank()) {
				options.add(option);
			}
		}
		options.add(corpus.toString());
		Class.forName(JAZZER).getMethod("main", String[].class).invoke(null, (Object) options.toArray(String[]::new));
	}

	private static String classOf(String target) {
		return switch (target) {
			case "decoder" -> "io.gossip.protocol.wire.FuzzedDecoder";
			case "engine" -> "io.gossip.protocol.engine.FuzzedEngine";
			default -> throw new IllegalArgumentException("'" + target + "' is neither 'decoder' nor 'engine'");
		};
	}

}
