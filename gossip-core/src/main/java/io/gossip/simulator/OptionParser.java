package io.gossip.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gossip.GossipConfig;
import io.gossip.GossipException;

import org.jspecify.annotations.Nullable;

/** A command line while it is read, option by option. */
final class OptionParser {

	private static final int NODES_MAX = 100_000;

	private static final int ZONES_MAX = 64;

	private static final int SEEDS_MAX = 1000;

	/** The largest setting of the metadata limit. */
	private static final int METADATA_BYTES_MAX = 65_536;

	private static final int RUNS_MAX = 1_000_000;

	private static final int JOBS_MAX = 256;

	private static final List<String> OPTIONS = List.of("--nodes", "--zones", "--seeds", "--metadata", "--seed",
			"--runs", "--jobs", "--duration", "--loss", "--latency", "--zone-latency", "--start", "--set", "--config",
			"--anomalies", "--blocked", "--interval", "--announced", "--format");

	private final Scenario scenario;

	/** Of the file, and after them those of the command line, which win. */
	private final List<Map.Entry<String, String>> fileSettings = new ArrayList<>();

	private final List<Map.Entry<String, String>> settings = new ArrayList<>();

	private int nodes;

	private int zones;

	private int seeds = 3;

	private int metadataBytes;

	private long seed = 1;

	private int runs = 1;

	private Duration announced = Duration.ZERO;

	private int jobs = Runtime.getRuntime().availableProcessors();

	private Duration duration;

	private double loss;

	private Duration latency = Duration.ofNanos(500_000);

	private @Nullable Duration zoneLatency;

	private boolean startsWarm;

	private @Nullable Blocks blocks;

	private boolean json;

	OptionParser(Scenario scenario) {
		this.scenario = scenario;
		this.nodes = scenario.nodes();
		this.zones = scenario.zones();
		this.duration = scenario.duration();
		this.loss = scenario.loss();
		this.startsWarm = scenario.startsWarm();
		this.blocks = scenario.blocks();
	}

	/**
	 * Reads what follows the scenario.
	 * @throws IllegalArgumentException if it makes no sense; the message is for people
	 */
	SimulateOptions parse(String[] arguments) {
		for (int i = 1; i < arguments.length; i += 2) {
			if (!OPTIONS.contains(arguments[i])) {
				throw new IllegalArgumentException(
						"option '" + arguments[i] + "' is unknown; known are " + String.join(", ", OPTIONS));
			}
			if (i + 1 == arguments.length) {
				throw new IllegalArgumentException("option " + arguments[i] + " needs a value");
			}
			option(arguments[i], arguments[i + 1]);
		}
		return options(arguments);
	}

	private void option(String option, String value) {
		switch (option) {
			case "--nodes" -> this.nodes = (int) number(option, value, 1, NODES_MAX);
			case "--zones" -> this.zones = (int) number(option, value, 1, ZONES_MAX);
			case "--seeds" -> this.seeds = (int) number(option, value, 1, SEEDS_MAX);
			case "--metadata" -> this.metadataBytes = (int) number(option, value, 0, METADATA_BYTES_MAX);
			case "--seed" -> this.seed = number(option, value, Long.MIN_VALUE, Long.MAX_VALUE);
			case "--runs" -> this.runs = (int) number(option, value, 1, RUNS_MAX);
			case "--jobs" -> this.jobs = (int) number(option, value, 1, JOBS_MAX);
			case "--duration" -> this.duration = positive(option, value);
			case "--loss" -> this.loss = share(option, value);
			case "--latency" -> this.latency = positive(option, value);
			case "--zone-latency" -> this.zoneLatency = positive(option, value);
			case "--start" -> this.startsWarm = oneOf(option, value, "cold", "warm");
			case "--set" -> this.settings.add(assignment(value));
			case "--config" -> this.fileSettings.addAll(SettingsFile.read(value));
			case "--announced" -> this.announced = announced(option, value);
			case "--anomalies", "--blocked", "--interval" -> this.blocks = blocks(option, value);
			default -> this.json = oneOf(option, value, "text", "json");
		}
	}

	private Duration announced(String option, String value) {
		if (!(this.scenario instanceof PauseScenario)) {
			throw new IllegalArgumentException(
					"option " + option + " is of the scenario pause only, not of " + this.scenario.name());
		}
		return positive(option, value);
	}

