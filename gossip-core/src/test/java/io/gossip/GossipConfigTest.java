package io.gossip;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GossipConfigTest {

	static Stream<Range<?>> ranges() {
		return Stream.of(number("transport.port", 0, 65535, (b, v) -> b.transport((t) -> t.withPort(v))),
				number("transport.port-range", 1, 1000, (b, v) -> b.transport((t) -> t.withPortRange(v))),
				number("transport.advertise-port", 0, 65535, (b, v) -> b.transport((t) -> t.withAdvertisePort(v))),
				number("transport.datagram-budget-bytes", 576, 8192,
						(b, v) -> b.transport((t) -> t.withDatagramBudgetBytes(v))),
				number("transport.frame-bytes-max", 24 * 1024, 1 << 20,
						(b, v) -> b.transport((t) -> t.withFrameBytesMax(v))),
				number("transport.connections-max", 2, 65536, (b, v) -> b.transport((t) -> t.withConnectionsMax(v))),
				time("transport.connect-timeout", "PT0.01S", "PT5M",
						(b, v) -> b.transport((t) -> t.withConnectTimeout(v))),
				time("transport.idle-timeout", "PT0.1S", "PT24H", (b, v) -> b.transport((t) -> t.withIdleTimeout(v))),
				time("join.retry-initial", "PT0.01S", "PT24H",
						(b, v) -> b.join((j) -> j.withRetryMax(Duration.ofDays(1)).withRetryInitial(v))),
				time("join.retry-max", "PT0.5S", "PT24H", (b, v) -> b.join((j) -> j.withRetryMax(v))),
				number("join.snapshot-bytes-per-second", 65_536, 1 << 30,
						(b, v) -> b.join((j) -> j.withSnapshotBytesPerSecond(v))),
				time("join.attempt-timeout", "PT0.01S", "PT24H", (b, v) -> b.join((j) -> j.withAttemptTimeout(v))),
				time("failure-detection.probe-interval", "PT0.01S", "PT10M",
						(b, v) -> b
							.failureDetection((d) -> d.withProbeTimeout(Duration.ofMillis(1)).withProbeInterval(v))),
				number("failure-detection.indirect-probes", 0, 16,
						(b, v) -> b.failureDetection((d) -> d.withIndirectProbes(v))),
				time("failure-detection.tolerated-pause", "PT0S", "PT10M",
						(b, v) -> b.failureDetection((d) -> d.withToleratedPause(v))),
				number("failure-detection.suspicion-factor-max", 1, 100,
						(b, v) -> b.failureDetection((d) -> d.withSuspicionFactorMax(v))),
				number("failure-detection.suspicion-confirmations", 0, 8,
						(b, v) -> b.failureDetection((d) -> d.withSuspicionConfirmations(v))),
				number("failure-detection.local-health-max", 0, 32,
						(b, v) -> b.failureDetection((d) -> d.withLocalHealthMax(v))),
				time("failure-detection.zone-unreachable-timeout", "PT0S", "PT24H",
						(b, v) -> b.failureDetection((d) -> d.withZoneUnreachableTimeout(v))),
				time("dissemination.gossip-interval", "PT0.01S", "PT1M",
						(b, v) -> b.dissemination((d) -> d.withGossipInterval(v))),
				number("dissemination.gossip-fanout", 1, 16, (b, v) -> b.dissemination((d) -> d.withGossipFanout(v))),
				number("dissemination.eager-fanout", 0, 16, (b, v) -> b.dissemination((d) -> d.withEagerFanout(v))),
				time("dissemination.eager-delay", "PT0S", "PT0.2S",
						(b, v) -> b.dissemination((d) -> d.withEagerDelay(v))),
				number("dissemination.sends-max", 0, 64, (b, v) -> b.dissemination((d) -> d.withSendsMax(v))),
				time("anti-entropy.interval", "PT0S", "PT24H", (b, v) -> b.antiEntropy((a) -> a.withInterval(v))),
				time("anti-entropy.divergence-delay", "PT0.1S", "PT24H",
						(b, v) -> b.antiEntropy((a) -> a.withDivergenceDelay(v))),
				time("failure-detection.announced-pause-max", "PT0S", "PT1H",
						(b, v) -> b.failureDetection((f) -> f.withAnnouncedPauseMax(v))),
				number("dissemination.bytes-per-second", 1024, 1 << 30,
						(b, v) -> b.dissemination((d) -> d.withBytesPerSecond(v))),
				number("dissemination.cross-zone-percent", 1, 100,
						(b, v) -> b.dissemination((d) -> d.withCrossZonePercent(v))),
				number("anti-entropy.bytes-per-second", 1024, 1 << 30,
						(b, v) -> b.antiEntropy((a) -> a.withBytesPerSecond(v))),
				time("healing.interval", "PT0.1S", "PT24H", (b, v) -> b.healing((h) -> h.withInterval(v))),
				time("healing.retention", "PT1M", "PT480H", (b, v) -> b.healing((h) -> h.withRetention(v))),
				time("leave.timeout", "PT0S", "PT10M", (b, v) -> b.leave((l) -> l.withTimeout(v))));
	}

	static Stream<Range<?>> limits() {
		return Stream.of(number("limits.members-max", 2, 1_000_000, (b, v) -> b.limits((l) -> l.withMembersMax(v))),
				number("limits.rumors-max", 16, 1_000_000, (b, v) -> b.limits((l) -> l.withRumorsMax(v))),
				number("limits.tombstones-max", 1, 1_000_000, (b, v) -> b.limits((l) -> l.withTombstonesMax(v))),
				number("limits.metadata-bytes-max", 0, 6144, (b, v) -> b.limits((l) -> l.withMetadataBytesMax(v))),
				number("limits.suspicions-max", 1, 1_000_000, (b, v) -> b.limits((l) -> l.withSuspicionsMax(v))),
				number("limits.corrections-per-second", 1, 100_000,
						(b, v) -> b.limits((l) -> l.withCorrectionsPerSecond(v))),
				number("limits.event-queue-max", 16, 10_000_000, (b, v) -> b.limits((l) -> l.withEventQueueMax(v))),
				number("limits.broadcasts-per-second", 1, 10_000,
						(b, v) -> b.limits((l) -> l.withBroadcastsPerSecond(v))),
				number("limits.messages-max", 4, 4_096, (b, v) -> b.limits((l) -> l.withMessagesMax(v))),
				number("limits.message-queue-max", 16, 1_000_000, (b, v) -> b.limits((l) -> l.withMessageQueueMax(v))));
	}

	@ParameterizedTest
	@MethodSource({ "ranges", "limits" })
	void aNumberOrATimeMustBeWithinItsRange(Range<?> range) {
		assertThat(range.low.get()).isNotNull();
		assertThat(range.high.get()).isNotNull();
		assertThatExceptionOfType(GossipException.InvalidSetting.class).isThrownBy(range.below::get)
			.satisfies((failure) -> range.names(failure, range.belowText));
		assertThatExceptionOfType(GossipException.InvalidSetting.class).isThrownBy(range.above::get)
			.satisfies((failure) -> range.names(failure, range.aboveText));
	}

	static Stream<Bad> texts() {
		String long129 = "ä".repeat(64) + "x";
		SortedMap<String, String> crowd = new TreeMap<>();
		for (int i = 0; i < 257; i++) {
			crowd.put("k" + i, "");
		}
		return Stream.of(new Bad("cluster", "''", (b) -> b.node((n) -> n.withCluster(""))),
				new Bad("cluster", long129, (b) -> b.node((n) -> n.withCluster(long129))),
				new Bad("cluster", "a\u0007", (b) -> b.node((n) -> n.withCluster("a\u0007"))),
				new Bad("node.name", "''", (b) -> b.node((n) -> n.withName(""))),
				new Bad("node.name", long129, (b) -> b.node((n) -> n.withName(long129))),
				new Bad("node.state-directory", "'kept'", (b) -> b.node((n) -> n.withStateDirectory(Path.of("kept")))),
				new Bad("node.zone", "z".repeat(65), (b) -> b.node((n) -> n.withZone(new Zone("z".repeat(65))))),
				new Bad("node.metadata", "''", (b) -> metadata(b, Map.of("", "v"))),
				new Bad("node.metadata", "k".repeat(256), (b) -> metadata(b, Map.of("k".repeat(256), "v"))),
				new Bad("node.metadata", "4101 bytes", (b) -> metadata(b, Map.of("k", "v".repeat(4096)))),
				new Bad("node.metadata", "257 entries", (b) -> metadata(b, crowd)),
				new Bad("transport.bind-address", "''", (b) -> b.transport((t) -> t.withBindAddress(""))),
				new Bad("transport.port-range", "3", (b) -> b.transport((t) -> t.withPort(65534).withPortRange(3))));
	}

	@ParameterizedTest
	@MethodSource("texts")
	void aTextMustFitTheWire(Bad bad) {
		assertThatExceptionOfType(GossipException.InvalidSetting.class)
			.isThrownBy(() -> bad.change.apply(GossipConfig.builder()).build())
			.satisfies((failure) -> {
				assertThat(failure.setting()).isEqualTo(bad.setting);
				assertThat(failure.value()).contains(bad.value);
				assertThat(failure.rule()).startsWith("must ");
				assertThat(failure).hasMessageContainingAll(bad.setting, bad.value, failure.rule());
			});
	}

	@Test
	void aHelperHasTimeToAnswerAndAPauseBetweenAttemptsDoesNotShrink() {
		assertThatExceptionOfType(GossipException.InvalidSetting.class)
			.isThrownBy(() -> GossipConfig.builder()
				.failureDetection((settings) -> settings.withProbeTimeout(Duration.ofSeconds(1)))
				.build())
			.withMessage("Setting 'failure-detection.probe-timeout' is 1s: it must not exceed half of "
					+ "failure-detection.probe-interval, which is 1s, or helpers could not answer in time; "
					+ "lengthen the interval or shorten the timeout");
		assertThatExceptionOfType(GossipException.InvalidSetting.class)
			.isThrownBy(() -> GossipConfig.builder()
				.failureDetection((settings) -> settings.withProbeTimeout(Duration.ZERO))
				.build())
			.withMessageContaining("failure-detection.probe-timeout");
		assertThatExceptionOfType(GossipException.InvalidSetting.class)
			.isThrownBy(() -> GossipConfig.builder()
				.join((settings) -> settings.withRetryInitial(Duration.ofSeconds(31)))
				.build())
			.withMessage("Setting 'join.retry-max' is 30s: it must be within 31s to 24h");
	}

	@Test
	void theDefaultsAreValidAndABuilderStartsFromWhatItIsGiven() {
		GossipConfig defaults = GossipConfig.defaults();
		assertThat(defaults.toBuilder().build()).isEqualTo(defaults);
		GossipConfig changed = defaults.toBuilder()
			.node((node) -> node.withName("x").withZone(new Zone("z")))
			.transport((transport) -> transport.withPort(1).withAdvertiseAddress("h"))
			.build();
		assertThat(changed.node().name()).isEqualTo("x");
		assertThat(changed.toBuilder().build()).isEqualTo(changed);
		assertThat(changed.join()).isEqualTo(defaults.join());
	}

	@Test
	void theMostThatFitsIsAccepted() {
		GossipConfig config = metadata(GossipConfig.builder(), Map.of("k".repeat(255), "v".repeat(4096 - 4 - 255)))
			.node((node) -> node.withCluster("c".repeat(128))
				.withName("ä".repeat(64))
				.withZone(new Zone("z".repeat(64))))
			.build();
		assertThat(config.node().metadata()).hasSize(1);
	}

	@Test
	void metadataThatChangesLaterDoesNotChangeTheSettings() {
		SortedMap<String, String> metadata = new TreeMap<>(Map.of("k", "v"));
		GossipConfig config = GossipConfig.builder().node((node) -> node.withMetadata(metadata)).build();
		metadata.put("k", "changed");
		assertThat(config.node().metadata()).isEqualTo(Map.of("k", "v"));
	}

	private static GossipConfig.Builder metadata(GossipConfig.Builder builder, Map<String, String> metadata) {
		return builder.node((node) -> node.withMetadata(new TreeMap<>(metadata)));
	}

	private static Range<Integer> number(String setting, int low, int high, Change<Integer> change) {
		return new Range<>(setting, low, high, low - 1, high + 1, String.valueOf(low - 1), String.valueOf(high + 1),
				change);
	}

	private static Range<Duration> time(String setting, String lowText, String highText, Change<Duration> change) {
		Duration low = Duration.parse(lowText);
		Duration high = Duration.parse(highText);
		return new Range<>(setting, low, high, low.minusNanos(1), high.plusNanos(1), low.minusNanos(1).toNanos() + "ns",
				high.plusNanos(1).toNanos() + "ns", change);
	}

	@FunctionalInterface
	private interface Change<V> {

		GossipConfig.Builder apply(GossipConfig.Builder builder, V value);

	}

	@FunctionalInterface
	private interface Attempt {

		GossipConfig get();

	}

	/** A setting that must be within two values, both included. */
	private static final class Range<V> {

		private final String setting;

		private final Attempt low;

		private final Attempt high;

		private final Attempt below;

		private final Attempt above;

		private final String belowText;

		private final String aboveText;

		Range(String setting, V low, V high, V below, V above, String belowText, String aboveText, Change<V> change) {
			this.setting = setting;
			this.low = () -> change.apply(GossipConfig.builder(), low).build();
			this.high = () -> change.apply(GossipConfig.builder(), high).build();
			this.below = () -> change.apply(GossipConfig.builder(), below).build();
			this.above = () -> change.apply(GossipConfig.builder(), above).build();
			this.belowText = belowText;
			this.aboveText = aboveText;
		}

		void names(GossipException.InvalidSetting failure, String value) {
			assertThat(failure.setting()).isEqualTo(this.setting);
			assertThat(failure.value()).isEqualTo(value);
			assertThat(failure.rule()).startsWith("must ");
			assertThat(failure).hasMessageContainingAll(this.setting, value, failure.rule());
		}

		@Override
		public String toString() {
			return this.setting;
		}

	}

	private record Bad(String setting, String value, Function<GossipConfig.Builder, GossipConfig.Builder> change) {
	}

}
