package io.gossip;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.gossip.GossipException.InvalidSetting;

/** The rules of {@link GossipConfig}, all in one place. */
final class GossipConfigRules {

	private static final Duration DAY = Duration.ofDays(1);

	private static final Duration TICK_MIN = Duration.ofMillis(10);

	/** In bytes a second: any packet goes within seconds. */
	private static final int RATE_MIN = 1 << 10;

	private static final int RATE_MAX = 1 << 30;

	private static final int NAME_BYTES_MAX = 128;

	private static final int ZONE_BYTES_MAX = 64;

	private static final int METADATA_ENTRIES_MAX = 256;

	private GossipConfigRules() {
	}

	static void check(NodeSettings node, TransportSettings transport, JoinSettings join,
			FailureDetectionSettings detection, DisseminationSettings dissemination, AntiEntropySettings antiEntropy,
			HealingSettings healing, LeaveSettings leave, LimitSettings limits) {
		// First the limits, by which others are checked.
		checkLimits(limits);
		checkNode(node, limits);
		checkTransport(transport);
		between("join.retry-initial", join.retryInitial(), TICK_MIN, DAY);
		between("join.retry-max", join.retryMax(), join.retryInitial(), DAY);
		between("join.attempt-timeout", join.attemptTimeout(), TICK_MIN, DAY);
		between("join.snapshot-bytes-per-second", join.snapshotBytesPerSecond(), 64 * 1024, 1 << 30);
		checkDetection(detection);
		between("dissemination.gossip-interval", dissemination.gossipInterval(), TICK_MIN, Duration.ofMinutes(1));
		between("dissemination.gossip-fanout", dissemination.gossipFanout(), 1, 16);
		between("dissemination.eager-fanout", dissemination.eagerFanout(), 0, 16);
		between("dissemination.eager-delay", dissemination.eagerDelay(), Duration.ZERO, dissemination.gossipInterval());
		between("dissemination.sends-max", dissemination.sendsMax(), 0, 64);
		between("dissemination.bytes-per-second", dissemination.bytesPerSecond(), RATE_MIN, RATE_MAX);
		between("dissemination.cross-zone-percent", dissemination.crossZonePercent(), 1, 100);
		between("anti-entropy.interval", antiEntropy.interval(), Duration.ZERO, DAY);
		between("anti-entropy.divergence-delay", antiEntropy.divergenceDelay(), Duration.ofMillis(100), DAY);
		between("anti-entropy.bytes-per-second", antiEntropy.bytesPerSecond(), RATE_MIN, RATE_MAX);
		between("healing.interval", healing.interval(), Duration.ofMillis(100), DAY);
		between("healing.retention", healing.retention(), Duration.ofMinutes(1), Duration.ofDays(20));
		between("leave.timeout", leave.timeout(), Duration.ZERO, Duration.ofMinutes(10));
	}

	private static void checkNode(NodeSettings node, LimitSettings limits) {
		text("cluster", node.cluster(), 1, NAME_BYTES_MAX);
		if (node.name() != null) {
			text("node.name", node.name(), 1, NAME_BYTES_MAX);
		}
		else if (node.stateDirectory() != null) {
			throw new InvalidSetting("node.state-directory", "'" + node.stateDirectory() + "'",
					"must not be set without node.name: a node without a name is another one in each process, and"
							+ " has nothing to keep; give it a name that is stable over restarts, or no directory");
		}
		text("node.zone", node.zone().name(), 0, ZONE_BYTES_MAX);
		if (node.metadata().size() > METADATA_ENTRIES_MAX) {
			throw new InvalidSetting("node.metadata", node.metadata().size() + " entries",
					"must not have more than " + METADATA_ENTRIES_MAX);
		}
		int bytes = 0;
		for (Map.Entry<String, String> entry : node.metadata().entrySet()) {
			text("node.metadata", entry.getKey(), 1, 255);
			bytes += 4 + utf8Length(entry.getKey()) + utf8Length(entry.getValue());
		}
		if (bytes > limits.metadataBytesMax()) {
			throw new InvalidSetting("node.metadata", bytes + " bytes",
					"must not exceed limits.metadata-bytes-max, which is " + limits.metadataBytesMax());
		}
	}

