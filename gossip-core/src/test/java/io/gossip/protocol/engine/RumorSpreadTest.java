package io.gossip.protocol.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.gossip.MemberState;
import io.gossip.protocol.DropReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RumorSpreadTest {

	private final EngineHarness harness = new EngineHarness(81);

	@ParameterizedTest
	@CsvSource({ "1, 3, 2", "2, 0, 1", "3, 16, 16", "8, 3, 2", "8, 16, 16", "64, 16, 16" })
	void aPieceOfNewsIsSentAtMostAsOftenAsTheSettingAllows(int sendsMax, int eagerFanout, int gossipFanout) {
		Node node = this.harness.node("node",
				(config) -> config.dissemination((settings) -> settings.withSendsMax(sendsMax)
					.withEagerFanout(eagerFanout)
					.withGossipFanout(gossipFanout)));
		node.join();
		List<TestPeer> peers = peers(node, 40);
		this.harness.run(5 * EngineHarness.SECOND);
		TestPeer subject = peers.get(0);
		subject.incarnation = 4;
		peers.get(1).claim(node, subject, MemberState.ALIVE, 4, 0);
		this.harness.run(10 * EngineHarness.SECOND);
		assertThat(node.sent().stream().filter((packet) -> packet.tells("liveness " + subject.id.value() + " ALIVE 4")))
			.hasSizeBetween(1, sendsMax);
		assertThat(node.engine.rumorsQueued()).isZero();
	}

	@Test
	void noDatagramExceedsTheBudgetHoweverManyRumorsWait() {
		Node node = this.harness.node("node");
		node.join();
		List<TestPeer> peers = peers(node, 300);
		assertThat(node.engine.rumorsQueued()).isEqualTo(300);
		this.harness.run(EngineHarness.SECOND);
		assertThat(longestDatagram(0)).isBetween(1300, 1400);
		int before = this.harness.sent.size();
		node.engine.datagramBudget(576);
		for (TestPeer peer : peers) {
			peer.metadata.put("k", "v".repeat(40));
			peer.contentVersion++;
			peer.introduce(node);
		}
		assertThat(node.engine.rumorsQueued()).isGreaterThan(200);
		peers.get(0).tell(node, (packet) -> packet.ping(1));
		this.harness.run(60 * EngineHarness.SECOND);
		assertThat(longestDatagram(before)).isBetween(500, 576);
		assertThat(node.engine.rumorsQueued()).isZero();
	}

	@Test
	void aBudgetNeverGrowsBeyondTheSettingNorShrinksBelowItsMinimum() {
		Node node = this.harness.node("node");
		node.join();
		node.engine.datagramBudget(100_000);
		List<TestPeer> peers = peers(node, 200);
		this.harness.run(EngineHarness.SECOND);
		assertThat(longestDatagram(0)).isBetween(1300, 1400);
		node.engine.datagramBudget(10);
		int before = this.harness.sent.size();
		peers.forEach((peer) -> {
			peer.contentVersion++;
			peer.introduce(node);
		});
		this.harness.run(EngineHarness.SECOND);
		assertThat(longestDatagram(before)).isBetween(400, 576);
	}

	@Test
	void metadataThatFitsNoDatagramReachesEverybodyOverTheStream() {
		List<Node> nodes = this.harness.cluster(6, (config) -> config);
		SortedMap<String, String> metadata = new TreeMap<>();
		for (int i = 0; i < 8; i++) {
			metadata.put("key" + i, "x".repeat(490));
		}
		nodes.get(2).engine.updateMetadata(this.harness.now, metadata);
		assertThat(this.harness.runUntil(() -> EngineHarness.agree(nodes, 6), 3 * EngineHarness.SECOND)).isTrue();
		for (Node node : nodes) {
			assertThat(node.memberOf(nodes.get(2).id()).metadata()).isEqualTo(metadata);
		}
		assertThat(longestDatagram(0)).isLessThanOrEqualTo(1400);
		Node late = this.harness.node("late");
		late.join(nodes.get(0));
		assertThat(this.harness.runUntil(() -> late.engine.view().size() == 7, EngineHarness.SECOND)).isTrue();
		assertThat(late.memberOf(nodes.get(2).id()).metadata()).isEqualTo(metadata);
	}

	@Test
	void aLargeRecordIsStreamedToTheAddressOfTheMemberNotToTheSourceOfItsQuestion() {
		Node node = this.harness.node("node");
		node.join();
		TestPeer asker = this.harness.peer("asker");
		asker.introduce(node);
		node.engine.updateMetadata(this.harness.now, new TreeMap<>(Map.of("k", "v".repeat(3000))));
		// A translated port, as containers have it.
		TestPeer translated = new TestPeer(this.harness, "asker", this.harness.nextAddress(), asker.instance);
		translated.tell(node, (packet) -> packet.recordRequest(node.id().value()));
		assertThat(node.sent()).filteredOn((packet) -> packet.isFrame() && packet.tells("record"))
			.singleElement()
			.satisfies((packet) -> assertThat(packet.to()).isEqualTo(asker.address));
	}

	@Test
	void metadataThatFitsOnlyTheLargerBudgetArrivesAfterTheBudgetShrank() {
		List<Node> nodes = this.harness.cluster(4, (config) -> config);
		nodes.forEach((node) -> node.engine.datagramBudget(576));
		int before = this.harness.sent.size();
		nodes.get(1).engine.updateMetadata(this.harness.now, new TreeMap<>(Map.of("k", "v".repeat(700))));
		assertThat(this.harness.runUntil(() -> EngineHarness.agree(nodes, 4), 3 * EngineHarness.SECOND)).isTrue();
		assertThat(longestDatagram(before)).isLessThanOrEqualTo(576);
	}

	@Test
	void newsOfAStateIsToldEvenIfTheRecordOfBeforeIsStillWaiting() {
		Node node = this.harness.node("node",
				(config) -> config.dissemination((settings) -> settings.withGossipInterval(Duration.ofSeconds(10))));
		node.join();
		List<TestPeer> peers = peers(node, 30);
		// The flood of the records is over, and the last of their sends wait for the
		// tick.
		this.harness.run(EngineHarness.SECOND / 2);
		assertThat(node.engine.rumorsQueued()).isGreaterThan(20);
		int before = node.sent().size();
		TestPeer subject = peers.get(3);
		peers.get(1).claim(node, subject, MemberState.LEFT, 1, 0);
		this.harness.run(100 * EngineHarness.MILLI);
		assertThat(node.sent().subList(before, node.sent().size()))
			.as("the departure is pushed at once, not with what is left of the record")
			.filteredOn((packet) -> packet.lines()
				.stream()
				.anyMatch((line) -> line.contains(" " + subject.id.value() + " LEFT ")))
			.hasSizeGreaterThanOrEqualTo(3);
	}

	@Test
	void aFullQueueDoesNotSilenceARefutation() {
		Node node = this.harness.node("node", (config) -> config.limits((limits) -> limits.withRumorsMax(16)));
		node.join();
		List<TestPeer> peers = peers(node, 60);
		assertThat(node.engine.rumorsQueued()).isEqualTo(16);
		assertThat(node.drops(DropReason.RUMORS_LIMIT)).isEqualTo(44);
		peers.get(0)
			.tell(node, (packet) -> packet.liveness(node.id().value(), MemberState.SUSPECT, 1,
					node.engine.self().instance(), 0, 9));
		assertThat(node.engine.rumorsQueued()).isEqualTo(16);
		assertThat(node.drops(DropReason.RUMORS_LIMIT)).as("the ordinary rumor that made room").isEqualTo(45);
		this.harness.run(EngineHarness.SECOND);
		assertThat(node.sent()).anyMatch((packet) -> packet.tells("liveness " + node.id().value() + " ALIVE 2"));
	}

	@Test
	void newsReachesEverybodyWithinASecond() {
		List<Node> nodes = this.harness.cluster(30, (config) -> config);
		this.harness.run(3 * EngineHarness.SECOND);
		nodes.get(17).engine.updateMetadata(this.harness.now, new TreeMap<>(Map.of("k", "v")));
		assertThat(this.harness.runUntil(() -> EngineHarness.agree(nodes, 30), EngineHarness.SECOND)).isTrue();
	}

	private List<TestPeer> peers(Node node, int count) {
		List<TestPeer> peers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			TestPeer peer = this.harness.peer("peer" + i);
			peers.add(peer);
			peer.introduce(node);
		}
		return peers;
	}

	private int longestDatagram(int from) {
		return this.harness.sent.subList(from, this.harness.sent.size())
			.stream()
			.filter((packet) -> !packet.isFrame())
			.mapToInt((packet) -> packet.bytes().length)
			.max()
			.orElse(0);
	}

}
