package io.gossip.simulator;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.gossip.AntiEntropyMode;
import io.gossip.AntiEntropySettings;
import io.gossip.DisseminationSettings;
import io.gossip.FailureDetectionSettings;
import io.gossip.GossipConfig;
import io.gossip.HealingSettings;
import io.gossip.JoinSettings;
import io.gossip.LeaveSettings;
import io.gossip.LimitSettings;
import io.gossip.TransportSettings;

/**
 * The settings by the names that application.yml has for them, without the prefix
 * {@code gossip.}. Who a node is and where it listens is not among them: that is the
 * world's business.
 */
final class SettingsParser {

	private static final SortedMap<String, Setting> SETTINGS = new TreeMap<>();

	static {
		transport();
		join();
		failureDetection();
		dissemination();
		repair();
		limits();
	}

	private SettingsParser() {
	}

	/** All names, in order. */
	static Set<String> names() {
		return Collections.unmodifiableSet(SETTINGS.keySet());
	}

	/**
	 * Changes one setting.
	 * @param builder the settings so far
	 * @param name the name, with or without the prefix {@code gossip.}
	 * @param value the value as text
	 * @throws IllegalArgumentException if there is no such setting, or its value is not
	 * of its kind
	 */
	static void apply(GossipConfig.Builder builder, String name, String value) {
		String plain = plainName(name);
		Setting setting = SETTINGS.get(plain);
		if (setting == null) {
			throw new IllegalArgumentException("setting '" + plain + "' is unknown or has no meaning here; known are "
					+ String.join(", ", names()));
		}
		try {
			setting.apply(builder, value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"setting '" + plain + "' is '" + value + "', which is not a whole number", ex);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("setting '" + plain + "': " + ex.getMessage(), ex);
		}
	}

	/** A name without the prefix {@code gossip.}. */
	static String plainName(String name) {
		return (name.startsWith("gossip.")) ? name.substring("gossip.".length()) : name;
	}

	private static void transport() {
		transport("datagram-budget-bytes", SettingsParser::bytes, TransportSettings::withDatagramBudgetBytes);
		transport("frame-bytes-max", SettingsParser::bytes, TransportSettings::withFrameBytesMax);
		transport("connections-max", Integer::valueOf, TransportSettings::withConnectionsMax);
		transport("connect-timeout", SettingsParser::duration, TransportSettings::withConnectTimeout);
		transport("idle-timeout", SettingsParser::duration, TransportSettings::withIdleTimeout);
	}

	private static <V> void transport(String name, Function<String, V> parser,
			BiFunction<TransportSettings, V, TransportSettings> with) {
		SETTINGS.put("transport." + name,
				(builder, text) -> builder.transport((old) -> with.apply(old, parser.apply(text))));
	}

	private static void join() {
		join("retry-initial", JoinSettings::withRetryInitial);
		join("retry-max", JoinSettings::withRetryMax);
		join("attempt-timeout", JoinSettings::withAttemptTimeout);
		SETTINGS.put("join.snapshot-bytes-per-second",
				(builder, text) -> builder.join((old) -> old.withSnapshotBytesPerSecond(bytes(text))));
	}

	private static void join(String name, BiFunction<JoinSettings, Duration, JoinSettings> with) {
		SETTINGS.put("join." + name, (builder, text) -> builder.join((old) -> with.apply(old, duration(text))));
	}

	private static void failureDetection() {
		failureDetection("probe-interval", SettingsParser::duration, FailureDetectionSettings::withProbeInterval);
		failureDetection("probe-timeout", SettingsParser::duration, FailureDetectionSettings::withProbeTimeout);
		failureDetection("indirect-probes", Integer::valueOf, FailureDetectionSettings::withIndirectProbes);
		failureDetection("tolerated-pause", SettingsParser::duration, FailureDetectionSettings::withToleratedPause);
		failureDetection("suspicion-factor-max", Integer::valueOf, FailureDetectionSettings::withSuspicionFactorMax);
		failureDetection("suspicion-confirmations", Integer::valueOf,
				FailureDetectionSettings::withSuspicionConfirmations);
		failureDetection("local-health-max", Integer::valueOf, FailureDetectionSettings::withLocalHealthMax);
		failureDetection("announced-pause-max", SettingsParser::duration,
				FailureDetectionSettings::withAnnouncedPauseMax);
		failureDetection("zone-unreachable-timeout", Durations::parse,
				FailureDetectionSettings::withZoneUnreachableTimeout);
	}

	private static <V> void failureDetection(String name, Function<String, V> parser,
			BiFunction<FailureDetectionSettings, V, FailureDetectionSettings> with) {
		SETTINGS.put("failure-detection." + name,
				(builder, text) -> builder.failureDetection((old) -> with.apply(old, parser.apply(text))));
	}

