package io.gossip.protocol.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeTimingTest {

	private final EngineHarness harness = new EngineHarness(81);

	@Test
	void helpersAreAskedTheSoonerTheFasterTheRoundTripsAre() {
		Node node = this.harness.node("node");
		List<TestPeer> peers = peers(node, 5);
		peers.get(0).answersPings = false;
		assertThat(patienceMillis(node, peers.get(0))).as("while nothing is known").isEqualTo(500);
		peers.get(0).answersPings = true;
		this.harness.run(30 * EngineHarness.SECOND);
		peers.get(1).answersPings = false;
		assertThat(patienceMillis(node, peers.get(1))).as("of round trips of 2 ms").isEqualTo(100);
	}

	@Test
	void answersThatAreLateMakeTheNodeMorePatientUnlessTheyCameOverAStream() {
		Node node = this.harness.node("node");
		List<TestPeer> peers = peers(node, 5);
		this.harness.run(30 * EngineHarness.SECOND);
		this.harness.delivers = (packet) -> packet.isFrame() || !packet.tells("ack ");
		this.harness.run(10 * EngineHarness.SECOND);
		this.harness.delivers = (packet) -> true;
		peers.get(1).answersPings = false;
		assertThat(patienceMillis(node, peers.get(1))).as("after answers over streams").isEqualTo(100);
		peers.get(1).answersPings = true;
		this.harness.latency = 75 * EngineHarness.MILLI;
		this.harness.run(20 * EngineHarness.SECOND);
		peers.get(2).answersPings = false;
		assertThat(patienceMillis(node, peers.get(2))).as("of round trips of 150 ms").isBetween(151L, 300L);
	}

	@ParameterizedTest
	@CsvSource({ "1000,500,1", "1000,500,100", "1000,500,200", "200,100,40", "100,50,20", "20,10,4", "1000,10,1" })
	void theWordOfAHelperIsInTimeWhateverTheSettings(int intervalMillis, int timeoutMillis, int latencyMillis) {
		this.harness.latency = latencyMillis * EngineHarness.MILLI;
		List<Node> nodes = this.harness.cluster(5,
				(config) -> config
					.failureDetection((settings) -> settings.withProbeInterval(Duration.ofMillis(intervalMillis))
						.withProbeTimeout(Duration.ofMillis(timeoutMillis))));
		this.harness.run(20L * intervalMillis * EngineHarness.MILLI);
		Node crashed = nodes.get(4);
		this.harness.crash(crashed);
		List<Node> others = nodes.subList(0, 4);
		this.harness.run(5L * intervalMillis * EngineHarness.MILLI);
		assertThat(this.harness.sent).filteredOn((packet) -> packet.tells("nack ")).isNotEmpty();
		assertThat(others).allSatisfy((node) -> assertThat(node.engine.localHealth()).isZero());
	}

	@Test
	void newsIsAsOldAsItsWayHereToo() {
		this.harness.latency = 20 * EngineHarness.MILLI;
		List<Node> nodes = this.harness.cluster(2, (config) -> config);
		this.harness.run(30 * EngineHarness.SECOND);
		nodes.get(0).rumorAges.clear();
		nodes.get(1).engine.updateMetadata(this.harness.now, new TreeMap<>());
		this.harness.run(EngineHarness.SECOND);
		assertThat(nodes.get(0).rumorAges).isNotEmpty()
			.allSatisfy((age) -> assertThat(age).isBetween(20 * EngineHarness.MILLI, 26 * EngineHarness.MILLI));
	}

	private List<TestPeer> peers(Node node, int count) {
		node.join();
		List<TestPeer> peers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			TestPeer peer = this.harness.peer("peer" + i);
			peer.introduce(node);
			peers.add(peer);
		}
		return peers;
	}

	/** How long the node waits for a peer that is silent before it asks helpers. */
	private long patienceMillis(Node node, TestPeer target) {
		int before = this.harness.sent.size();
		String request = " " + target.id.value() + " ";
		assertThat(this.harness.runUntil(() -> last(node, before, request) != null, 30 * EngineHarness.SECOND))
			.isTrue();
		EngineHarness.Packet asked = Objects.requireNonNull(last(node, before, request));
		long sentNanos = node.sent()
			.stream()
			.filter((packet) -> !packet.isFrame() && packet.to().equals(target.address) && packet.tells("ping "))
			.mapToLong(EngineHarness.Packet::sentNanos)
			.max()
			.orElseThrow();
		return (asked.sentNanos() - sentNanos) / EngineHarness.MILLI;
	}

	private EngineHarness.@Nullable Packet last(Node node, int before, String request) {
		return this.harness.sent.subList(before, this.harness.sent.size())
			.stream()
			.filter((packet) -> packet.from().equals(node.address))
			.filter((packet) -> packet.lines()
				.stream()
				.anyMatch((line) -> line.startsWith("pingRequest ") && line.contains(request)))
			.findFirst()
			.orElse(null);
	}

}