	private static void checkTransport(TransportSettings transport) {
		text("transport.bind-address", transport.bindAddress(), 1, 255);
		between("transport.port", transport.port(), 0, 65535);
		between("transport.port-range", transport.portRange(), 1, 1000);
		if (transport.port() + transport.portRange() - 1 > 65535) {
			throw new InvalidSetting("transport.port-range", transport.portRange(),
					"must keep every port within 65535; it starts at " + transport.port());
		}
		between("transport.advertise-port", transport.advertisePort(), 0, 65535);
		between("transport.datagram-budget-bytes", transport.datagramBudgetBytes(), 576, 8192);
		between("transport.frame-bytes-max", transport.frameBytesMax(), 24 * 1024, 1 << 20);
		between("transport.connections-max", transport.connectionsMax(), 2, 65536);
		between("transport.connect-timeout", transport.connectTimeout(), TICK_MIN, Duration.ofMinutes(5));
		between("transport.idle-timeout", transport.idleTimeout(), Duration.ofMillis(100), DAY);
	}

	private static void checkDetection(FailureDetectionSettings detection) {
		between("failure-detection.probe-interval", detection.probeInterval(), TICK_MIN, Duration.ofMinutes(10));
		between("failure-detection.probe-timeout", detection.probeTimeout(), Duration.ofMillis(1), DAY);
		// A helper has the rest of the interval to say that it has no answer, and its
		// word
		// takes a round trip, too, which may be as long as the timeout.
		if (detection.probeTimeout().multipliedBy(2).compareTo(detection.probeInterval()) > 0) {
			throw new InvalidSetting("failure-detection.probe-timeout", text(detection.probeTimeout()),
					"must not exceed half of failure-detection.probe-interval, which is "
							+ text(detection.probeInterval())
							+ ", or helpers could not answer in time; lengthen the interval or shorten the timeout");
		}
		between("failure-detection.indirect-probes", detection.indirectProbes(), 0, 16);
		between("failure-detection.tolerated-pause", detection.toleratedPause(), Duration.ZERO, Duration.ofMinutes(10));
		between("failure-detection.suspicion-factor-max", detection.suspicionFactorMax(), 1, 100);
		between("failure-detection.suspicion-confirmations", detection.suspicionConfirmations(), 0, 8);
		between("failure-detection.local-health-max", detection.localHealthMax(), 0, 32);
		between("failure-detection.zone-unreachable-timeout", detection.zoneUnreachableTimeout(), Duration.ZERO, DAY);
		between("failure-detection.announced-pause-max", detection.announcedPauseMax(), Duration.ZERO,
				Duration.ofHours(1));
	}

	private static void checkLimits(LimitSettings limits) {
		between("limits.members-max", limits.membersMax(), 2, 1_000_000);
		between("limits.rumors-max", limits.rumorsMax(), 16, 1_000_000);
		between("limits.tombstones-max", limits.tombstonesMax(), 1, 1_000_000);
		between("limits.metadata-bytes-max", limits.metadataBytesMax(), 0, 6144);
		between("limits.suspicions-max", limits.suspicionsMax(), 1, 1_000_000);
		between("limits.corrections-per-second", limits.correctionsPerSecond(), 1, 100_000);
		between("limits.event-queue-max", limits.eventQueueMax(), 16, 10_000_000);
		between("limits.broadcasts-per-second", limits.broadcastsPerSecond(), 1, 10_000);
		between("limits.messages-max", limits.messagesMax(), 4, 4_096);
		between("limits.message-queue-max", limits.messageQueueMax(), 16, 1_000_000);
	}

	private static void text(String setting, String value, int bytesMin, int bytesMax) {
		int bytes = utf8Length(value);
		if (bytes < bytesMin || bytes > bytesMax || value.chars().anyMatch(Character::isISOControl)) {
			throw new InvalidSetting(setting, "'" + value + "'",
					"must have " + bytesMin + " to " + bytesMax + " bytes of UTF-8 and no control characters");
		}
	}

	private static int utf8Length(String value) {
		return value.getBytes(StandardCharsets.UTF_8).length;
	}

	private static void between(String setting, int value, int min, int max) {
		if (value < min || value > max) {
			throw new InvalidSetting(setting, value, "must be within " + min + " to " + max);
		}
	}

	private static void between(String setting, Duration value, Duration min, Duration max) {
		if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
			throw new InvalidSetting(setting, text(value), "must be within " + text(min) + " to " + text(max));
		}
	}

	/**
	 * A duration as people write it in settings: {@code 500ms}, {@code 2s}, {@code 24h}.
	 */
	private static String text(Duration duration) {
		if (duration.toSeconds() > Long.MAX_VALUE / 1_000_000_000L - 1) {
			return duration.toString();
		}
		long nanos = duration.toNanos();
		if (nanos % 3_600_000_000_000L == 0 && nanos != 0) {
			return duration.toHours() + "h";
		}
		if (nanos % 1_000_000_000L == 0) {
			return duration.toSeconds() + "s";
		}
		return (nanos % 1_000_000L == 0) ? duration.toMillis() + "ms" : nanos + "ns";
	}

}