	private static void dissemination() {
		dissemination("gossip-interval", SettingsParser::duration, DisseminationSettings::withGossipInterval);
		dissemination("gossip-fanout", Integer::valueOf, DisseminationSettings::withGossipFanout);
		dissemination("eager-fanout", Integer::valueOf, DisseminationSettings::withEagerFanout);
		dissemination("eager-delay", SettingsParser::duration, DisseminationSettings::withEagerDelay);
		dissemination("sends-max", Integer::valueOf, DisseminationSettings::withSendsMax);
		dissemination("bytes-per-second", SettingsParser::bytes, DisseminationSettings::withBytesPerSecond);
		dissemination("cross-zone-percent", Integer::valueOf, DisseminationSettings::withCrossZonePercent);
	}

	private static <V> void dissemination(String name, Function<String, V> parser,
			BiFunction<DisseminationSettings, V, DisseminationSettings> with) {
		SETTINGS.put("dissemination." + name,
				(builder, text) -> builder.dissemination((old) -> with.apply(old, parser.apply(text))));
	}

	private static void repair() {
		antiEntropy("interval", SettingsParser::duration, AntiEntropySettings::withInterval);
		antiEntropy("divergence-delay", SettingsParser::duration, AntiEntropySettings::withDivergenceDelay);
		antiEntropy("mode", SettingsParser::antiEntropyMode, AntiEntropySettings::withMode);
		antiEntropy("bytes-per-second", SettingsParser::bytes, AntiEntropySettings::withBytesPerSecond);
		healing("interval", HealingSettings::withInterval);
		healing("retention", HealingSettings::withRetention);
		SETTINGS.put("leave.timeout",
				(builder, text) -> builder.leave((LeaveSettings old) -> old.withTimeout(duration(text))));
	}

	private static AntiEntropyMode antiEntropyMode(String text) {
		String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
		return Arrays.stream(AntiEntropyMode.values())
			.filter((mode) -> mode.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("'" + text + "' must be push, pull or push-pull"));
	}

	private static <V> void antiEntropy(String name, Function<String, V> parser,
			BiFunction<AntiEntropySettings, V, AntiEntropySettings> with) {
		SETTINGS.put("anti-entropy." + name,
				(builder, text) -> builder.antiEntropy((old) -> with.apply(old, parser.apply(text))));
	}

	private static void healing(String name, BiFunction<HealingSettings, Duration, HealingSettings> with) {
		SETTINGS.put("healing." + name, (builder, text) -> builder.healing((old) -> with.apply(old, duration(text))));
	}

	private static void limits() {
		limit("members-max", LimitSettings::withMembersMax);
		limit("rumors-max", LimitSettings::withRumorsMax);
		limit("tombstones-max", LimitSettings::withTombstonesMax);
		SETTINGS.put("limits.metadata-bytes-max",
				(builder, text) -> builder.limits((old) -> old.withMetadataBytesMax(bytes(text))));
		limit("suspicions-max", LimitSettings::withSuspicionsMax);
		limit("corrections-per-second", LimitSettings::withCorrectionsPerSecond);
		limit("event-queue-max", LimitSettings::withEventQueueMax);
		limit("broadcasts-per-second", LimitSettings::withBroadcastsPerSecond);
		limit("messages-max", LimitSettings::withMessagesMax);
		limit("message-queue-max", LimitSettings::withMessageQueueMax);
	}

	private static void limit(String name, BiFunction<LimitSettings, Integer, LimitSettings> with) {
		SETTINGS.put("limits." + name,
				(builder, text) -> builder.limits((old) -> with.apply(old, Integer.valueOf(text))));
	}

	/** A duration as Spring writes it: {@code 2s}, {@code PT2S}, or milliseconds. */
	private static Duration duration(String text) {
		if (text.startsWith("P")) {
			try {
				return Duration.parse(text);
			}
			catch (DateTimeParseException ex) {
				throw new IllegalArgumentException("'" + text + "' is not a duration", ex);
			}
		}
		return Durations.parse(text.matches("[0-9]+") ? text + "ms" : text);
	}

	/**
	 * A number of bytes as Spring writes it: {@code 1400}, {@code 1400B}, {@code 4KB}.
	 */
	private static int bytes(String text) {
		String upper = text.toUpperCase(Locale.ROOT);
		int factor = upper.endsWith("KB") ? 1 << 10 : upper.endsWith("MB") ? 1 << 20 : 1;
		String digits = upper.replaceFirst("[KM]?B$", "").trim();
		try {
			return Math.multiplyExact(Integer.parseInt(digits), factor);
		}
		catch (ArithmeticException ex) {
			throw new NumberFormatException(text);
		}
	}

	/** A way to change one setting. */
	private interface Setting {

		void apply(GossipConfig.Builder builder, String text);

	}

}
