package io.gossip.protocol.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.protocol.DropReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a member says of others and cannot make believe. */
class LiesTest {

	private final EngineHarness harness = new EngineHarness(5);

	private final Node node = this.harness.node("node",
			(config) -> config.limits((limits) -> limits.withTombstonesMax(2)));

	private final List<TestPeer> peers = new ArrayList<>();

	private TestPeer liar;

	private TestPeer victim;

	@BeforeEach
	void join() {
		this.node.join();
		for (int i = 0; i < 6; i++) {
			TestPeer peer = this.harness.peer("peer" + i);
			peer.introduce(this.node);
			this.peers.add(peer);
		}
		this.liar = this.peers.get(0);
		this.victim = this.peers.get(1);
	}

	@Test
	void aDeathOfWhomNobodySuspectsIsAnAccusationAndItsSubjectIsTold() {
		this.liar.claim(this.node, this.victim, MemberState.DEAD, 1, 99);
		assertThat(this.node.stateOf(this.victim.id)).isEqualTo(MemberState.SUSPECT);
		assertThat(this.victim.hear("liveness")).anyMatch((line) -> line.contains("DEAD"));
	}

	@Test
	void aDeathIsBelievedOnceThePauseThatIsToleratedIsOver() {
		this.victim.answersPings = false;
		this.peers.get(2).accuse(this.node, this.victim);
		this.harness.run(1900 * EngineHarness.MILLI);
		this.liar.claim(this.node, this.victim, MemberState.DEAD, 1, 99);
		assertThat(this.node.stateOf(this.victim.id)).isEqualTo(MemberState.SUSPECT);
		this.harness.run(200 * EngineHarness.MILLI);
		this.liar.claim(this.node, this.victim, MemberState.DEAD, 1, 99);
		assertThat(this.node.stateOf(this.victim.id)).isEqualTo(MemberState.DEAD);
	}

	@Test
	void aDeathThatIsTrueButCameEarlyIsHeldAfterTheShortestTime() {
		this.victim.answersPings = false;
		this.liar.claim(this.node, this.victim, MemberState.DEAD, 1, this.peers.get(2).id.value());
		this.harness.run(6 * EngineHarness.SECOND);
		assertThat(this.node.stateOf(this.victim.id)).isEqualTo(MemberState.DEAD);
	}

	@Test
	void aVersionFarBeyondTheUsualIsItsOwnersAloneToClaim() {
		int far = (1 << 28) + 65;
		this.liar.claim(this.node, this.victim, MemberState.SUSPECT, far, 99);
		assertThat(this.node.drops(DropReason.IMPLAUSIBLE)).isOne();
		assertThat(this.node.incarnationOf(this.victim.id)).isOne();
		this.victim.claim(this.node, this.victim, MemberState.ALIVE, far, 0);
		assertThat(this.node.incarnationOf(this.victim.id)).isEqualTo(far);
		this.liar.claim(this.node, this.victim, MemberState.SUSPECT, far + 64, 99);
		assertThat(this.node.incarnationOf(this.victim.id)).isEqualTo(far + 64);
	}

	@Test
	void aNodeIsNotPushedToTheEndOfItsVersions() {
		int instance = this.node.engine.self().instance();
		long self = this.node.id().value();
		for (int i = 0; i < 100; i++) {
			int ahead = Integer.MAX_VALUE - 1100 - 100 * i;
			this.liar.tell(this.node, (packet) -> packet.liveness(self, MemberState.DEAD, ahead, instance, 0, 9));
			this.liar.tell(this.node, (packet) -> packet.correction(MemberState.DEAD, ahead, instance + 1, ahead));
		}
		assertThat(this.node.engine.incarnation()).isOne();
		assertThat(this.node.engine.self().contentVersion()).isOne();
		assertThat(this.node.drops(DropReason.IMPLAUSIBLE)).isEqualTo(200);
	}

