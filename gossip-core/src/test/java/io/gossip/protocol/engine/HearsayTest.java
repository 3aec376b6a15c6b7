package io.gossip.protocol.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.gossip.Address;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.Zone;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What others say of a member that may be gone: when it is believed, for how long it is
 * kept, and that the order in which it is heard does not matter.
 */
class HearsayTest {

	private final EngineHarness harness = new EngineHarness(121);

	@Test
	void twoHalvesThatWereCutFindEachOtherAndNobodyAdoptsADeath() {
		List<Node> nodes = this.harness.cluster(6, (config) -> config);
		this.harness.run(2 * EngineHarness.SECOND);
		this.harness.delivers = (packet) -> side(nodes, packet.from()) == side(nodes, packet.to());
		assertThat(this.harness.runUntil(() -> nodes.stream().allMatch((node) -> node.engine.view().size() == 3),
				120 * EngineHarness.SECOND))
			.isTrue();
		this.harness.run(30 * EngineHarness.SECOND);
		nodes.forEach((node) -> node.events.clear());
		this.harness.delivers = (packet) -> true;
		assertThat(this.harness.runUntil(() -> EngineHarness.agree(nodes, 6), 60 * EngineHarness.SECOND)).isTrue();
		for (Node node : nodes) {
			assertThat(node.events).noneMatch((event) -> event instanceof MembershipEvent.Failed);
		}
	}

	@Test
	void aDeathThatOnlyAComparisonTellsIsNotBelievedAndItsSubjectIsTold() {
		Node node = this.harness.node("node", RepairTest::noProbes);
		TestPeer teller = this.harness.peer("teller");
		TestPeer subject = this.harness.peer("subject");
		node.join();
		teller.introduce(node);
		subject.introduce(node);
		subject.hear();
		teller.tell(node, (packet) -> {
			packet.markHearsay();
			packet.liveness(subject.id.value(), MemberState.DEAD, 1, subject.instance, 0, 9);
		});
		teller.tell(node, (packet) -> {
			packet.markHearsay();
			packet.record(subject.member(), MemberState.DEAD, 1, subject.instance, 0, 9);
		});
		assertThat(node.stateOf(subject.id)).isEqualTo(MemberState.ALIVE);
		assertThat(subject.hear())
			.contains("liveness " + subject.id.value() + " DEAD 1 " + subject.instance + " 0 " + teller.id.value());
		teller.claim(node, subject, MemberState.DEAD, 1, 9);
		assertThat(node.stateOf(subject.id)).as("as news it is believed").isEqualTo(MemberState.DEAD);
	}

	@Test
	void aMemberThatIsToldOfItsDeathRefutesIt() {
		Node node = this.harness.node("node", RepairTest::noProbes);
		TestPeer teller = this.harness.peer("teller");
		node.join();
		teller.introduce(node);
		this.harness.run(3 * EngineHarness.SECOND);
		teller.hear();
		teller.tell(node, (packet) -> {
			packet.liveness(node.id().value(), MemberState.DEAD, 1, node.engine.self().instance(), 0, 9);
			packet.ping(8);
		});
		assertThat(teller.hear()).contains("ack 8",
				"liveness " + node.id().value() + " ALIVE 2 " + node.engine.self().instance() + " 0 0");
	}

	@Test
	void aTombstoneNearItsEndIsNotAdoptedAndOneThatIsAdoptedEndsWithItsAge() {
		Node node = this.harness.node("node", (config) -> RepairTest
			.noProbes(config.healing((settings) -> settings.withRetention(Duration.ofMinutes(100)))));
		node.join();
		TestPeer teller = this.harness.peer("teller");
		teller.introduce(node);
		TestPeer late = this.harness.peer("late");
		TestPeer early = this.harness.peer("early");
		bury(teller, node, late, 91 * 60_000);
		bury(teller, node, early, 80 * 60_000);
		assertThat(node.engine.view().find(late.id)).isEmpty();
		assertThat(node.stateOf(early.id)).isEqualTo(MemberState.DEAD);
		assertThat(node.events).noneMatch((event) -> event.member().id().equals(early.id));
		teller.hear();
		teller.tell(node, (packet) -> packet.recordRequest(early.id.value()));
		assertThat(teller.hear("record")).singleElement()
			.satisfies((line) -> assertThat(Integer.parseInt(line.split(" ", -1)[5])).isBetween(4_800_000, 4_800_010));
		this.harness.run(19 * 60 * EngineHarness.SECOND);
		assertThat(node.engine.view().find(early.id)).isPresent();
		this.harness.run(2 * 60 * EngineHarness.SECOND);
		assertThat(node.engine.view().find(early.id)).isEmpty();
	}

