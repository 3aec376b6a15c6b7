package io.gossip.protocol.engine;

import java.time.Duration;
import java.util.List;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.protocol.UnreachableReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class LeaveTest {

	private final EngineHarness harness = new EngineHarness(101);

	@Test
	void aNodeThatIsAloneLeavesAtOnce() {
		Node node = this.harness.node("node");
		node.join();
		node.engine.leave(this.harness.now);
		assertThat(node.engine.phase()).isEqualTo(ClusterPhase.LEFT);
		assertThat(node.stateOf(node.id())).isEqualTo(MemberState.LEFT);
		this.harness.run(EngineHarness.SECOND);
		assertThat(node.engine.nextDeadline()).isEqualTo(GossipEngine.NO_DEADLINE);
		assertThat(this.harness.sent).isEmpty();
	}

	@Test
	void aNodeThatHasNotAskedAnySeedLeavesAtOnce() {
		Node node = this.harness.node("node");
		node.join(List.of(this.harness.nextAddress()));
		node.engine.leave(this.harness.now);
		assertThat(node.engine.phase()).isEqualTo(ClusterPhase.LEFT);
	}

	@Test
	void aNodeThatLeavesWhileItJoinsTellsTheSeedsThatMayHaveLetItIn() {
		Node seed = this.harness.node("seed");
		seed.join();
		this.harness.delivers = (packet) -> !packet.from().equals(seed.address);
		Node node = this.harness.node("node");
		node.join(seed);
		this.harness.run(EngineHarness.SECOND);
		assertThat(seed.stateOf(node.id())).isEqualTo(MemberState.ALIVE);
		node.engine.leave(this.harness.now);
		assertThat(this.harness.runUntil(() -> node.engine.phase() == ClusterPhase.LEFT, 5 * EngineHarness.SECOND))
			.isTrue();
		assertThat(seed.stateOf(node.id())).isEqualTo(MemberState.LEFT);
	}

	@Test
	void aNodeThatHasNoTimeToLeaveSaysGoodbyeAllTheSame() {
		List<Node> nodes = this.harness.cluster(4,
				(config) -> config.leave((leave) -> leave.withTimeout(Duration.ZERO)));
		this.harness.run(EngineHarness.SECOND);
		Node leaver = nodes.get(3);
		leaver.engine.leave(this.harness.now);
		this.harness.run(EngineHarness.MILLI);
		assertThat(leaver.engine.phase()).isEqualTo(ClusterPhase.LEFT);
		this.harness.run(2 * this.harness.latency);
		assertThat(nodes.subList(0, 3)).allMatch((node) -> node.stateOf(leaver.id()) == MemberState.LEFT);
	}

	@ParameterizedTest
	@EnumSource(UnreachableReason.class)
	void whoHasLeftLooksForNobodyAnyMore(UnreachableReason why) {
		Address seed = this.harness.nextAddress();
		Node node = this.harness.node("node", (config) -> config.leave((leave) -> leave.withTimeout(Duration.ZERO)));
		node.join(List.of(seed));
		this.harness.run(10 * EngineHarness.MILLI);
		node.engine.leave(this.harness.now);
		this.harness.run(EngineHarness.SECOND);
		assertThat(node.engine.phase()).isEqualTo(ClusterPhase.LEFT);
		node.engine.onUnreachable(this.harness.now, seed, why);
		assertThat(node.engine.nextDeadline()).isEqualTo(GossipEngine.NO_DEADLINE);
	}

	@Test
	void everybodySeesALeaverAsLeftAndNobodyAsFailed() {
		List<Node> nodes = this.harness.cluster(6, (config) -> config);
		this.harness.run(2 * EngineHarness.SECOND);
		Node leaver = nodes.get(2);
		leaver.engine.leave(this.harness.now);
		assertThat(leaver.engine.phase()).isEqualTo(ClusterPhase.LEAVING);
		long start = this.harness.now;
		assertThat(this.harness.runUntil(() -> leaver.engine.phase() == ClusterPhase.LEFT, EngineHarness.SECOND))
			.isTrue();
		assertThat(this.harness.now - start).as("a round trip").isLessThan(10 * EngineHarness.MILLI);
		this.harness.run(EngineHarness.SECOND);
		this.harness.crash(leaver);
		this.harness.run(60 * EngineHarness.SECOND);
		for (Node node : nodes) {
			if (node != leaver) {
				assertThat(node.stateOf(leaver.id())).isEqualTo(MemberState.LEFT);
				assertThat(node.events).filteredOn((event) -> event.member().id().equals(leaver.id()))
					.hasSize(2)
					.last()
					.isInstanceOf(MembershipEvent.Left.class);
				assertThat(node.engine.view().size()).isEqualTo(5);
			}
		}
	}

	@Test
	void aLeaverThatNobodyHearsGoesWhenItsTimeIsUp() {
		List<Node> nodes = this.harness.cluster(3, (config) -> config);
		Node leaver = nodes.get(1);
		this.harness.delivers = (packet) -> !packet.from().equals(leaver.address);
		long start = this.harness.now;
		leaver.engine.leave(start);
		assertThat(this.harness.runUntil(() -> leaver.engine.phase() == ClusterPhase.LEFT, 60 * EngineHarness.SECOND))
			.isTrue();
		assertThat(this.harness.now - start).isEqualTo(5 * EngineHarness.SECOND);
	}

	@Test
	void aLeaverThatIsAccusedAnswersThatItHasLeft() {
		Node node = this.harness.node("node");
		TestPeer peer = this.harness.peer("peer");
		node.join();
		peer.introduce(node);
		node.engine.leave(this.harness.now);
		assertThat(this.harness.runUntil(() -> node.engine.phase() == ClusterPhase.LEFT, EngineHarness.SECOND))
			.isTrue();
		int instance = node.engine.self().instance();
		this.harness.run(5 * EngineHarness.SECOND);
		for (MemberState accused : List.of(MemberState.SUSPECT, MemberState.DEAD)) {
			for (int ahead = 0; ahead < 3; ahead++) {
				int incarnation = (int) node.incarnationOf(node.id()) + ahead;
				peer.hear();
				peer.tell(node, (packet) -> {
					packet.correction(accused, incarnation, instance, 1);
					packet.ping(5);
				});
				assertThat(peer.hear("liveness")).as("accused as %s at %d", accused, incarnation)
					.isNotEmpty()
					.allMatch((line) -> line.startsWith("liveness " + node.id().value() + " LEFT"));
				assertThat(node.stateOf(node.id())).isEqualTo(MemberState.LEFT);
				this.harness.run(EngineHarness.SECOND);
			}
		}
	}

	@Test
	void aLeaverIsNotProbedAndItsGoodbyeIsNotCorrected() {
		Node node = this.harness.node("node");
		TestPeer peer = this.harness.peer("peer");
		node.join();
		peer.introduce(node);
		peer.tell(node, (packet) -> {
			packet.liveness(peer.id.value(), MemberState.LEFT, 1, peer.instance, 0, 0);
			packet.ping(3);
		});
		assertThat(node.stateOf(peer.id)).isEqualTo(MemberState.LEFT);
		assertThat(peer.hear()).contains("ack 3").noneMatch((line) -> line.startsWith("correction"));
		this.harness.run(30 * EngineHarness.SECOND);
		assertThat(peer.hear("ping")).isEmpty();
	}

}
