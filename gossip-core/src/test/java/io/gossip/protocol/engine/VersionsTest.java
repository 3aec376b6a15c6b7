package io.gossip.protocol.engine;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.gossip.GossipException;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VersionsTest {

	private final EngineHarness harness = new EngineHarness(41);

	@Test
	void aRefutationRaisesTheIncarnationAlone() {
		Node node = this.harness.node("node");
		TestPeer peer = this.harness.peer("peer");
		node.join();
		peer.introduce(node);
		Member before = node.engine.self();
		for (MemberState claimed : List.of(MemberState.SUSPECT, MemberState.DEAD, MemberState.LEFT)) {
			long incarnation = node.incarnationOf(node.id());
			peer.tell(node, (packet) -> packet.liveness(node.id().value(), claimed, (int) incarnation + 3,
					before.instance(), 0, 9));
			assertThat(node.incarnationOf(node.id())).isEqualTo(incarnation + 4);
			assertThat(node.stateOf(node.id())).isEqualTo(MemberState.ALIVE);
		}
		assertThat(node.engine.self()).isEqualTo(before);
		assertThat(node.selfRefutations).isEqualTo(3);
	}

	@Test
	void whoIsAccusedAgainAndAgainTellsItsContentAnewForOthersMayHoldAWrongAddress() {
		Node node = this.harness.node("node");
		TestPeer peer = this.harness.peer("peer");
		node.join();
		peer.introduce(node);
		Member before = node.engine.self();
		for (int i = 1; i <= 9; i++) {
			assertThat(node.engine.self()).as("after %d refutations", i - 1).isEqualTo(before);
			peer.tell(node, (packet) -> packet.liveness(node.id().value(), MemberState.SUSPECT,
					(int) node.incarnationOf(node.id()), before.instance(), 0, 9));
			this.harness.run(4 * EngineHarness.SECOND);
		}
		assertThat(node.engine.self().contentVersion()).isEqualTo(before.contentVersion() + 1);
		assertThat(node.engine.self().address()).isEqualTo(before.address());
		assertThat(peer.inbox).anyMatch((packet) -> packet.tells("record " + node.id().value()));
	}

	@Test
	void anOldAccusationIsNotRefutedTwice() {
		Node node = this.harness.node("node");
		TestPeer peer = this.harness.peer("peer");
		node.join();
		peer.introduce(node);
		for (int i = 0; i < 5; i++) {
			peer.tell(node, (packet) -> packet.liveness(node.id().value(), MemberState.SUSPECT, 1,
					node.engine.self().instance(), 0, 9));
		}
		assertThat(node.incarnationOf(node.id())).isEqualTo(2);
		assertThat(node.selfRefutations).isOne();
	}

	@Test
	void aRefutationIsShortHoweverLargeTheMetadata() {
		Node node = this.harness.node("node");
		TestPeer peer = this.harness.peer("peer");
		node.join();
		peer.introduce(node);
		node.engine.updateMetadata(this.harness.now, new TreeMap<>(Map.of("k", "v".repeat(900))));
		this.harness.run(5 * EngineHarness.SECOND);
		int before = node.sent().size();
		peer.accuse(node, new TestPeer(this.harness, "node", node.address, node.engine.self().instance()));
		this.harness.run(EngineHarness.SECOND / 2);
		List<EngineHarness.Packet> after = node.sent().subList(before, node.sent().size());
		assertThat(after).filteredOn((packet) -> packet.tells("liveness " + node.id().value() + " ALIVE 2"))
			.isNotEmpty()
			.allSatisfy((packet) -> assertThat(packet.bytes().length).isLessThan(100));
		assertThat(after).noneMatch((packet) -> packet.tells("record "));
	}

	@Test
	void anUpdateRaisesTheContentVersionAlone() {
		List<Node> nodes = this.harness.cluster(3, (config) -> config);
		this.harness.run(2 * EngineHarness.SECOND);
		Node node = nodes.get(1);
		int version = node.engine.self().contentVersion();
		long incarnation = node.incarnationOf(node.id());
		SortedMap<String, String> metadata = new TreeMap<>(Map.of("a", "1", "ü", "中"));
		node.engine.updateMetadata(this.harness.now, metadata);
		assertThat(node.engine.self().contentVersion()).isEqualTo(version + 1);
		assertThat(this.harness.runUntil(() -> EngineHarness.agree(nodes, 3), EngineHarness.SECOND)).isTrue();
		for (Node other : nodes) {
			assertThat(other.memberOf(node.id())).isEqualTo(node.engine.self());
			assertThat(other.memberOf(node.id()).metadata()).isEqualTo(metadata);
			assertThat(other.incarnationOf(node.id())).isEqualTo(incarnation);
		}
		assertThat(nodes.get(0).events).filteredOn((event) -> event instanceof MembershipEvent.Updated)
			.singleElement()
			.isInstanceOfSatisfying(MembershipEvent.Updated.class, (event) -> {
				assertThat(event.member()).isEqualTo(node.engine.self());
				assertThat(event.previous().metadata()).isEmpty();
			});
	}

	@Test
	void aRestartAtItsAddressRaisesBothVersions() {
		List<Node> nodes = this.harness.cluster(3, (config) -> config);
		Node old = nodes.get(2);
		old.engine.updateMetadata(this.harness.now, new TreeMap<>(Map.of("k", "old")));
		this.harness.run(2 * EngineHarness.SECOND);
		restart(nodes, old, this.harness.node("n2", old.address, 12345, (config) -> config));
	}

	@Test
	void aRestartElsewhereRaisesBothVersions() {
		List<Node> nodes = this.harness.cluster(3, (config) -> config);
		Node old = nodes.get(2);
		old.engine.updateMetadata(this.harness.now, new TreeMap<>(Map.of("k", "old")));
		this.harness.run(2 * EngineHarness.SECOND);
		this.harness.crash(old);
		restart(nodes, old, this.harness.node("n2", this.harness.nextAddress(), 12345, (config) -> config));
	}

	@Test
	void aRestartOfAMemberThatWasDeclaredDeadRaisesBothVersions() {
		List<Node> nodes = this.harness.cluster(4, (config) -> config);
		Node old = nodes.get(3);
		this.harness.crash(old);
		assertThat(this.harness.runUntil(() -> nodes.get(0).stateOf(old.id()) == MemberState.DEAD,
				60 * EngineHarness.SECOND))
			.isTrue();
		this.harness.run(2 * EngineHarness.SECOND);
		Node fresh = this.harness.node("n3", old.address, 12345, (config) -> config);
		fresh.join(nodes.get(0));
		List<Node> all = List.of(nodes.get(0), nodes.get(1), nodes.get(2), fresh);
		assertThat(this.harness.runUntil(() -> EngineHarness.agree(all, 4), 5 * EngineHarness.SECOND)).isTrue();
		assertThat(nodes.get(1).incarnationOf(old.id())).isGreaterThan(1);
		assertThat(nodes.get(1).memberOf(old.id()).contentVersion()).isGreaterThan(1);
		assertThat(nodes.get(1).events.get(nodes.get(1).events.size() - 1)).isInstanceOf(MembershipEvent.Joined.class);
	}

	@Test
	void theDeathOfAnEarlierStartIsNotToldTogetherWithThePresentOne() {
		Node node = this.harness.node("node");
		TestPeer peer = this.harness.peer("peer");
		TestPeer back = this.harness.peer("back");
		node.join();
		peer.introduce(node);
		back.introduce(node);
		peer.claim(node, back, MemberState.DEAD, 1, 9);
		this.harness.run(3 * EngineHarness.SECOND);
		peer.inbox.clear();
		back.instance += 1;
		back.introduce(node);
		this.harness.run(3 * EngineHarness.SECOND);
		assertThat(node.memberOf(back.id).instance()).isEqualTo(back.instance);
		assertThat(back.inbox).as("it is told, to refute").anyMatch((packet) -> packet.tells("correction"));
		assertThat(peer.inbox).noneMatch((packet) -> packet.tells("record " + back.id.value()));
	}

	@Test
	void contentOfAnEarlierStartThatIsHeldUnderThisInstanceIsReplaced() {
		Node node = this.harness.node("node");
		TestPeer peer = this.harness.peer("peer");
		node.join();
		peer.introduce(node);
		Member self = node.engine.self();
		Member stale = new Member(self.id(), self.instance() + 1, "old", self.address(), self.zone(),
				new TreeMap<>(Map.of("k", "old")), 5, 1, 1);
		peer.tell(node, (packet) -> packet.record(stale, MemberState.ALIVE, 1, self.instance(), 0, 0));
		assertThat(node.engine.self().contentVersion()).isEqualTo(6);
		assertThat(node.incarnationOf(node.id())).isEqualTo(1);
		peer.tell(node, (packet) -> packet.correction(MemberState.ALIVE, 1, self.instance(), 9));
		assertThat(node.engine.self().contentVersion()).isEqualTo(10);
		assertThat(node.engine.self().metadata()).isEmpty();
	}

	@Test
	void contentOfAnEarlierStartAtTheSameVersionDoesNotDifferForEver() {
		List<Node> nodes = this.harness.cluster(3, (config) -> config);
		this.harness.run(3 * EngineHarness.SECOND);
		Node owner = nodes.get(2);
		Member self = owner.engine.self();
		Member stale = new Member(self.id(), -1, "old", self.address(), self.zone(), new TreeMap<>(Map.of("k", "old")),
				self.contentVersion(), 1, 1);
		this.harness.peer("teller")
			.tell(nodes.get(0), (packet) -> packet.record(stale, MemberState.ALIVE,
					(int) nodes.get(0).incarnationOf(self.id()), self.instance(), 0, 0));
		assertThat(nodes.get(0).memberOf(self.id())).isEqualTo(stale);
		assertThat(this.harness.runUntil(
				() -> nodes.stream().allMatch((node) -> node.memberOf(self.id()).instance() == self.instance()),
				60 * EngineHarness.SECOND))
			.isTrue();
		assertThat(owner.engine.self().contentVersion()).isEqualTo(self.contentVersion() + 1);
		assertThat(nodes.get(0).memberOf(self.id())).isEqualTo(owner.engine.self());
	}

	@Test
	void metadataThatOthersCannotReadIsRefused() {
		Node node = this.harness.node("node");
		node.join();
		Member before = node.engine.self();
		SortedMap<String, String> crowd = new TreeMap<>();
		for (int i = 0; i < 257; i++) {
			crowd.put("k" + i, "");
		}
		List<SortedMap<String, String>> bad = List.of(new TreeMap<>(Map.of("k", "v".repeat(4096))),
				new TreeMap<>(Map.of("", "v")), new TreeMap<>(Map.of("k".repeat(256), "v")),
				new TreeMap<>(Map.of("a\nb", "v")), crowd);
		for (SortedMap<String, String> metadata : bad) {
			assertThatThrownBy(() -> node.engine.updateMetadata(this.harness.now, metadata)).as("%.60s", metadata)
				.isInstanceOf(GossipException.InvalidSetting.class)
				.hasMessageContaining("node.metadata");
			assertThat(node.engine.self()).isSameAs(before);
		}
	}

	private void restart(List<Node> nodes, Node old, Node fresh) {
		int version = old.engine.self().contentVersion();
		long incarnation = nodes.get(0).incarnationOf(old.id());
		fresh.join(nodes.get(0));
		List<Node> all = List.of(nodes.get(0), nodes.get(1), fresh);
		assertThat(this.harness.runUntil(() -> EngineHarness.agree(all, 3), 10 * EngineHarness.SECOND)).isTrue();
		for (Node node : all) {
			assertThat(node.memberOf(fresh.id())).isEqualTo(fresh.engine.self());
			assertThat(node.memberOf(fresh.id()).contentVersion()).isGreaterThan(version);
			assertThat(node.incarnationOf(fresh.id())).isGreaterThan(incarnation);
			assertThat(node.stateOf(fresh.id())).isEqualTo(MemberState.ALIVE);
		}
		assertThat(fresh.conflicts).isZero();
	}

}