	private Blocks blocks(String option, String value) {
		Blocks old = this.blocks;
		if (old == null) {
			throw new IllegalArgumentException("option " + option + " is of the scenarios "
					+ Scenarios.namesOfBlocking() + " only, not of " + this.scenario.name());
		}
		return switch (option) {
			case "--anomalies" -> new Blocks((int) number(option, value, 1, NODES_MAX), old.blocked(), old.interval());
			case "--blocked" -> new Blocks(old.members(), positive(option, value), old.interval());
			default -> new Blocks(old.members(), old.blocked(), positive(option, value));
		};
	}

	private static Map.Entry<String, String> assignment(String text) {
		int equals = text.indexOf('=');
		if (equals < 1) {
			throw new IllegalArgumentException("option --set is '" + text + "': it must be name=value");
		}
		return Map.entry(text.substring(0, equals).trim(), text.substring(equals + 1).trim());
	}

	/** Whether it is the second of two words. */
	private static boolean oneOf(String option, String value, String no, String yes) {
		if (!no.equals(value) && !yes.equals(value)) {
			throw new IllegalArgumentException(
					"option " + option + " is '" + value + "': it must be " + no + " or " + yes);
		}
		return yes.equals(value);
	}

	private static long number(String option, String value, long min, long max) {
		try {
			long number = Long.parseLong(value);
			if (number >= min && number <= max) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// reported below, like a number out of range
		}
		throw new IllegalArgumentException("option " + option + " is '" + value + "': it must be a whole number"
				+ ((max == Long.MAX_VALUE) ? "" : " from " + min + " to " + max));
	}

	private static double share(String option, String value) {
		try {
			double share = Double.parseDouble(value);
			if (share >= 0 && share < 1) {
				return share;
			}
		}
		catch (NumberFormatException ex) {
			// reported below, like a share out of range
		}
		throw new IllegalArgumentException(
				"option " + option + " is '" + value + "': it must be 0 or more and less than 1");
	}

	private static Duration positive(String option, String value) {
		try {
			Duration duration = Durations.parse(value);
			if (!duration.isZero() && duration.compareTo(Duration.ofDays(365)) <= 0) {
				return duration;
			}
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("option " + option + " is " + ex.getMessage(), ex);
		}
		throw new IllegalArgumentException(
				"option " + option + " is '" + value + "': it must be more than zero and at most 365d");
	}

	private SimulateOptions options(String[] arguments) {
		if (this.zones > this.nodes) {
			throw new IllegalArgumentException(
					"option --zones is " + this.zones + ": it must not exceed --nodes, which is " + this.nodes);
		}
		if (this.blocks != null && this.blocks.members() >= this.nodes) {
			throw new IllegalArgumentException("option --anomalies is " + this.blocks.members()
					+ ": it must be less than --nodes, which is " + this.nodes);
		}
		Duration between = (this.zoneLatency != null) ? this.zoneLatency : this.latency.multipliedBy(4);
		List<String> assignments = new ArrayList<>();
		GossipConfig config = config(assignments);
		return new SimulateOptions(this.scenario.name(), this.nodes, this.zones, this.seeds, this.seed, this.runs,
				this.jobs, this.duration, this.loss, this.latency, between, this.startsWarm, this.blocks,
				this.announced, config, List.copyOf(assignments), this.json, command(arguments));
	}

	private GossipConfig config(List<String> assignments) {
		List<Map.Entry<String, String>> all = new ArrayList<>(this.fileSettings);
		all.addAll(this.settings);
		GossipConfig.Builder builder = GossipConfig.builder();
		for (Map.Entry<String, String> setting : all) {
			SettingsParser.apply(builder, setting.getKey(), setting.getValue());
			String name = SettingsParser.plainName(setting.getKey());
			assignments.removeIf((earlier) -> earlier.startsWith(name + "="));
			assignments.add(name + "=" + setting.getValue());
		}
		if (this.metadataBytes > 0) {
			builder.node((node) -> node.withMetadata(new TreeMap<>(Map.of("m", "x".repeat(this.metadataBytes)))));
		}
		try {
			return builder.build();
		}
		catch (GossipException.InvalidSetting ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
	}

	private static String command(String[] arguments) {
		List<String> words = new ArrayList<>(
				List.of("java", "-cp", "gossip-core/target/classes", "io.gossip.simulator.Simulate", arguments[0]));
		for (int i = 1; i < arguments.length; i += 2) {
			if (!List.of("--seed", "--runs", "--jobs").contains(arguments[i])) {
				String value = arguments[i + 1];
				words.add(arguments[i]);
				words.add((value.indexOf(' ') < 0) ? value : "'" + value + "'");
			}
		}
		return String.join(" ", words);
	}

}
