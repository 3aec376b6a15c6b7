package io.gossip.micrometer;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.gossip.GossipConfig;
import io.gossip.netty.NettyGossipCluster;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProbeOutcome;
import io.gossip.protocol.TrafficClass;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GossipMetricsTests {

	private final GossipMetrics metrics = new GossipMetrics();

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private static NettyGossipCluster node(GossipMetrics metrics) {
		GossipConfig config = GossipConfig.builder()
			.node((node) -> node.withCluster("metrics"))
			.transport((transport) -> transport.withBindAddress("127.0.0.1").withPort(0))
			.build();
		NettyGossipCluster node = NettyGossipCluster.builder().config(config).observer(metrics).build();
		metrics.watch(node);
		return node;
	}

	@Test
	void registersExactlyWhatIsDocumented() {
		this.metrics.bindTo(this.registry);
		Set<String> found = new HashSet<>();
		for (Meter meter : this.registry.getMeters()) {
			if (meter.getId().getName().endsWith(".histogram")) {
				// how the simple registry shows the buckets of a timer
				continue;
			}
			GossipMeters documented = Arrays.stream(GossipMeters.values())
				.filter((candidate) -> candidate.getName().equals(meter.getId().getName()))
				.findFirst()
				.orElseThrow();
			found.add(documented.getName());
			assertThat(meter.getId().getType()).isEqualTo(documented.getType());
			assertThat(meter.getId().getDescription()).isNotBlank();
			assertThat(meter.getId().getTags()).extracting("key")
				.containsExactlyInAnyOrderElementsOf(
						Arrays.stream(documented.getKeyNames()).map((key) -> key.asString()).toList());
			if (documented.getType() != Meter.Type.TIMER) {
				assertThat(meter.getId().getBaseUnit()).isEqualTo(documented.getBaseUnit());
			}
		}
		assertThat(found).hasSize(GossipMeters.values().length);
	}

	@Test
	void registriesBoundInTurnAgree() {
		this.metrics.bindTo(this.registry);
		this.metrics.onDropped(DropReason.WRONG_CLUSTER);
		this.metrics.onDatagramSent(TrafficClass.PROBE, 66);
		this.metrics.onFrameReceived(100);
		MeterRegistry late = new SimpleMeterRegistry();
		this.metrics.bindTo(late);
		this.metrics.bindTo(late);
		this.metrics.onDropped(DropReason.WRONG_CLUSTER);
		for (MeterRegistry each : List.of(this.registry, late)) {
			assertThat(each.get("gossip.drops").tag("reason", "wrong-cluster").functionCounter().count()).isEqualTo(2);
			assertThat(each.get("gossip.data").tags("direction", "sent", "class", "probe").functionCounter().count())
				.isEqualTo(66);
			assertThat(each.get("gossip.messages").tag("direction", "received").functionCounter().count()).isEqualTo(1);
		}
		assertThat(late.getMeters()).hasSameSizeAs(this.registry.getMeters());
	}

	@Test
	void timersTellProbesByOutcome() {
		this.metrics.bindTo(this.registry);
		this.metrics.onProbe(ProbeOutcome.DIRECT, Duration.ofMillis(3).toNanos());
		this.metrics.onProbe(ProbeOutcome.TIMEOUT, 0);
		this.metrics.onRumorHeard(Duration.ofMillis(40).toNanos());
		assertThat(this.registry.get("gossip.probe").tag("outcome", "direct").timer().totalTime(TimeUnit.MILLISECONDS))
			.isEqualTo(3);
		assertThat(this.registry.get("gossip.probe").tag("outcome", "timeout").timer().count()).isOne();
		assertThat(this.registry.get("gossip.convergence").timer().max(TimeUnit.MILLISECONDS)).isEqualTo(40);
	}

	@Test
	void stateIsUnknownBeforeANodeIsWatchedAndFollowsItsStarts() {
		this.metrics.bindTo(this.registry);
		assertThat(members()).isNaN();
		NettyGossipCluster node = node(this.metrics);
		try {
			assertThat(members()).isZero();
			for (int i = 0; i < 2; i++) {
				node.start();
				node.joined().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
				assertThat(members()).isOne();
				double hash = this.registry.get("gossip.view.hash").gauge().value();
				assertThat(hash).isBetween(0.0, (double) 0xFFFFFFFFL);
				assertThat((long) hash).isEqualTo((node.view().hash() ^ (node.view().hash() >>> 32)) & 0xFFFFFFFFL);
				assertThat(this.registry.get("gossip.rumors.oldest").gauge().value()).as("nobody is there to be told")
					.isZero();
				node.stop();
			}
		}
		finally {
			node.close();
		}
	}

	private double members() {
		return this.registry.get("gossip.members").tag("state", "alive").gauge().value();
	}

	@Test
	void nodesThatShareARegistryAreToldApartByTags() {
		GossipMetrics first = new GossipMetrics(Tags.of("node", "first"));
		GossipMetrics second = new GossipMetrics(Tags.of("node", "second"));
		first.bindTo(this.registry);
		second.bindTo(this.registry);
		first.onDropped(DropReason.OVERSIZE);
		assertThat(
				this.registry.get("gossip.drops").tags("node", "first", "reason", "oversize").functionCounter().count())
			.isOne();
		assertThat(this.registry.get("gossip.drops")
			.tags("node", "second", "reason", "oversize")
			.functionCounter()
			.count()).isZero();
	}

}
