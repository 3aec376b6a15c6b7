package io.gossip.protocol.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

import io.gossip.ClusterPhase;
import io.gossip.GossipConfig;
import io.gossip.protocol.wire.PacketEncoder;
import io.gossip.protocol.wire.SnapshotShare;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a joiner is told, and what of it, by whom. */
class SnapshotTest {

	private final EngineHarness harness = new EngineHarness(91);

	@Test
	void aSeedThatIsBusyTellsAJoinerOfItsEarlierStartAndNoOther() {
		Node seed = seedThatKnows(700, (i) -> 200,
				(config) -> config.join((join) -> join.withSnapshotBytesPerSecond(64 * 1024)));
		TestPeer known = this.harness.peer("known");
		known.introduce(seed);
		List<TestPeer> joiners = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			joiners.add(this.harness.peer((i < 2) ? "fresh" + i : "known"));
		}
		for (TestPeer joiner : joiners) {
			joiner.tellByStream(seed, joining(joiner));
		}
		this.harness.run(20 * EngineHarness.MILLI);
		assertThat(joiners.get(1).inbox).filteredOn((packet) -> packet.tells("busy"))
			.isNotEmpty()
			.noneMatch((packet) -> packet.tells("record " + joiners.get(1).id.value()));
		assertThat(joiners.get(2).inbox).filteredOn((packet) -> packet.tells("busy"))
			.isNotEmpty()
			.allMatch((packet) -> packet.tells("record " + joiners.get(2).id.value()));
	}

	@Test
	void whoeverHasTheSameViewAlreadyIsToldSoInAWord() {
		List<Node> nodes = this.harness.cluster(20, (config) -> config);
		TestPeer joiner = this.harness.peer("joiner");
		joiner.introduce(nodes.get(0));
		assertThat(this.harness.runUntil(() -> EngineHarness.agree(nodes, 21), 10 * EngineHarness.SECOND)).isTrue();
		joiner.inbox.clear();
		joiner.tellByStream(nodes.get(0), (packet) -> {
			packet.viewHash(nodes.get(0).engine.viewHash());
			packet.join(5, false, 21, SnapshotShare.ANY);
			joiner.record(packet);
		});
		this.harness.run(100 * EngineHarness.MILLI);
		assertThat(joiner.inbox).filteredOn((packet) -> packet.tells("snapshot 5 true"))
			.singleElement()
			.satisfies(
					(packet) -> assertThat(packet.lines()).filteredOn((line) -> line.startsWith("record")).hasSize(1));
	}

	@ParameterizedTest
	@CsvSource({ "false, 150, false", "true, 150, true", "true, 199, false" })
	void whoLacksManyIsToldAllByAMemberThatHasTimeWhileASeedOnlyCompares(boolean isReferred, int members,
			boolean isToldAll) {
		Node node = this.harness.node("node");
		node.join();
		List<TestPeer> peers = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			peers.add(this.harness.peer("p" + i));
			peers.get(i).introduce(node);
		}
		// Until what repair may spend at once is there again.
		this.harness.run(EngineHarness.SECOND);
		TestPeer asker = peers.get(0);
		asker.inbox.clear();
		asker.tellByStream(node, (packet) -> {
			packet.viewHash(1);
			packet.join(5, isReferred, members, SnapshotShare.ANY);
			asker.record(packet);
		});
		this.harness.run(300 * EngineHarness.MILLI);
		assertThat(asker.inbox.stream().anyMatch((packet) -> packet.tells("busy"))).isEqualTo(!isToldAll);
		assertThat(asker.inbox.stream().anyMatch((packet) -> packet.tells("digest"))).isEqualTo(!isToldAll);
		assertThat(asker.inbox.stream()
			.filter((packet) -> packet.tells("snapshot"))
			.flatMap((packet) -> packet.lines().stream())
			.filter((line) -> line.startsWith("record"))).hasSize(isToldAll ? 201 : 0);
	}

	@Test
	void whoAsksAgainAndKnowsAsMuchIsComparedWithHoweverFewTheyAre() {
		Node node = seedThatKnows(5, (i) -> 1, (config) -> config);
		this.harness.run(EngineHarness.SECOND);
		TestPeer asker = this.harness.peer("asker");
		asker.introduce(node);
		for (boolean isReferred : new boolean[] { false, true }) {
			asker.hear();
			asker.tellByStream(node, (packet) -> {
				packet.viewHash(1);
				packet.join(5, isReferred, 7, SnapshotShare.ANY);
				asker.record(packet);
			});
			this.harness.run(300 * EngineHarness.MILLI);
			List<String> heard = asker.hear();
			assertThat(heard.stream().anyMatch((line) -> line.startsWith("digest"))).isEqualTo(isReferred);
			assertThat(heard.stream().anyMatch((line) -> line.startsWith("snapshot"))).isEqualTo(!isReferred);
		}
	}

	@Test
	void aJoinerIsToldAllThoughTwoRecordsHardlyFitAFrame() {
		Node seed = seedThatKnows(12, (i) -> 4000, SnapshotTest::withSmallFrames);
		TestPeer joiner = this.harness.peer("joiner");
		joiner.metadata.put("k", "v".repeat(4000));
		joiner.tellByStream(seed, joining(joiner));
		this.harness.run(2 * EngineHarness.SECOND);
		List<String> told = joiner.inbox.stream()
			.filter((packet) -> packet.tells("snapshot"))
			.flatMap((packet) -> packet.lines().stream())
			.filter((line) -> line.startsWith("record"))
			.toList();
		assertThat(told).as("each once").hasSize(14).doesNotHaveDuplicates();
	}

	@Test
	void aLargeTableIsToldInFramesThatAreNoLargerThanTheSetting() {
		Node seed = seedThatKnows(500, (i) -> (i % 50 == 0) ? 4000 : 60, SnapshotTest::withSmallFrames);
		Node joiner = this.harness.node("joiner");
		joiner.join(seed);
		assertThat(this.harness.runUntil(() -> joiner.engine.view().size() == 502, 2 * EngineHarness.SECOND)).isTrue();
		assertThat(joiner.engine.phase()).isEqualTo(ClusterPhase.JOINED);
		assertThat(seed.sent()).filteredOn((packet) -> packet.isFrame())
			.hasSizeGreaterThan(4)
			.allMatch((packet) -> packet.bytes().length <= 24 * 1024);
		assertThat(this.harness.runUntil(() -> joiner.engine.viewHash() == seed.engine.viewHash(),
				2 * EngineHarness.SECOND))
			.isTrue();
	}

	private Node seedThatKnows(int members, IntUnaryOperator metadataBytes,
			UnaryOperator<GossipConfig.Builder> settings) {
		Node seed = this.harness.node("seed", settings);
		seed.join();
		for (int i = 0; i < members; i++) {
			TestPeer peer = this.harness.peer("p" + i);
			peer.metadata.put("k", "v".repeat(metadataBytes.applyAsInt(i)));
			peer.introduce(seed);
		}
		return seed;
	}

	private static GossipConfig.Builder withSmallFrames(GossipConfig.Builder config) {
		return config.transport((transport) -> transport.withFrameBytesMax(24 * 1024));
	}

	private static Consumer<PacketEncoder> joining(TestPeer joiner) {
		return (packet) -> {
			packet.join(5, false, 1, SnapshotShare.ANY);
			joiner.record(packet);
		};
	}

}
