package io.gossip.protocol.engine;

import java.util.List;

import io.gossip.ClusterPhase;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.UnreachableReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of two processes with one name. */
class NameConflictTest {

	private final EngineHarness harness = new EngineHarness(91);

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
		assertThat(holder.engine.figures().rival()).isNull();
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
			assertThat(node.engine.figures().rival()).isEqualTo(twin.address);
			assertThat(this.harness.now - node.engine.figures().rivalNanos()).isLessThan(60 * EngineHarness.SECOND);
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

}
