package io.gossip.protocol.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gossip.ClusterPhase;
import io.gossip.MemberState;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.UnreachableReason;
import io.gossip.protocol.wire.SnapshotShare;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A large table that a joiner is told in shares, by many members. */
class SharedSnapshotTest {

	private static final int NODES = 30;

	/** 60 KB in all, so that there are seven shares. */
	private static final int METADATA_BYTES = 2000;

	private final EngineHarness harness = new EngineHarness(17);

	@Test
	void aLargeTableAtRestIsToldByManyAndNobodyTellsMuch() {
		List<Node> nodes = atRest();
		Node joiner = this.harness.node("joiner");
		join(joiner, nodes.get(0));
		assertThat(joiner.engine.view().size()).isEqualTo(NODES + 1);
		List<Node> tellers = nodes.stream().filter((node) -> bytesTold(node) > 0).toList();
		assertThat(tellers).hasSizeGreaterThanOrEqualTo(5);
		assertThat(nodes).allSatisfy((node) -> assertThat(bytesTold(node)).isLessThan(20_000));
		assertThat(nodes.stream().mapToInt(SharedSnapshotTest::bytesTold).sum()).as("each member once")
			.isLessThan(NODES * (METADATA_BYTES + 200));
	}

	@Test
	void whoeverIsAskedForAShareAndIsSilentIsReplacedByAnother() {
		List<Node> nodes = atRest();
		nodes.subList(1, 13).forEach(this.harness::crash);
		Node joiner = this.harness.node("joiner");
		joiner.join(nodes.get(0));
		assertThat(this.harness.runUntil(() -> joiner.engine.phase() == ClusterPhase.JOINED, 4 * EngineHarness.SECOND))
			.isTrue();
		assertThat(joiner.engine.view().all()).hasSize(NODES + 1);
		assertThat(joiner.sent()).as("nobody starts all over")
			.filteredOn((packet) -> packet.tells("join"))
			.filteredOn((packet) -> packet.to().equals(nodes.get(0).address))
			.hasSizeLessThanOrEqualTo(3);
	}

	@Test
	void whoWasToldInSharesKnowsThatTheClusterIsAtRest() {
		List<Node> nodes = atRest();
		Node joiner = this.harness.node("joiner");
		join(joiner, nodes.get(0));
		// How long records are it learns from the first that it tells.
		join(this.harness.node("second"), joiner);
		this.harness.sent.clear();
		join(this.harness.node("third"), joiner);
		assertThat(bytesTold(joiner)).as("it tells a share, too").isBetween(1, 20_000);
	}

	/** It hears old news, all of which is new to it, and has not joined yet. */
	@Test
	void whoeverIsBeingToldInSharesSpreadsNewsAsInAClusterAtRest() {
		TestPeer seed = this.harness.peer("seed");
		Node joiner = this.harness.node("joiner");
		joiner.join(List.of(seed.address));
		this.harness.run(5 * EngineHarness.MILLI);
		int sequence = sequenceAskedOf(seed);
		List<TestPeer> members = new ArrayList<>();
		for (int i = 0; i < 140; i++) {
			members.add(this.harness.peer("member" + i));
			members.get(i).metadata.put("k", "v".repeat(900));
		}
		seed.tellByStream(joiner, (packet) -> {
			packet.markHearsay();
			packet.snapshot(sequence, new SnapshotShare(0, 4));
			members.subList(0, 40)
				.forEach((member) -> packet.record(member.member(), MemberState.ALIVE, 1, member.instance, 0, 0));
		});
		this.harness.run(5 * EngineHarness.MILLI);
		int before = joiner.sent().size();
		for (TestPeer member : members.subList(40, 140)) {
			member.introduce(joiner);
			this.harness.run(10 * EngineHarness.MILLI);
		}
		assertThat(joiner.engine.phase()).isEqualTo(ClusterPhase.JOINING);
		assertThat(joiner.sent()
			.subList(before, joiner.sent().size())
			.stream()
			.filter((packet) -> packet.trafficClass() == TrafficClass.RUMOR)
			.mapToInt((packet) -> packet.bytes().length)
			.sum()).as("of 20 KB a second and 5 KB at once").isBetween(15_000, 27_000);
	}

	@Test
	void whileTheClusterFormsAllIsToldByOne() {
		List<Node> nodes = large();
		Node joiner = this.harness.node("joiner");
		joiner.join(nodes.get(0));
		assertThat(this.harness.runUntil(() -> joiner.engine.phase() == ClusterPhase.JOINED, EngineHarness.SECOND))
			.isTrue();
		assertThat(nodes.stream().filter((node) -> bytesTold(node) > 0)).containsExactly(nodes.get(0));
	}

