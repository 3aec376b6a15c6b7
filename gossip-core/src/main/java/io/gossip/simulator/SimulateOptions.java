package io.gossip.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gossip.GossipConfig;
import io.gossip.GossipException;

import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param scenario the name of the scenario
 * @param nodes how many nodes
 * @param zones how many zones
 * @param seed the seed of all randomness
 * @param runs how many seeds to try, one after the other
 * @param duration how long the scenario lasts in virtual time, bringing the cluster up
 * and to rest not included
 * @param loss the share of packets that are lost, negative if not given
 * @param latency the mean latency within a zone, one way
 * @param zoneLatency the mean latency between zones, one way
 * @param startsWarm whether the nodes begin as a cluster that has long been at rest
 * @param config the settings of all nodes
 * @param json whether to report as JSON
 * @param commandWithoutSeed the command that asks for the same, but for the seed
 */
record SimulateOptions(String scenario, int nodes, int zones, long seed, int runs, Duration duration, double loss,
		Duration latency, Duration zoneLatency, boolean startsWarm, GossipConfig config, boolean json,
		String commandWithoutSeed) {

	private static final int NODES_MAX = 100_000;

	private static final int ZONES_MAX = 64;

	private static final int RUNS_MAX = 1_000_000;

	/**
	 * Reads a command line.
	 * @throws IllegalArgumentException if it makes no sense; the message is for people
	 */
	static SimulateOptions parse(String[] arguments) {
		if (arguments.length == 0 || arguments[0].startsWith("-")) {
			throw new IllegalArgumentException("the first argument must be a scenario: " + Scenarios.names());
		}
		Parser parser = new Parser(Scenarios.named(arguments[0]));
		for (int i = 1; i < arguments.length; i += 2) {
			if (i + 1 == arguments.length) {
				Parser.known(arguments[i]);
				throw new IllegalArgumentException("option " + arguments[i] + " needs a value");
			}
			parser.option(arguments[i], arguments[i + 1]);
		}
		return parser.options(arguments);
	}

	/** The loss, or a scenario's own if none was asked for. */
	double lossOr(double otherwise) {
		return (this.loss >= 0) ? this.loss : otherwise;
	}

	/** The same with another seed, once. */
	SimulateOptions withSeed(long other) {
		return new SimulateOptions(this.scenario, this.nodes, this.zones, other, 1, this.duration, this.loss,
				this.latency, this.zoneLatency, this.startsWarm, this.config, this.json, this.commandWithoutSeed);
	}

	/** The command that does the same again. */
	String command() {
		return this.commandWithoutSeed + " --seed " + this.seed;
	}

	/** A world as it was asked for, with that much loss. */
	SimulationBuilder world(double share) {
		return Simulation.builder()
			.scenario(this.scenario, command())
			.nodes(this.nodes)
			.zones(this.zones)
			.seed(this.seed)
			.config(this.config)
			.withinZone(LinkProfile.ofLatency(this.latency).withLoss(share))
			.betweenZones(LinkProfile.ofLatency(this.zoneLatency).withLoss(share))
			.recordsEvents(false);
	}

	/** Collects the options one by one. */
	private static final class Parser {

		private static final List<String> OPTIONS = List.of("--nodes", "--zones", "--seed", "--runs", "--duration",
				"--loss", "--latency", "--zone-latency", "--start", "--set", "--format");

		private final String scenario;

		private final GossipConfig.Builder config = GossipConfig.builder();

		private int nodes = 100;

		private int zones = 1;

		private long seed = 1;

		private int runs = 1;

		private Duration duration = Duration.ofMinutes(2);

		private double loss = -1;

		private Duration latency = Duration.ofNanos(500_000);

		private @Nullable Duration zoneLatency;

		private boolean startsWarm;

		private boolean json;

		Parser(Scenario scenario) {
			this.scenario = scenario.name();
			this.startsWarm = scenario.startsWarm();
		}

		static void known(String option) {
			if (!OPTIONS.contains(option)) {
				throw new IllegalArgumentException(
						"option '" + option + "' is unknown; known are " + String.join(", ", OPTIONS));
			}
		}

		void option(String option, String value) {
			known(option);
			switch (option) {
				case "--nodes" -> this.nodes = (int) number(option, value, 1, NODES_MAX);
				case "--zones" -> this.zones = (int) number(option, value, 1, ZONES_MAX);
				case "--seed" -> this.seed = number(option, value, Long.MIN_VALUE, Long.MAX_VALUE);
				case "--runs" -> this.runs = (int) number(option, value, 1, RUNS_MAX);
				case "--duration" -> this.duration = positive(option, value);
				case "--loss" -> this.loss = share(option, value);
				case "--latency" -> this.latency = positive(option, value);
				case "--zone-latency" -> this.zoneLatency = positive(option, value);
				case "--start" -> this.startsWarm = oneOf(option, value, "cold", "warm");
				case "--set" -> setting(value);
				default -> this.json = oneOf(option, value, "text", "json");
			}
		}

		private void setting(String assignment) {
			int equals = assignment.indexOf('=');
			if (equals < 1) {
				throw new IllegalArgumentException("option --set is '" + assignment + "': it must be name=value");
			}
			SettingsParser.apply(this.config, assignment.substring(0, equals).trim(),
					assignment.substring(equals + 1).trim());
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

		SimulateOptions options(String[] arguments) {
			if (this.zones > this.nodes) {
				throw new IllegalArgumentException(
						"option --zones is " + this.zones + ": it must not exceed --nodes, which is " + this.nodes);
			}
			Duration between = (this.zoneLatency != null) ? this.zoneLatency : this.latency.multipliedBy(4);
			try {
				return new SimulateOptions(this.scenario, this.nodes, this.zones, this.seed, this.runs, this.duration,
						this.loss, this.latency, between, this.startsWarm, this.config.build(), this.json,
						command(arguments));
			}
			catch (GossipException.InvalidSetting ex) {
				throw new IllegalArgumentException(ex.getMessage(), ex);
			}
		}

		private static String command(String[] arguments) {
			List<String> words = new ArrayList<>(
					List.of("java", "-cp", "gossip-core/target/classes", "io.gossip.simulator.Simulate", arguments[0]));
			for (int i = 1; i < arguments.length; i += 2) {
				if (!"--seed".equals(arguments[i]) && !"--runs".equals(arguments[i])) {
					String value = arguments[i + 1];
					words.add(arguments[i]);
					words.add((value.indexOf(' ') < 0) ? value : "'" + value + "'");
				}
			}
			return String.join(" ", words);
		}

	}

}