	@Test
	void aWrongAddressThatLooksAsNewAsTheRightOneIsPutRightWithinTwoMinutes() {
		EngineHarness harness = new EngineHarness(5);
		List<Node> cluster = harness.cluster(4, (config) -> config);
		TestPeer member = harness.peer("liar");
		cluster.forEach(member::introduce);
		Node owner = cluster.get(0);
		List<Node> others = cluster.subList(1, 4);
		owner.engine.updateMetadata(harness.now, new TreeMap<>(Map.of("version", "2")));
		Member self = owner.engine.self();
		Member forged = new Member(self.id(), self.instance(), self.name(), harness.nextAddress(), self.zone(),
				self.metadata(), self.contentVersion(), self.protocolMin(), self.protocolMax());
		others.forEach((node) -> member.tell(node, (packet) -> packet.record(forged, MemberState.ALIVE,
				(int) owner.incarnationOf(owner.id()), self.instance(), 0, 0)));
		assertThat(others).allMatch((node) -> node.memberOf(owner.id()).equals(forged));
		harness.run(120 * EngineHarness.SECOND);
		assertThat(others).extracting((node) -> node.memberOf(owner.id()).address()).containsOnly(owner.address);
		assertThat(others).allMatch((node) -> node.stateOf(owner.id()) == MemberState.ALIVE);
		int accusations = owner.selfRefutations;
		harness.run(60 * EngineHarness.SECOND);
		assertThat(owner.selfRefutations).as("refutations after that").isEqualTo(accusations);
	}

	@Test
	void whoIsAccusedNowAndThenHasNoReasonToTellItsContentAnew() {
		for (int i = 0; i < 30; i++) {
			int incarnation = (int) this.node.incarnationOf(this.node.id());
			this.liar.tell(this.node, (packet) -> packet.liveness(this.node.id().value(), MemberState.SUSPECT,
					incarnation, this.node.engine.self().instance(), 0, this.liar.id.value()));
			this.harness.run(60 * EngineHarness.SECOND);
		}
		assertThat(this.node.selfRefutations).isGreaterThanOrEqualTo(30);
		assertThat(this.node.engine.self().contentVersion()).isEqualTo(1);
	}

	@Test
	void whoNeverSpokeAndIsUnknownToAllDiesByOneAccuser() {
		TestPeer fake = this.harness.peer("fake");
		fake.answersPings = false;
		this.liar.tell(this.node, fake::record);
		assertThat(this.node.stateOf(fake.id)).isEqualTo(MemberState.ALIVE);
		assertThat(
				this.harness.runUntil(() -> this.node.stateOf(fake.id) == MemberState.DEAD, 180 * EngineHarness.SECOND))
			.isTrue();
		assertThat(this.peers).allMatch((peer) -> this.node.stateOf(peer.id) == MemberState.ALIVE);
	}

	@Test
	void whoSpokeToThisNodeAloneIsGivenUpByItAndNobodyIsTold() {
		this.victim.answersPings = false;
		assertThat(this.harness.runUntil(() -> this.node.stateOf(this.victim.id) == MemberState.DEAD,
				600 * EngineHarness.SECOND))
			.isTrue();
		assertThat(this.peers.get(2).hear("liveness")).noneMatch((line) -> line.contains("DEAD"));
	}

	@Test
	void whoDiedUnknownOrHadToBeForgottenComesBackByItsOwnWordOnly() {
		TestPeer gone = this.harness.peer("gone");
		this.liar.claim(this.node, gone, MemberState.DEAD, 1, 99);
		this.liar.tell(this.node, gone::record);
		assertThat(this.node.stateOf(gone.id)).isNull();
		gone.introduce(this.node);
		assertThat(this.node.stateOf(gone.id)).isEqualTo(MemberState.ALIVE);
	}

	@Test
	void thoseWhoNeverSpokeAreForgottenBeforeThoseWhoDid() {
		this.liar.claim(this.node, this.victim, MemberState.LEFT, 1, 0);
		for (int i = 0; i < 5; i++) {
			TestPeer fake = this.harness.peer("fake" + i);
			this.liar.tell(this.node, fake::record);
			this.liar.claim(this.node, fake, MemberState.LEFT, 1, 0);
		}
		assertThat(this.node.stateOf(this.victim.id)).isEqualTo(MemberState.LEFT);
		assertThat(this.node.drops(DropReason.TOMBSTONES_LIMIT)).isEqualTo(4);
		assertThat(this.node.events).noneMatch((event) -> event instanceof MembershipEvent.Failed);
	}

}
