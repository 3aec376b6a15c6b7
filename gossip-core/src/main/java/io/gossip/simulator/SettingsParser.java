package io.gossip.simulator;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.gossip.GossipConfig;
import io.gossip.GossipConfig.AntiEntropy;
import io.gossip.GossipConfig.Dissemination;
import io.gossip.GossipConfig.FailureDetection;
import io.gossip.GossipConfig.Healing;
import io.gossip.GossipConfig.Join;
import io.gossip.GossipConfig.Leave;
import io.gossip.GossipConfig.Limits;
import io.gossip.GossipConfig.Transport;

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
		String plain = (name.startsWith("gossip.")) ? name.substring("gossip.".length()) : name;
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

	private static void transport() {
		transport("datagram-budget-bytes", Integer::valueOf, Transport::withDatagramBudgetBytes);
		transport("frame-bytes-max", Integer::valueOf, Transport::withFrameBytesMax);
		transport("connections-max", Integer::valueOf, Transport::withConnectionsMax);
		transport("connect-timeout", Durations::parse, Transport::withConnectTimeout);
		transport("idle-timeout", Durations::parse, Transport::withIdleTimeout);
	}

	private static <V> void transport(String name, Function<String, V> parser,
			BiFunction<Transport, V, Transport> with) {
		SETTINGS.put("transport." + name,
				(builder, text) -> builder.transport((old) -> with.apply(old, parser.apply(text))));
	}

	private static void join() {
		join("retry-initial", Join::withRetryInitial);
		join("retry-max", Join::withRetryMax);
		join("attempt-timeout", Join::withAttemptTimeout);
	}

	private static void join(String name, BiFunction<Join, Duration, Join> with) {
		SETTINGS.put("join." + name, (builder, text) -> builder.join((old) -> with.apply(old, Durations.parse(text))));
	}

	private static void failureDetection() {
		failureDetection("probe-interval", Durations::parse, FailureDetection::withProbeInterval);
		failureDetection("probe-timeout", Durations::parse, FailureDetection::withProbeTimeout);
		failureDetection("indirect-probes", Integer::valueOf, FailureDetection::withIndirectProbes);
		failureDetection("tolerated-pause", Durations::parse, FailureDetection::withToleratedPause);
		failureDetection("suspicion-factor-max", Integer::valueOf, FailureDetection::withSuspicionFactorMax);
		failureDetection("suspicion-confirmations", Integer::valueOf, FailureDetection::withSuspicionConfirmations);
		failureDetection("local-health-max", Integer::valueOf, FailureDetection::withLocalHealthMax);
	}

	private static <V> void failureDetection(String name, Function<String, V> parser,
			BiFunction<FailureDetection, V, FailureDetection> with) {
		SETTINGS.put("failure-detection." + name,
				(builder, text) -> builder.failureDetection((old) -> with.apply(old, parser.apply(text))));
	}

	private static void dissemination() {
		dissemination("gossip-interval", Durations::parse, Dissemination::withGossipInterval);
		dissemination("gossip-fanout", Integer::valueOf, Dissemination::withGossipFanout);
		dissemination("eager-fanout", Integer::valueOf, Dissemination::withEagerFanout);
		dissemination("eager-delay", Durations::parse, Dissemination::withEagerDelay);
		dissemination("sends-max", Integer::valueOf, Dissemination::withSendsMax);
	}

	private static <V> void dissemination(String name, Function<String, V> parser,
			BiFunction<Dissemination, V, Dissemination> with) {
		SETTINGS.put("dissemination." + name,
				(builder, text) -> builder.dissemination((old) -> with.apply(old, parser.apply(text))));
	}

	private static void repair() {
		antiEntropy("interval", AntiEntropy::withInterval);
		antiEntropy("divergence-delay", AntiEntropy::withDivergenceDelay);
		healing("interval", Healing::withInterval);
		healing("retention", Healing::withRetention);
		SETTINGS.put("leave.timeout",
				(builder, text) -> builder.leave((Leave old) -> old.withTimeout(Durations.parse(text))));
	}

	private static void antiEntropy(String name, BiFunction<AntiEntropy, Duration, AntiEntropy> with) {
		SETTINGS.put("anti-entropy." + name,
				(builder, text) -> builder.antiEntropy((old) -> with.apply(old, Durations.parse(text))));
	}

	private static void healing(String name, BiFunction<Healing, Duration, Healing> with) {
		SETTINGS.put("healing." + name,
				(builder, text) -> builder.healing((old) -> with.apply(old, Durations.parse(text))));
	}

	private static void limits() {
		limit("members-max", Limits::withMembersMax);
		limit("rumors-max", Limits::withRumorsMax);
		limit("tombstones-max", Limits::withTombstonesMax);
		limit("metadata-bytes-max", Limits::withMetadataBytesMax);
		limit("suspicions-max", Limits::withSuspicionsMax);
		limit("corrections-per-second", Limits::withCorrectionsPerSecond);
		limit("event-queue-max", Limits::withEventQueueMax);
	}

	private static void limit(String name, BiFunction<Limits, Integer, Limits> with) {
		SETTINGS.put("limits." + name,
				(builder, text) -> builder.limits((old) -> with.apply(old, Integer.valueOf(text))));
	}

	/** A way to change one setting. */
	private interface Setting {

		void apply(GossipConfig.Builder builder, String text);

	}

}
