package io.gossip.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import io.gossip.AntiEntropyMode;
import io.gossip.GossipConfig;
import io.gossip.GossipException.InvalidSetting;
import io.gossip.NodeSettings;
import io.gossip.TransportSettings;
import io.gossip.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class PropertyMappingTests {

	/**
	 * A property, a value that is not its default, and the only setting that it changes.
	 */
	static Stream<Arguments> properties() {
		return Stream.of(of("cluster", "blue", (b) -> b.node((n) -> n.withCluster("blue"))),
				of("node.name", "n1", (b) -> b.node((n) -> n.withName("n1"))),
				of("node.zone", "eu-1", (b) -> b.node((n) -> n.withZone(new Zone("eu-1")))),
				of("node.metadata.version", "2", (b) -> b.node((n) -> n.withMetadata(with(n, "version", "2")))),
				of("transport.bind-address", "127.0.0.1", (b) -> b.transport((t) -> t.withBindAddress("127.0.0.1"))),
				of("transport.port", "7000", (b) -> b.transport((t) -> t.withPort(7000).withPortRange(1))),
				of("transport.port-range", "3", (b) -> b.transport((t) -> t.withPortRange(3))),
				of("transport.advertise-address", "10.0.0.1",
						(b) -> b.transport((t) -> t.withAdvertiseAddress("10.0.0.1"))),
				of("transport.advertise-port", "7001", (b) -> b.transport((t) -> t.withAdvertisePort(7001))),
				of("transport.datagram-budget-bytes", "1200",
						(b) -> b.transport((t) -> t.withDatagramBudgetBytes(1200))),
				of("transport.frame-bytes-max", "128KB", (b) -> b.transport((t) -> t.withFrameBytesMax(128 * 1024))),
				of("transport.connections-max", "99", (b) -> b.transport((t) -> t.withConnectionsMax(99))),
				of("transport.connect-timeout", "1500ms",
						(b) -> b.transport((t) -> t.withConnectTimeout(Duration.ofMillis(1500)))),
				of("transport.idle-timeout", "1m", (b) -> b.transport((t) -> t.withIdleTimeout(Duration.ofMinutes(1)))),
				of("join.retry-initial", "700ms", (b) -> b.join((j) -> j.withRetryInitial(Duration.ofMillis(700)))),
				of("join.retry-max", "40s", (b) -> b.join((j) -> j.withRetryMax(Duration.ofSeconds(40)))),
				of("join.snapshot-bytes-per-second", "2MB",
						(b) -> b.join((j) -> j.withSnapshotBytesPerSecond(2 * 1024 * 1024))),
				of("join.attempt-timeout", "4s", (b) -> b.join((j) -> j.withAttemptTimeout(Duration.ofSeconds(4)))),
				of("failure-detection.probe-interval", "3s",
						(b) -> b.failureDetection((f) -> f.withProbeInterval(Duration.ofSeconds(3)))),
				of("failure-detection.probe-timeout", "300ms",
						(b) -> b.failureDetection((f) -> f.withProbeTimeout(Duration.ofMillis(300)))),
				of("failure-detection.indirect-probes", "5", (b) -> b.failureDetection((f) -> f.withIndirectProbes(5))),
				of("failure-detection.tolerated-pause", "10s",
						(b) -> b.failureDetection((f) -> f.withToleratedPause(Duration.ofSeconds(10)))),
				of("failure-detection.suspicion-factor-max", "7",
						(b) -> b.failureDetection((f) -> f.withSuspicionFactorMax(7))),
				of("failure-detection.suspicion-confirmations", "4",
						(b) -> b.failureDetection((f) -> f.withSuspicionConfirmations(4))),
				of("failure-detection.local-health-max", "9",
						(b) -> b.failureDetection((f) -> f.withLocalHealthMax(9))),
				of("failure-detection.zone-unreachable-timeout", "1m",
						(b) -> b.failureDetection((f) -> f.withZoneUnreachableTimeout(Duration.ofMinutes(1)))),
				of("failure-detection.announced-pause-max", "40s",
						(b) -> b.failureDetection((f) -> f.withAnnouncedPauseMax(Duration.ofSeconds(40)))),
				of("dissemination.gossip-interval", "100ms",
						(b) -> b.dissemination((d) -> d.withGossipInterval(Duration.ofMillis(100)))),
				of("dissemination.gossip-fanout", "4", (b) -> b.dissemination((d) -> d.withGossipFanout(4))),
				of("dissemination.eager-fanout", "5", (b) -> b.dissemination((d) -> d.withEagerFanout(5))),
				of("dissemination.eager-delay", "6ms",
						(b) -> b.dissemination((d) -> d.withEagerDelay(Duration.ofMillis(6)))),
				of("dissemination.bytes-per-second", "1MB",
						(b) -> b.dissemination((d) -> d.withBytesPerSecond(1024 * 1024))),
				of("dissemination.sends-max", "7", (b) -> b.dissemination((d) -> d.withSendsMax(7))),
				of("anti-entropy.mode", "pull", (b) -> b.antiEntropy((a) -> a.withMode(AntiEntropyMode.PULL))),
				of("dissemination.cross-zone-percent", "15", (b) -> b.dissemination((d) -> d.withCrossZonePercent(15))),
				of("anti-entropy.bytes-per-second", "9000B", (b) -> b.antiEntropy((a) -> a.withBytesPerSecond(9000))),
				of("anti-entropy.interval", "45s", (b) -> b.antiEntropy((a) -> a.withInterval(Duration.ofSeconds(45)))),
				of("anti-entropy.divergence-delay", "3s",
						(b) -> b.antiEntropy((a) -> a.withDivergenceDelay(Duration.ofSeconds(3)))),
				of("healing.interval", "11s", (b) -> b.healing((h) -> h.withInterval(Duration.ofSeconds(11)))),
				of("healing.retention", "12h", (b) -> b.healing((h) -> h.withRetention(Duration.ofHours(12)))),
				of("leave.timeout", "2s", (b) -> b.leave((l) -> l.withTimeout(Duration.ofSeconds(2)))),
				of("limits.members-max", "500", (b) -> b.limits((l) -> l.withMembersMax(500))),
				of("limits.rumors-max", "501", (b) -> b.limits((l) -> l.withRumorsMax(501))),
				of("limits.tombstones-max", "502", (b) -> b.limits((l) -> l.withTombstonesMax(502))),
				of("limits.metadata-bytes-max", "1KB", (b) -> b.limits((l) -> l.withMetadataBytesMax(1024))),
				of("limits.suspicions-max", "503", (b) -> b.limits((l) -> l.withSuspicionsMax(503))),
				of("limits.corrections-per-second", "504", (b) -> b.limits((l) -> l.withCorrectionsPerSecond(504))),
				of("limits.event-queue-max", "505", (b) -> b.limits((l) -> l.withEventQueueMax(505))),
				of("limits.broadcasts-per-second", "506", (b) -> b.limits((l) -> l.withBroadcastsPerSecond(506))),
				of("limits.messages-max", "507", (b) -> b.limits((l) -> l.withMessagesMax(507))),
				of("limits.message-queue-max", "508", (b) -> b.limits((l) -> l.withMessageQueueMax(508))));
	}

	@ParameterizedTest(name = "gossip.{0}={1}")
	@MethodSource("properties")
	void aPropertyChangesItsSettingAndNoOther(String name, String value,
			Function<GossipConfig.Builder, GossipConfig.Builder> change) {
		GossipConfig expected = change.apply(config(Map.of()).toBuilder()).build();
		assertThat(config(Map.of("gossip." + name, value))).isEqualTo(expected).isNotEqualTo(config(Map.of()));
	}

	@Test
	void aStateDirectoryIsThatOfANodeWithAName() {
		GossipConfig config = config(Map.of("gossip.node.name", "n1", "gossip.node.state-directory", "kept/here"));
		assertThat(config.node().stateDirectory()).isEqualTo(Path.of("kept/here"));
		assertThat(config(Map.of("gossip.node.state-directory", "")).node().stateDirectory()).isNull();
		assertThatExceptionOfType(InvalidSetting.class)
			.isThrownBy(() -> config(Map.of("gossip.node.state-directory", "kept/here")))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("node.state-directory"))
			.withMessageContaining("node.name");
		assertThatExceptionOfType(InvalidSetting.class)
			.isThrownBy(() -> config(Map.of("gossip.node.name", "n1", "gossip.node.state-directory", "a\0b")))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("node.state-directory"));
	}

	@Test
	void noPropertyIsWithoutSuchATest() {
		Map<String, String> tested = new LinkedHashMap<>();
		properties().forEach((arguments) -> tested.put("gossip." + arguments.get()[0], ""));
		tested.put("gossip.node.metadata", "");
		tested.put("gossip.node.state-directory", "");
		propertiesOfTheModule().forEach((name) -> tested.put(name, ""));
		assertThat(PropertyTable.properties()).extracting(PropertyTable.Property::name)
			.filteredOn((name) -> name.startsWith("gossip."))
			.isSubsetOf(tested.keySet());
	}

	@Test
	void anUnsetPortTriesTenFrom7946() {
		TransportSettings transport = config(Map.of()).transport();
		assertThat(transport.port()).isEqualTo(7946);
		assertThat(transport.portRange()).isEqualTo(10);
	}

	@Test
	void aSetPortIsTheOnlyOneTried() {
		TransportSettings transport = config(Map.of("gossip.transport.port", "7946")).transport();
		assertThat(transport.port()).isEqualTo(7946);
		assertThat(transport.portRange()).isEqualTo(1);
	}

	@Test
	void anEmptyNameAndAnEmptyAdvertisedAddressAreUnset() {
		GossipConfig config = config(Map.of("gossip.node.name", "", "gossip.transport.advertise-address", ""));
		assertThat(config.node().name()).isNull();
		assertThat(config.transport().advertiseAddress()).isNull();
	}

	@Test
	void aGivenServiceWinsOverTheNameOfTheApplication() {
		assertThat(config(Map.of("gossip.node.metadata.service", "mine")).node().metadata())
			.containsExactly(Map.entry("service", "mine"));
	}

	@Test
	void aSizeBeyondAnIntIsAnInvalidSettingAndDoesNotWrapAround() {
		assertThatExceptionOfType(InvalidSetting.class)
			.isThrownBy(() -> config(Map.of("gossip.transport.frame-bytes-max", "4GB")))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("transport.frame-bytes-max"));
	}

	/** Those that are no setting of the core; each is tested where it has its effect. */
	static List<String> propertiesOfTheModule() {
		return List.of("gossip.discovery.enabled", "gossip.enabled", "gossip.endpoint.events-max",
				"gossip.health.diverged-status", "gossip.health.divergence-delay", "gossip.health.divergence-threshold",
				"gossip.health.isolated-status", "gossip.join.required", "gossip.join.timeout",
				"gossip.leave.drain-delay", "gossip.seeds", "gossip.seeds-file", "gossip.sentinels",
				"gossip.test.isolated", "gossip.test.seed-beans");
	}

	private static GossipConfig config(Map<String, String> properties) {
		return ConfigurationMetadataTests.config(properties);
	}

	private static SortedMap<String, String> with(NodeSettings node, String key, String value) {
		SortedMap<String, String> metadata = new TreeMap<>(node.metadata());
		metadata.put(key, value);
		return metadata;
	}

	private static Arguments of(String name, String value,
			Function<GossipConfig.Builder, GossipConfig.Builder> change) {
		return arguments(name, value, change);
	}

}
