package io.gossip.protocol.engine;

import java.util.List;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.UnreachableReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class JoinTest {

	private final EngineHarness harness = new EngineHarness(91);

	@Test
	void twoNodesAgreeAfterOneHasJoinedThroughTheOther() {
		Node seed = this.harness.node("seed");
		Node joiner = this.harness.node("joiner");
		seed.join();
		joiner.join(seed);
		assertThat(joiner.engine.phase()).isEqualTo(ClusterPhase.JOINING);
		assertThat(this.harness.runUntil(() -> joiner.engine.phase() == ClusterPhase.JOINED, EngineHarness.SECOND))
			.isTrue();
		assertThat(seed.engine.viewHash()).isEqualTo(joiner.engine.viewHash()).isNotZero();
		assertThat(seed.engine.view().hash()).isEqualTo(seed.engine.viewHash());
		assertThat(seed.memberOf(joiner.id())).isEqualTo(joiner.engine.self());
		assertThat(joiner.memberOf(seed.id())).isEqualTo(seed.engine.self());
		assertThat(seed.events).singleElement().isInstanceOf(MembershipEvent.Joined.class);
		assertThat(seed.allDrops() + joiner.allDrops()).isZero();
	}

	@Test
	void nodesThatAreEachOthersSeedsFindEachOtherWhoeverIsFirst() {
		List<Node> nodes = List.of(this.harness.node("a"), this.harness.node("b"), this.harness.node("c"));
		Node[] seeds = nodes.toArray(new Node[0]);
		for (Node node : nodes) {
			node.join(seeds);
			this.harness.run(300 * EngineHarness.MILLI);
		}
		assertThat(this.harness.runUntil(() -> EngineHarness.agree(nodes, 3), 10 * EngineHarness.SECOND)).isTrue();
		assertThat(this.harness.runUntil(
				() -> nodes.stream().allMatch((node) -> node.engine.phase() == ClusterPhase.JOINED),
				10 * EngineHarness.SECOND))
			.isTrue();
	}

	@Test
	void aNodeWhoseSeedIsDownAsksForEverWithGrowingPauses() {
		Address down = this.harness.nextAddress();
		Node node = this.harness.node("node");
		node.join(List.of(down));
		this.harness.run(600 * EngineHarness.SECOND);
		assertThat(node.engine.phase()).isEqualTo(ClusterPhase.JOINING);
		assertThat(node.engine.isolated()).isTrue();
		assertThat(node.joinAttempts).isBetween(15, 30);
		assertThat(node.engine.joinAttempts()).isBetween(node.joinAttempts, node.joinAttempts + 1);
		assertThat(node.sent()).allMatch((packet) -> packet.isFrame() && packet.to().equals(down));
		List<EngineHarness.Packet> sent = node.sent();
		for (int i = 1; i < sent.size(); i++) {
			long pause = sent.get(i).sentNanos() - sent.get(i - 1).sentNanos();
			long planned = Math.min(500L << Math.min(i - 1, 20), 30_000) * EngineHarness.MILLI;
			long attempt = 3 * EngineHarness.SECOND;
			assertThat(pause - attempt).as("pause %d", i).isBetween(planned * 3 / 4, planned);
		}
	}

	@Test
	void aNodeFindsTheSeedThatComesUpLate() {
		Node seed = this.harness.node("seed");
		Node node = this.harness.node("node");
		node.join(seed);
		this.harness.run(10 * EngineHarness.SECOND);
		assertThat(seed.drops(DropReason.NOT_READY)).isPositive();
		seed.join(node);
		assertThat(this.harness.runUntil(() -> EngineHarness.agree(List.of(seed, node), 2), 30 * EngineHarness.SECOND))
			.isTrue();
		assertThat(this.harness.runUntil(() -> node.engine.phase() == ClusterPhase.JOINED, 30 * EngineHarness.SECOND))
			.isTrue();
		assertThat(node.engine.joinAttempts()).isZero();
		assertThat(node.engine.isolated()).isFalse();
	}

	@Test
	void aNodeInCompanyIsAMemberAlthoughItsOwnSeedsAreGoneForGood() {
		Node node = this.harness.node("node");
		Node other = this.harness.node("other");
		node.join(List.of(this.harness.nextAddress()));
		other.join(node);
		assertThat(this.harness.runUntil(() -> node.engine.phase() == ClusterPhase.JOINED, 10 * EngineHarness.SECOND))
			.isTrue();
		assertThat(EngineHarness.agree(List.of(node, other), 2)).isTrue();
	}

	@Test
	void theOneSeedThatIsUnknownIsFoundAmongThoseThatAreMembers() {
		List<Node> nodes = this.harness.cluster(4, (config) -> config);
		TestPeer stranger = this.harness.peer("stranger");
		Node node = this.harness.node("node");
		node.join(List.of(nodes.get(0).address, nodes.get(1).address, nodes.get(2).address, stranger.address));
		assertThat(this.harness.runUntil(() -> node.engine.phase() == ClusterPhase.JOINED, EngineHarness.SECOND))
			.isTrue();
		this.harness.run(EngineHarness.SECOND);
		assertThat(stranger.hear("ping")).isNotEmpty();
	}

	@Test
	void fresherSeedsAreAskedNext() {
		Address gone = this.harness.nextAddress();
		Node seed = this.harness.node("seed");
		seed.join();
		Node node = this.harness.node("node");
		node.join(List.of(gone));
		this.harness.run(3 * EngineHarness.SECOND);
		node.join(seed);
		assertThat(this.harness.runUntil(() -> EngineHarness.agree(List.of(seed, node), 2), 10 * EngineHarness.SECOND))
			.isTrue();
	}

	@Test
	void aNodeWhoseOthersAreAllGoneLooksForItsSeedsAgain() {
		List<Node> nodes = this.harness.cluster(2, (config) -> config);
		Node seed = nodes.get(0);
		Node node = nodes.get(1);
		this.harness.crash(seed);
		assertThat(this.harness.runUntil(() -> node.engine.isolated(), 60 * EngineHarness.SECOND)).isTrue();
		Node fresh = this.harness.node("n0", seed.address, 4711, (config) -> config);
		fresh.join();
		assertThat(this.harness.runUntil(() -> EngineHarness.agree(List.of(fresh, node), 2), 60 * EngineHarness.SECOND))
			.isTrue();
	}

	@Test
	void aJoinerWhoseSeedIsBusyIsServedByAMemberThatTheSeedNames() {
		List<Node> nodes = this.harness.cluster(3, (config) -> config);
		TestPeer busy = this.harness.peer("busy");
		Node joiner = this.harness.node("joiner");
		joiner.join(List.of(busy.address));
		this.harness.run(2 * this.harness.latency);
		int sequence = Integer.parseInt(busy.hear("join").get(0).split(" ", -1)[1]);
		busy.tellByStream(joiner, (packet) -> {
			packet.markHearsay();
			packet.busy(sequence);
			packet.record(nodes.get(1).engine.self(), MemberState.ALIVE, 1, nodes.get(1).engine.self().instance(), 0,
					0);
		});
		assertThat(this.harness.runUntil(() -> joiner.engine.phase() == ClusterPhase.JOINED, EngineHarness.SECOND))
			.isTrue();
		assertThat(joiner.engine.view().size()).isGreaterThanOrEqualTo(4);
		assertThat(joiner.sent()).filteredOn((packet) -> packet.tells("join " + sequence + " true"))
			.extracting(EngineHarness.Packet::to)
			.containsExactly(nodes.get(1).address);
	}

	@ParameterizedTest
	@EnumSource(UnreachableReason.class)
	void aJoinerThatReachesNobodyPausesHoweverManyItKnows(UnreachableReason why) {
		List<Node> nodes = this.harness.cluster(3, (config) -> config);
		TestPeer busy = this.harness.peer("busy");
		Node joiner = this.harness.node("joiner");
		joiner.join(List.of(busy.address));
		this.harness.run(2 * this.harness.latency);
		int sequence = Integer.parseInt(busy.hear("join").get(0).split(" ", -1)[1]);
		busy.tellByStream(joiner, (packet) -> {
			packet.markHearsay();
			packet.busy(sequence);
			for (Node node : nodes) {
				packet.record(node.engine.self(), MemberState.ALIVE, 1, node.engine.self().instance(), 0, 0);
			}
		});
		long deadlineNanos = this.harness.now + EngineHarness.SECOND;
		while (joiner.sent().stream().filter((packet) -> packet.tells("join")).count() < 2) {
			assertThat(this.harness.now).isLessThan(deadlineNanos);
			this.harness.run(EngineHarness.MILLI);
		}
		int asked = joiner.sent().size();
		for (int i = 0; i < 100; i++) {
			for (Node node : nodes) {
				joiner.engine.onUnreachable(this.harness.now, node.address, why);
			}
			joiner.engine.onUnreachable(this.harness.now, busy.address, why);
		}
		assertThat(joiner.sent()).as("frames at one time").hasSizeLessThanOrEqualTo(asked + 6);
		assertThat(joiner.engine.nextDeadline()).isGreaterThan(this.harness.now);
	}

	@Test
	void aNamedMemberThatNobodyAskedForIsNotAsked() {
		Node joiner = this.harness.node("joiner");
		TestPeer seed = this.harness.peer("seed");
		TestPeer stranger = this.harness.peer("stranger");
		joiner.join(List.of(seed.address));
		this.harness.run(2 * this.harness.latency);
		int sequence = Integer.parseInt(seed.hear("join").get(0).split(" ", -1)[1]);
		stranger.tellByStream(joiner, (packet) -> {
			packet.markHearsay();
			packet.busy(sequence + 1);
			stranger.record(packet);
		});
		this.harness.run(20 * EngineHarness.SECOND);
		assertThat(joiner.sent()).filteredOn((packet) -> packet.tells("join"))
			.isNotEmpty()
			.allMatch((packet) -> packet.to().equals(seed.address));
		assertThat(joiner.engine.view().find(stranger.id)).isEmpty();
	}

	@Test
	void aSeedThatIsSilentIsNotWaitedForWhileAnotherAnswers() {
		for (int seed = 0; seed < 8; seed++) {
			EngineHarness world = new EngineHarness(seed);
			Node alive = world.node("alive");
			alive.join();
			Node joiner = world.node("joiner");
			joiner.join(List.of(world.nextAddress(), alive.address, world.nextAddress()));
			assertThat(world.runUntil(() -> joiner.engine.phase() == ClusterPhase.JOINED,
					2 * EngineHarness.SECOND + 100 * EngineHarness.MILLI))
				.as("seed %d", seed)
				.isTrue();
			assertThat(joiner.joinAttempts).isZero();
		}
	}

	@Test
	void aNewMemberThatIsToldOfManyStrangersAsksAMemberForAllAgain() {
		List<Node> nodes = this.harness.cluster(3, (config) -> config);
		Node node = nodes.get(2);
		TestPeer teller = this.harness.peer("teller");
		teller.introduce(node);
		int before = node.sent().size();
		for (int i = 0; i < 20; i++) {
			assertThat(node.sent().stream().skip(before).filter((packet) -> packet.tells("join"))).as("%d strangers", i)
				.hasSize((i < 16) ? 0 : 1);
			TestPeer stranger = this.harness.peer("stranger" + i);
			teller.tell(node, (packet) -> {
				packet.markHearsay();
				stranger.record(packet);
			});
		}
	}

	@Test
	void aJoinerOfAnotherClusterIsToldThatItIsWrongThereAndNothingElse() {
		Node seed = this.harness.node("seed", (config) -> config.node((node) -> node.withCluster("other")));
		seed.join();
		Node joiner = this.harness.node("joiner");
		joiner.join(seed);
		this.harness.run(10 * EngineHarness.SECOND);
		assertThat(joiner.engine.phase()).isEqualTo(ClusterPhase.JOINING);
		assertThat(joiner.drops(DropReason.WRONG_CLUSTER)).isPositive().isEqualTo(seed.drops(DropReason.WRONG_CLUSTER));
		assertThat(seed.engine.view().all()).hasSize(1);
		assertThat(joiner.engine.view().all()).hasSize(1);
	}

	@Test
	void aNewMemberThatSeesAnotherViewAsksForAllAndAnOldOneCompares() {
		List<Node> nodes = this.harness.cluster(2, (config) -> config);
		Node node = nodes.get(1);
		TestPeer teller = this.harness.peer("teller");
		teller.introduce(node);
		assertThat(heardOfAnotherView(teller, node)).anyMatch((line) -> line.startsWith("join"))
			.filteredOn((line) -> line.startsWith("join"))
			.hasSizeLessThanOrEqualTo(4);
		this.harness.run(31 * EngineHarness.SECOND);
		teller.hear();
		assertThat(heardOfAnotherView(teller, node)).anyMatch((line) -> line.startsWith("digest"))
			.noneMatch((line) -> line.startsWith("join"));
	}

	/** What a node tells a peer that has another view, within two seconds. */
	private List<String> heardOfAnotherView(TestPeer peer, Node node) {
		for (int i = 0; i < 20; i++) {
			peer.tell(node, (packet) -> {
				packet.viewHash(4711);
				packet.ping(1);
			});
			this.harness.run(100 * EngineHarness.MILLI);
		}
		return peer.hear();
	}

	@Test
	void aNodeLearnsItsVersionsHoweverHighTheyHaveGrown() {
		List<Node> nodes = this.harness.cluster(3, (config) -> config);
		Node before = this.harness.node("old");
		before.engine.resumeFrom(1 << 21, 1 << 22);
		before.join(nodes.get(0));
		this.harness.run(EngineHarness.SECOND);
		this.harness.crash(before);
		this.harness.run(30 * EngineHarness.SECOND);
		assertThat(nodes.get(1).stateOf(before.id())).isEqualTo(MemberState.DEAD);
		Node after = this.harness.node("old");
		after.join(nodes.get(0));
		this.harness.run(5 * EngineHarness.SECOND);
		assertThat(nodes).allMatch((node) -> node.stateOf(after.id()) == MemberState.ALIVE);
		assertThat(nodes.get(2).memberOf(after.id()).address()).isEqualTo(after.address);
		assertThat(nodes).allMatch((node) -> node.engine.viewHash() == after.engine.viewHash());
	}

}