	@Test
	void whoIsNotToldAllSharesIsNotJoinedWithSomeOfThemAndAsksForTheWholeNext() {
		TestPeer seed = this.harness.peer("seed");
		TestPeer silent = this.harness.peer("silent");
		Node joiner = this.harness.node("joiner");
		joiner.join(List.of(seed.address));
		int sequence = sequenceAskedOf(seed);
		tellShare(joiner, seed, sequence, 0, silent);
		List<String> asked = silent.hear("join");
		assertThat(asked).isNotEmpty().allMatch((line) -> line.endsWith("count=4]"));
		for (int refusal = 0; refusal < 100; refusal++) {
			joiner.engine.onUnreachable(this.harness.now, silent.address, UnreachableReason.REFUSED);
			joiner.engine.onUnreachable(this.harness.now, seed.address, UnreachableReason.REFUSED);
		}
		assertThat(joiner.engine.nextDeadline()).as("it pauses").isGreaterThan(this.harness.now);
		seed.hear();
		this.harness.run(6 * EngineHarness.SECOND);
		assertThat(seed.hear("join")).first(InstanceOfAssertFactories.STRING).endsWith("count=1]");
		for (int late = 1; late < 4; late++) {
			tellShare(joiner, seed, sequence, late, silent);
		}
		assertThat(joiner.engine.phase()).as("what comes late is told anew").isEqualTo(ClusterPhase.JOINING);
	}

	@Test
	void whoOnlyGoesOnTellingNothingKeepsNobodyFromJoining() {
		List<Node> nodes = atRest();
		TestPeer liar = this.harness.peer("liar");
		Node joiner = this.harness.node("joiner");
		joiner.join(List.of(liar.address));
		int sequence = sequenceAskedOf(liar);
		tellShare(joiner, liar, sequence, 0, liar);
		for (int tenth = 0; tenth < 400 && joiner.joinAttempts == 0; tenth++) {
			goOn(joiner, liar, sequence, SnapshotShare.WHOLE);
			for (int share = 1; share < 4; share++) {
				goOn(joiner, liar, sequence, new SnapshotShare(share, 4));
			}
			this.harness.run(100 * EngineHarness.MILLI);
		}
		assertThat(joiner.joinAttempts).as("attempts that were given up").isEqualTo(1);
		joiner.join(nodes.get(0));
		for (int tenth = 0; tenth < 100 && joiner.engine.phase() == ClusterPhase.JOINING; tenth++) {
			goOn(joiner, liar, sequence, SnapshotShare.WHOLE);
			this.harness.run(100 * EngineHarness.MILLI);
		}
		assertThat(joiner.engine.phase()).isEqualTo(ClusterPhase.JOINED);
	}

	@Test
	void whoEndedInConflictAsksForNoMoreShares() {
		TestPeer seed = this.harness.peer("seed");
		TestPeer silent = this.harness.peer("silent");
		TestPeer rival = this.harness.peer("joiner");
		Node joiner = this.harness.node("joiner");
		joiner.join(List.of(seed.address));
		int sequence = sequenceAskedOf(seed);
		tellShare(joiner, seed, sequence, 0, silent);
		silent.hear();
		rival.tellByStream(joiner, (packet) -> {
			packet.snapshot(sequence, SnapshotShare.WHOLE);
			packet.markLast();
		});
		assertThat(joiner.engine.phase()).isEqualTo(ClusterPhase.CONFLICT);
		joiner.engine.onUnreachable(this.harness.now, silent.address, UnreachableReason.REFUSED);
		tellShare(joiner, seed, sequence, 1, silent);
		assertThat(joiner.engine.nextDeadline()).isEqualTo(GossipEngine.NO_DEADLINE);
	}

	private static int sequenceAskedOf(TestPeer peer) {
		return Integer.parseInt(peer.hear("join").get(0).split(" ", -1)[1]);
	}

	private void goOn(Node joiner, TestPeer teller, int sequence, SnapshotShare share) {
		teller.tellByStream(joiner, (packet) -> {
			packet.markHearsay();
			packet.snapshot(sequence, share);
		});
	}

	private void join(Node node, Node seed) {
		node.join(seed);
		assertThat(this.harness.runUntil(() -> node.engine.phase() == ClusterPhase.JOINED, 100 * EngineHarness.MILLI))
			.isTrue();
	}

	private void tellShare(Node joiner, TestPeer teller, int sequence, int share, TestPeer told) {
		teller.tellByStream(joiner, (packet) -> {
			packet.markHearsay();
			packet.snapshot(sequence, new SnapshotShare(share, 4));
			packet.markLast();
			packet.record(told.member(), MemberState.ALIVE, 1, told.instance, 0, 0);
		});
	}

	private List<Node> atRest() {
		List<Node> nodes = large();
		// A cluster counts as one that forms for half a minute.
		this.harness.run(40 * EngineHarness.SECOND);
		this.harness.sent.clear();
		return nodes;
	}

	private List<Node> large() {
		return this.harness.cluster(NODES, (config) -> config
			.node((node) -> node.withMetadata(new TreeMap<>(Map.of("k", "v".repeat(METADATA_BYTES))))));
	}

	private static int bytesTold(Node node) {
		return node.sent()
			.stream()
			.filter((packet) -> packet.isFrame() && packet.tells("snapshot"))
			.mapToInt((packet) -> packet.bytes().length)
			.sum();
	}

}
