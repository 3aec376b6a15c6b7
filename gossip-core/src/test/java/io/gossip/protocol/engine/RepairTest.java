package io.gossip.protocol.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

import io.gossip.Address;
import io.gossip.AntiEntropyMode;
import io.gossip.GossipConfig;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.NodeId;
import io.gossip.Zone;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.antientropy.DigestTree;
import io.gossip.protocol.membership.ViewHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class RepairTest {

	private final EngineHarness harness = new EngineHarness(121);

	@Test
	void aDigestOfAStrangerIsNotAnswered() {
		Node node = this.harness.node("node", RepairTest::noProbes);
		node.join();
		TestPeer stranger = this.harness.peer("stranger");
		stranger.tell(node, (packet) -> {
			packet.digest(0, 0);
			for (int child = 0; child < 16; child++) {
				packet.hash(child);
			}
		});
		assertThat(stranger.hear()).isNotEmpty().noneMatch((line) -> line.startsWith("digest"));
	}

	@Test
	void aStrangerIsToldOfNobodyButTheNodeThatItAsks() {
		Node node = this.harness.node("node", RepairTest::noProbes);
		node.join();
		TestPeer member = this.harness.peer("member");
		member.introduce(node);
		TestPeer stranger = this.harness.peer("stranger");
		stranger.tell(node, (packet) -> {
			packet.recordRequest(member.id.value());
			packet.recordRequest(node.id().value());
		});
		assertThat(stranger.hear("record")).singleElement()
			.satisfies((line) -> assertThat(line).startsWith("record " + node.id().value()));
		assertThat(node.drops(DropReason.UNKNOWN_MEMBER)).isEqualTo(1);
	}

	@Test
	void aMemberBeyondWhatALeafCanListIsFoundByTheNextComparisons() {
		Node one = this.harness.node("one",
				(config) -> noProbes(config).transport((settings) -> settings.withDatagramBudgetBytes(576)));
		Node two = this.harness.node("two",
				(config) -> noProbes(config).transport((settings) -> settings.withDatagramBudgetBytes(576))
					.antiEntropy((settings) -> settings.withDivergenceDelay(Duration.ofHours(1))));
		one.join();
		two.join();
		TestPeer source = this.harness.peer("source");
		// All in one leaf, and the last of them is unknown to one of the two.
		for (int i = 0; i < 200; i++) {
			Member member = new Member(new NodeId(0x7700000000000001L + i), 1, "member" + i,
					Address.ofIpv4(0x0B000000 + i, 7946), Zone.NONE, Collections.emptySortedMap(), 1, 1, 1);
			for (Node node : (i == 199) ? List.of(two) : List.of(one, two)) {
				source.tell(node, (packet) -> {
					packet.markHearsay();
					packet.record(member, MemberState.ALIVE, 1, 1, 0, 0);
				});
			}
		}
		introduce(one, two);
		introduce(two, one);
		this.harness.delivers = (packet) -> packet.to().equals(one.address) || packet.to().equals(two.address);
		this.harness.now += EngineHarness.MILLI;
		for (int i = 0; i < 100 && one.engine.viewHash() != two.engine.viewHash(); i++) {
			hash(two, one);
			this.harness.run(EngineHarness.SECOND / 2);
		}
		assertThat(one.engine.viewHash()).isEqualTo(two.engine.viewHash());
	}

	@Test
	void oneRecordThatDiffersAmongTenThousandIsRepairedByOneExchangeOfFewBytes() {
		Node one = this.harness.node("one", RepairTest::noProbes);
		Node two = this.harness.node("two", (config) -> noProbes(config)
			.antiEntropy((settings) -> settings.withDivergenceDelay(Duration.ofHours(1))));
		one.join();
		two.join();
		TestPeer source = this.harness.peer("source");
		for (int i = 0; i < 10_000; i++) {
			Member member = member(i, 1);
			for (Node node : List.of(one, two)) {
				boolean differs = i == 1234 && node == two;
				source.tell(node, (packet) -> {
					packet.markHearsay();
					packet.record(differs ? member(1234, 2) : member, MemberState.ALIVE, 1, 1, 0, 0);
				});
			}
		}
		introduce(one, two);
		introduce(two, one);
		assertThat(one.engine.view().size()).isEqualTo(10_002);
		assertThat(one.engine.viewHash()).isNotEqualTo(two.engine.viewHash());
		this.harness.delivers = (packet) -> packet.to().equals(one.address) || packet.to().equals(two.address);
		int before = this.harness.sent.size();
		this.harness.now += EngineHarness.MILLI;
		// Hashes that differ for a while make the one compare; the other only answers.
		for (int i = 0; i < 30 && one.engine.viewHash() != two.engine.viewHash(); i++) {
			hash(two, one);
			this.harness.run(EngineHarness.SECOND / 2);
		}
		assertThat(one.engine.viewHash()).isEqualTo(two.engine.viewHash());
		assertThat(one.memberOf(new NodeId(id(1234))).contentVersion()).isEqualTo(2);
		int bytes = this.harness.sent.subList(before, this.harness.sent.size())
			.stream()
			.filter((packet) -> packet.trafficClass() == TrafficClass.BULK)
			.filter((packet) -> packet.to().equals(one.address) || packet.to().equals(two.address))
			.mapToInt((packet) -> 28 + packet.bytes().length)
			.sum();
		assertThat(bytes).as("with the headers of IP and UDP").isBetween(100, 1500);
	}

	/**
	 * At the incarnation that the other holds, and at one of which it has not heard;
	 * whether its record fits a datagram or not.
	 */
	@ParameterizedTest
	@CsvSource({ "PUSH_PULL, 1, 1", "PUSH_PULL, 3, 1", "PULL, 1, 1", "PULL, 3, 1", "PUSH, 1, 1", "PUSH, 3, 1",
			"PUSH_PULL, 3, 3000", "PULL, 3, 3000", "PUSH, 3, 3000" })
	void whoeverHoldsAMemberThatIsGoneIsToldSoByAComparison(AntiEntropyMode mode, int incarnation, int metadataBytes) {
		Node one = this.harness.node("one", (config) -> noRumors(config)
			.antiEntropy((settings) -> settings.withMode(mode).withDivergenceDelay(Duration.ofHours(1))));
		Node two = this.harness.node("two", (config) -> noRumors(config)
			.antiEntropy((settings) -> settings.withInterval(Duration.ZERO).withDivergenceDelay(Duration.ofHours(1))));
		acquaint(one, two);
		TestPeer teller = this.harness.peer("teller");
		TestPeer gone = this.harness.peer("gone");
		gone.metadata.put("k", "v".repeat(metadataBytes));
		for (Node node : List.of(one, two)) {
			teller.introduce(node);
			gone.introduce(node);
		}
		teller.claim(two, gone, MemberState.LEFT, incarnation, 0);
		assertThat(one.stateOf(gone.id)).isEqualTo(MemberState.ALIVE);
		this.harness.run(30 * EngineHarness.SECOND);
		assertThat(one.stateOf(gone.id)).isEqualTo(MemberState.LEFT);
		assertThat(one.engine.viewHash()).isEqualTo(two.engine.viewHash());
	}

	/** A hash that differs may be of a node that a rumor has not reached yet. */
	@ParameterizedTest
	@CsvSource({ "8, 2000", "0, 500" })
	void hashesThatDifferAreAskedAboutAfterTheDelayAndAfterAQuarterOfItWhereNoRumorCanCome(int sendsMax,
			int expectedMillis) {
		Node node = this.harness
			.node("node", (config) -> noProbes(config).dissemination((settings) -> settings.withSendsMax(sendsMax))
				.antiEntropy(
						(settings) -> settings.withInterval(Duration.ZERO).withDivergenceDelay(Duration.ofSeconds(2))));
		node.join();
		TestPeer peer = this.harness.peer("peer");
		peer.introduce(node);
		// Past the time after a join, when hashes are looked at closer.
		this.harness.run(30 * EngineHarness.SECOND);
		tellHash(peer, node, node.engine.viewHash());
		peer.hear();
		long firstNanos = this.harness.now;
		List<Long> digestsAfterMillis = new ArrayList<>();
		for (int i = 0; i < 60 && digestsAfterMillis.size() < 2; i++) {
			tellHash(peer, node, 12345);
			if (!peer.hear("digest").isEmpty()) {
				digestsAfterMillis.add((this.harness.now - firstNanos) / EngineHarness.MILLI);
			}
			this.harness.run(100 * EngineHarness.MILLI);
		}
		assertThat(digestsAfterMillis).hasSize(2);
		assertThat(digestsAfterMillis.get(0)).isBetween(expectedMillis - 100L, expectedMillis + 100L);
		assertThat(digestsAfterMillis.get(1)).isBetween(2 * expectedMillis - 200L, 2 * expectedMillis + 200L);
	}

	/**
	 * However much differs, every comparison repairs something within the bytes of the
	 * default settings, whoever begins it: none spends them all on finding out.
	 */
	@ParameterizedTest
	@CsvSource({ "false, false, 0, 1400", "false, true, 0, 1400", "true, false, 0, 1400", "true, true, 0, 1400",
			"false, true, 5000, 1400", "true, true, 5000, 1400", "false, false, 18000, 8192" })
	void aThousandRecordsThatDifferAreRepairedWithinAMinuteAndAHalf(boolean areUnknown, boolean doBothBegin, int same,
			int datagramBytes) {
		UnaryOperator<GossipConfig.Builder> settings = (config) -> noRumors(config)
			.transport((transport) -> transport.withDatagramBudgetBytes(datagramBytes))
			.antiEntropy((antiEntropy) -> antiEntropy.withInterval(Duration.ZERO));
		Node one = this.harness.node("one", settings);
		Node two = this.harness.node("two",
				(config) -> settings.apply(config)
					.antiEntropy((antiEntropy) -> antiEntropy.withInterval(Duration.ZERO)
						.withDivergenceDelay(doBothBegin ? Duration.ofSeconds(2) : Duration.ofHours(1))));
		acquaint(one, two);
		TestPeer source = this.harness.peer("source");
		this.harness.delivers = (packet) -> false;
		for (int i = 0; i < 1000 + same; i++) {
			boolean differs = i < 1000;
			for (Node node : (areUnknown && differs) ? List.of(two) : List.of(one, two)) {
				Member member = member(i, (node == two && differs) ? 2 : 1);
				source.tell(node, (packet) -> {
					packet.markHearsay();
					packet.record(member, MemberState.ALIVE, 1, 1, 0, 0);
				});
			}
		}
		this.harness.run(60 * EngineHarness.SECOND);
		this.harness.delivers = (packet) -> packet.trafficClass() == TrafficClass.BULK
				&& (packet.to().equals(one.address) || packet.to().equals(two.address));
		int before = this.harness.sent.size();
		for (int i = 0; i < 180 && one.engine.viewHash() != two.engine.viewHash(); i++) {
			hash(two, one);
			hash(one, two);
			this.harness.run(EngineHarness.SECOND / 2);
		}
		assertThat(one.engine.viewHash()).isEqualTo(two.engine.viewHash());
		int bytes = this.harness.sent.subList(before, this.harness.sent.size())
			.stream()
			.filter(this.harness.delivers)
			.mapToInt((packet) -> 28 + packet.bytes().length)
			.sum();
		assertThat(bytes).as("of 100 KB of records").isLessThan(400_000);
	}

	/** They may be in dispute as long as a zone is cut off. */
	@Test
	void whoIsGoneTakesHalfOfAnAnswerAtMostAndTheRestIsToldAsWell() {
		Node node = this.harness.node("node", RepairTest::noProbes);
		node.join();
		TestPeer peer = this.harness.peer("peer");
		peer.introduce(node);
		List<Long> gone = new ArrayList<>();
		for (int i = 0; i < 3000; i++) {
			boolean isIn = i % 100 == 0;
			if (DigestTree.leafOf(id(i)) / 16 == 3) {
				Member member = member(i, 1);
				peer.tell(node, (packet) -> {
					packet.markHearsay();
					packet.record(member, isIn ? MemberState.ALIVE : MemberState.LEFT, 1, 1, 0, 0);
				});
				if (!isIn) {
					gone.add(id(i));
				}
			}
		}
		this.harness.run(EngineHarness.SECOND);
		peer.hear();
		assertThat(gone).hasSizeGreaterThan(100);
		int before = node.sent().size();
		peer.tell(node, (packet) -> {
			packet.leaves(3, 0xFFFF, true, gone.size());
			gone.forEach((id) -> packet.hash(ViewHash.fold(ViewHash.digestPart(ViewHash.part(id, 1, 1), 1))));
		});
		assertThat(node.sent()).hasSize(before + 1);
		List<String> answer = peer.hear();
		assertThat(answer).filteredOn((line) -> line.startsWith("liveness")).hasSizeBetween(15, 25);
		assertThat(answer).anyMatch((line) -> line.startsWith("record ") || line.startsWith("versions "));
	}

	@ParameterizedTest
	@EnumSource(AntiEntropyMode.class)
	void whoComparesGivesOrTakesOrBothAsItsModeSays(AntiEntropyMode mode) {
		Node one = this.harness.node("one", (config) -> noRumors(config)
			.antiEntropy((settings) -> settings.withMode(mode).withDivergenceDelay(Duration.ofHours(1))));
		Node two = this.harness.node("two", (config) -> noRumors(config)
			.antiEntropy((settings) -> settings.withInterval(Duration.ZERO).withDivergenceDelay(Duration.ofHours(1))));
		acquaint(one, two);
		TestPeer ofOne = this.harness.peer("of-one");
		TestPeer ofTwo = this.harness.peer("of-two");
		ofOne.introduce(one);
		ofTwo.introduce(two);
		this.harness.run(30 * EngineHarness.SECOND);
		assertThat(two.engine.view().find(ofOne.id).isPresent()).as("given").isEqualTo(mode != AntiEntropyMode.PULL);
		assertThat(one.engine.view().find(ofTwo.id).isPresent()).as("taken").isEqualTo(mode != AntiEntropyMode.PUSH);
		assertThat(one.engine.rumorsQueued() + two.engine.rumorsQueued()).isZero();
	}

	private static long id(int number) {
		return 0x9E3779B97F4A7C15L * (number + 1);
	}

	private static Member member(int number, int contentVersion) {
		return new Member(new NodeId(id(number)), 1, "member" + number, Address.ofIpv4(0x0B000000 + number, 7946),
				Zone.NONE, Collections.emptySortedMap(), contentVersion, 1, 1);
	}

	/** Starts two nodes that know each other. */
	private void acquaint(Node one, Node two) {
		one.join();
		two.join();
		introduce(one, two);
		introduce(two, one);
	}

	/** Makes a node known to another by its own record. */
	private void introduce(Node node, Node to) {
		TestPeer voice = new TestPeer(this.harness, node.engine.self().name(), node.address,
				node.engine.self().instance());
		voice.introduce(to);
	}

	/** Shows the view hash of a node to another. */
	private void hash(Node node, Node to) {
		TestPeer voice = new TestPeer(this.harness, node.engine.self().name(), node.address,
				node.engine.self().instance());
		tellHash(voice, to, node.engine.viewHash());
	}

	private static void tellHash(TestPeer from, Node to, long hash) {
		from.tell(to, (packet) -> {
			packet.viewHash(hash);
			packet.ping(1);
		});
	}

	private static GossipConfig.Builder noRumors(GossipConfig.Builder config) {
		return noProbes(config).dissemination((settings) -> settings.withSendsMax(0));
	}

	static GossipConfig.Builder noProbes(GossipConfig.Builder config) {
		return config.failureDetection((settings) -> settings.withProbeInterval(Duration.ofMinutes(10)))
			.healing((settings) -> settings.withInterval(Duration.ofHours(20)))
			.antiEntropy((settings) -> settings.withInterval(Duration.ofSeconds(1)));
	}

}
