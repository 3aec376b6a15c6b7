package io.gossip.protocol.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.UnreachableReason;
import io.gossip.protocol.wire.PacketEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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

	@ParameterizedTest
	@ValueSource(ints = { Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE })
	void aJoinerWhoseNameIsTakenByALiveMemberIsInConflict(int instance) {
		List<Node> nodes = this.harness.cluster(4, (config) -> config);
		this.harness.run(2 * EngineHarness.SECOND);
		Node holder = nodes.get(3);
		Node rival = this.harness.node("n3", this.harness.nextAddress(), instance, (config) -> config);
		rival.join(nodes.get(0));
		assertThat(
				this.harness.runUntil(() -> rival.engine.phase() == ClusterPhase.CONFLICT, 10 * EngineHarness.SECOND))
			.isTrue();
		assertThat(rival.conflicts).isOne();
		assertThat(rival.engine.nextDeadline()).isEqualTo(GossipEngine.NO_DEADLINE);
		assertThat(holder.drops(DropReason.IDENTITY_CONFLICT)).isPositive();
		this.harness.run(10 * EngineHarness.SECOND);
		assertThat(EngineHarness.agree(nodes, 4)).isTrue();
		for (Node node : nodes) {
			assertThat(node.memberOf(holder.id()).address()).isEqualTo(holder.address);
			assertThat(node.stateOf(holder.id())).isEqualTo(MemberState.ALIVE);
			assertThat(node.events).noneMatch((event) -> event instanceof MembershipEvent.Failed);
		}
		assertThat(rival.sent().get(rival.sent().size() - 1).sentNanos()).as("a node in conflict falls silent")
			.isLessThan(this.harness.now - 5 * EngineHarness.SECOND);
	}

	@Test
	void membersOfOneNameThatMeetAreToldOnceAMinute() {
		List<Node> nodes = this.harness.cluster(3, (config) -> config);
		Node other = this.harness.node("m0");
		Node rival = this.harness.node("n2");
		other.join();
		rival.join(other);
		assertThat(this.harness.runUntil(() -> other.engine.view().size() == 2, 10 * EngineHarness.SECOND)).isTrue();
		this.harness.run(2 * EngineHarness.SECOND);
		Node holder = nodes.get(2);
		assertThat(rival.engine.phase()).isEqualTo(ClusterPhase.JOINED);
		assertThat(holder.engine.rival()).isNull();
		other.join(nodes.get(0));
		long minutes = 5;
		this.harness.run(minutes * 60 * EngineHarness.SECOND);
		for (Node node : List.of(holder, rival)) {
			Node twin = (node == holder) ? rival : holder;
			assertThat(node.engine.phase()).isEqualTo(ClusterPhase.JOINED);
			List<MembershipEvent> told = node.events.stream()
				.filter((event) -> event instanceof MembershipEvent.Conflicted)
				.toList();
			assertThat(told).hasSizeBetween((int) minutes - 1, (int) minutes)
				.allSatisfy((event) -> assertThat(event.member().id()).isEqualTo(node.id()))
				.allSatisfy(
						(event) -> assertThat(((MembershipEvent.Conflicted) event).rival()).isEqualTo(twin.address));
			assertThat(node.engine.rival()).isEqualTo(twin.address);
			assertThat(this.harness.now - node.engine.rivalNanos()).isLessThan(60 * EngineHarness.SECOND);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 1000 })
	void aJoinerThatResumesIsInConflictWithALiveMemberOfItsName(int kept) {
		for (int seed = 0; seed < 20; seed++) {
			EngineHarness world = new EngineHarness(seed);
			List<Node> nodes = world.cluster(4, (config) -> config);
			world.run(2 * EngineHarness.SECOND);
			Node holder = nodes.get(3);
			Node rival = world.node("n3");
			rival.engine.resumeFrom(kept, kept);
			rival.join(nodes.get(0));
			assertThat(world.runUntil(() -> rival.engine.phase() != ClusterPhase.JOINING, 10 * EngineHarness.SECOND))
				.isTrue();
			assertThat(rival.engine.phase()).as("seed %d", seed).isEqualTo(ClusterPhase.CONFLICT);
			assertThat(rival.conflicts).isOne();
			world.run(10 * EngineHarness.SECOND);
			assertThat(EngineHarness.agree(nodes, 4)).isTrue();
			for (Node node : nodes) {
				assertThat(node.memberOf(holder.id()).address()).isEqualTo(holder.address);
				assertThat(node.stateOf(holder.id())).isEqualTo(MemberState.ALIVE);
				assertThat(node.events).as("nobody was misled meanwhile")
					.allMatch((event) -> event instanceof MembershipEvent.Joined);
			}
		}
	}

	@Test
	void aJoinerTakesOverAtOnceWhereTheHostOfItsEarlierStartRefuses() {
		List<Node> nodes = this.harness.cluster(4, (config) -> config);
		Node before = nodes.get(3);
		this.harness.crash(before);
		Node after = this.harness.node("n3");
		after.join(nodes.get(0));
		this.harness.run(4 * this.harness.latency);
		after.engine.onUnreachable(this.harness.now, nodes.get(1).address, UnreachableReason.REFUSED);
		assertThat(after.engine.phase()).as("somebody else is refused").isEqualTo(ClusterPhase.JOINING);
		after.engine.onUnreachable(this.harness.now, before.address, UnreachableReason.TIMEOUT);
		assertThat(after.engine.phase()).as("silence is no refusal").isEqualTo(ClusterPhase.JOINING);
		after.engine.onUnreachable(this.harness.now, before.address, UnreachableReason.REFUSED);
		assertThat(after.engine.phase()).isEqualTo(ClusterPhase.JOINED);
		this.harness.run(10 * this.harness.latency);
		assertThat(nodes.get(0).memberOf(after.id()).address()).isEqualTo(after.address);
	}

	@Test
	void aJoinerWhoseSeedIsBusyHearsOfItsRivalFromTheSeed() {
		List<Node> nodes = this.harness.cluster(3, (config) -> config);
		Node holder = nodes.get(2);
		TestPeer busy = this.harness.peer("busy");
		Node rival = this.harness.node("n2");
		rival.engine.resumeFrom(9, 9);
		rival.join(List.of(busy.address));
		this.harness.run(2 * this.harness.latency);
		int sequence = Integer.parseInt(busy.hear("join").get(0).split(" ", -1)[1]);
		busy.tellByStream(rival, (packet) -> {
			packet.markHearsay();
			packet.busy(sequence);
			packet.record(holder.engine.self(), MemberState.ALIVE, 1, holder.engine.self().instance(), 0, 0);
		});
		assertThat(this.harness.runUntil(() -> rival.engine.phase() == ClusterPhase.CONFLICT, EngineHarness.SECOND))
			.isTrue();
	}

	@Test
	void aSeedThatIsBusyTellsAJoinerOfItsEarlierStartAndNoOther() {
		Node seed = this.harness.node("seed",
				(config) -> config.join((join) -> join.withSnapshotBytesPerSecond(64 * 1024)));
		seed.join();
		for (int i = 0; i < 700; i++) {
			TestPeer peer = this.harness.peer("p" + i);
			peer.metadata.put("k", "v".repeat(200));
			peer.introduce(seed);
		}
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
	void aJoinerThatResumesElsewhereTakesOverFromItsDeadSelf() {
		List<Node> nodes = this.harness.cluster(4, (config) -> config);
		Node gone = nodes.get(3);
		this.harness.crash(gone);
		Node resumed = this.harness.node("n3");
		resumed.engine.resumeFrom(5, 5);
		resumed.join(nodes.get(0));
		List<Node> alive = List.of(nodes.get(0), nodes.get(1), nodes.get(2), resumed);
		assertThat(this.harness.runUntil(
				() -> EngineHarness.agree(alive, 4)
						&& nodes.get(1).memberOf(resumed.id()).address().equals(resumed.address),
				5 * EngineHarness.SECOND))
			.isTrue();
		assertThat(resumed.engine.phase()).isEqualTo(ClusterPhase.JOINED);
		assertThat(resumed.conflicts).isZero();
	}

	@Test
	void aJoinerWhoseOwnSeedHoldsItsNameIsInConflict() {
		Node seed = this.harness.node("same");
		seed.join();
		Node rival = this.harness.node("same", this.harness.nextAddress(), 5, (config) -> config);
		rival.join(seed);
		assertThat(
				this.harness.runUntil(() -> rival.engine.phase() == ClusterPhase.CONFLICT, 10 * EngineHarness.SECOND))
			.isTrue();
		assertThat(seed.engine.phase()).isEqualTo(ClusterPhase.JOINED);
		assertThat(seed.memberOf(seed.id()).address()).isEqualTo(seed.address);
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
	void whoeverHasTheSameViewAlreadyIsToldSoInAWord() {
		List<Node> nodes = this.harness.cluster(20, (config) -> config);
		TestPeer joiner = this.harness.peer("joiner");
		joiner.introduce(nodes.get(0));
		assertThat(this.harness.runUntil(() -> EngineHarness.agree(nodes, 21), 10 * EngineHarness.SECOND)).isTrue();
		joiner.inbox.clear();
		joiner.tellByStream(nodes.get(0), (packet) -> {
			packet.viewHash(nodes.get(0).engine.viewHash());
			packet.join(5, false, 21);
			joiner.record(packet);
		});
		this.harness.run(100 * EngineHarness.MILLI);
		assertThat(joiner.inbox).filteredOn((packet) -> packet.tells("snapshot 5 true"))
			.singleElement()
			.satisfies(
					(packet) -> assertThat(packet.lines()).filteredOn((line) -> line.startsWith("record")).hasSize(1));
	}

	@Test
	void whoKnowsMuchIsToldAllByAMemberThatHasTimeWhileASeedOnlyCompares() {
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
		for (boolean isReferred : new boolean[] { false, true }) {
			asker.inbox.clear();
			asker.tellByStream(node, (packet) -> {
				packet.viewHash(1);
				packet.join(5, isReferred, 150);
				asker.record(packet);
			});
			this.harness.run(300 * EngineHarness.MILLI);
			assertThat(asker.inbox.stream().anyMatch((packet) -> packet.tells("busy"))).isEqualTo(!isReferred);
			assertThat(asker.inbox.stream().anyMatch((packet) -> packet.tells("digest"))).isEqualTo(!isReferred);
			assertThat(asker.inbox.stream()
				.filter((packet) -> packet.tells("snapshot"))
				.flatMap((packet) -> packet.lines().stream())
				.filter((line) -> line.startsWith("record"))).hasSize(isReferred ? 201 : 0);
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

	private static Consumer<PacketEncoder> joining(TestPeer joiner) {
		return (packet) -> {
			packet.join(5, false, 1);
			joiner.record(packet);
		};
	}

	@Test
	void aJoinerIsToldAllThoughTwoRecordsHardlyFitAFrame() {
		Node seed = this.harness.node("seed",
				(config) -> config.transport((transport) -> transport.withFrameBytesMax(24 * 1024)));
		seed.join();
		for (int i = 0; i < 12; i++) {
			TestPeer peer = this.harness.peer("p" + i);
			peer.metadata.put("k", "v".repeat(4000));
			peer.introduce(seed);
		}
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
		Node seed = this.harness.node("seed",
				(config) -> config.transport((transport) -> transport.withFrameBytesMax(24 * 1024)));
		seed.join();
		for (int i = 0; i < 500; i++) {
			TestPeer peer = this.harness.peer("p" + i);
			peer.metadata.put("k", "v".repeat((i % 50 == 0) ? 4000 : 60));
			peer.introduce(seed);
		}
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

}