	@Test
	void aTombstoneThatIsAskedForTellsItsAge() {
		Node node = this.harness.node("node", RepairTest::noProbes);
		node.join();
		TestPeer asker = this.harness.peer("asker");
		TestPeer dead = this.harness.peer("dead");
		asker.introduce(node);
		dead.introduce(node);
		asker.claim(node, dead, MemberState.DEAD, 1, 9);
		this.harness.run(3600 * EngineHarness.SECOND);
		asker.hear();
		asker.tell(node, (packet) -> packet.recordRequest(dead.id.value()));
		assertThat(asker.hear("record")).singleElement()
			.satisfies((line) -> assertThat(Integer.parseInt(line.split(" ", -1)[5])).isBetween(3_599_000, 3_601_000));
	}

	@Test
	void theDeadAreForgottenWhenTheirTimeIsUp() {
		Node node = this.harness.node("node",
				(config) -> config.healing((settings) -> settings.withRetention(Duration.ofMinutes(1))));
		node.join();
		TestPeer peer = this.harness.peer("peer");
		TestPeer dead = this.harness.peer("dead");
		dead.answersPings = false;
		peer.introduce(node);
		dead.introduce(node);
		peer.claim(node, dead, MemberState.DEAD, 1, 9);
		this.harness.run(59 * EngineHarness.SECOND);
		assertThat(node.stateOf(dead.id)).isEqualTo(MemberState.DEAD);
		this.harness.run(2 * EngineHarness.SECOND);
		assertThat(node.engine.view().find(dead.id)).isEmpty();
		assertThat(node.engine.view().all()).hasSize(2);
	}

	@Test
	void whatIsSaidOfAMemberHasTheSameOutcomeInAnyOrder() {
		for (long seed = 0; seed < 60; seed++) {
			Random random = new Random(seed);
			EngineHarness world = new EngineHarness(seed);
			TestPeer teller = world.peer("teller");
			TestPeer subject = world.peer("subject");
			List<Claim> claims = new ArrayList<>();
			claims.add(new Claim(subject.member(), MemberState.ALIVE, 1, subject.instance));
			for (int i = 0; i < 8; i++) {
				Member member = new Member(subject.id, random.nextInt(2), "subject", subject.address, Zone.NONE,
						subject.metadata, 1 + random.nextInt(3), 1, 1);
				claims.add(
						new Claim(member, MemberState.of(random.nextInt(4)), 1 + random.nextInt(3), random.nextInt(2)));
			}
			Outcome first = null;
			for (int order = 0; order < 5; order++) {
				Node node = world.node("node" + order, RepairTest::noProbes);
				node.join();
				teller.introduce(node);
				for (Claim claim : claims) {
					teller.tell(node, (packet) -> packet.record(claim.member, claim.state, claim.incarnation,
							claim.instance, 0, 9));
				}
				Outcome outcome = new Outcome(node.memberOf(subject.id), node.stateOf(subject.id),
						node.incarnationOf(subject.id));
				assertThat(outcome).as("seed %d order %d: %s", seed, order, claims)
					.isEqualTo((first != null) ? first : outcome);
				first = outcome;
				Collections.shuffle(claims, random);
			}
		}
	}

	private static int side(List<Node> nodes, Address address) {
		for (int i = 0; i < nodes.size(); i++) {
			if (nodes.get(i).address.equals(address)) {
				return i % 2;
			}
		}
		return 2;
	}

	private static void bury(TestPeer teller, Node node, TestPeer dead, int ageMillis) {
		teller.tell(node, (packet) -> packet.record(dead.member(), MemberState.DEAD, 1, dead.instance, ageMillis, 9));
	}

	private record Claim(Member member, MemberState state, int incarnation, int instance) {
	}

	private record Outcome(Member member, MemberState state, long incarnation) {
	}

}
