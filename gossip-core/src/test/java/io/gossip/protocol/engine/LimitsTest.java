package io.gossip.protocol.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.Zone;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.membership.ViewHash;
import io.gossip.protocol.wire.SnapshotShare;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LimitsTest {

	private final EngineHarness harness = new EngineHarness(111);

	@Test
	void morePausesThanAreKeptAreCounted() {
		Node node = this.harness.node("node");
		node.join();
		for (TestPeer peer : peers(node, 70)) {
			peer.tell(node, (packet) -> packet.pause(peer.id.value(), peer.incarnation, peer.instance, 1, 10_000));
		}
		assertThat(node.drops(DropReason.PAUSES_LIMIT)).isEqualTo(70 - 64);
	}

	@Test
	void theTableHoldsNoMoreMembersThanTheSettingAllows() {
		Node node = this.harness.node("node", (config) -> config.limits((limits) -> limits.withMembersMax(5)));
		node.join();
		peers(node, 10);
		assertThat(node.engine.view().all()).hasSize(5);
		assertThat(node.drops(DropReason.MEMBERS_LIMIT)).isEqualTo(6);
		assertThat(node.events).hasSize(4);
	}

	@Test
	void noMoreRumorsWaitThanTheSettingAllows() {
		Node node = this.harness.node("node", (config) -> config.limits((limits) -> limits.withRumorsMax(20)));
		node.join();
		peers(node, 50);
		assertThat(node.engine.rumorsQueued()).isEqualTo(20);
		assertThat(node.drops(DropReason.RUMORS_LIMIT)).isEqualTo(30);
		assertThat(node.engine.view().size()).isEqualTo(51);
	}

	@Test
	void noMoreOfTheGoneAreRememberedThanTheSettingAllowsAndTheOldestIsForgottenFirst() {
		Node node = this.harness.node("node", (config) -> config.limits((limits) -> limits.withTombstonesMax(3)));
		node.join();
		List<TestPeer> peers = peers(node, 8);
		for (int i = 0; i < 5; i++) {
			peers.get(7).claim(node, peers.get(i), MemberState.LEFT, 1, 9);
			this.harness.run(EngineHarness.MILLI);
		}
		assertThat(node.drops(DropReason.TOMBSTONES_LIMIT)).isEqualTo(2);
		assertThat(node.engine.count(MemberState.DEAD) + node.engine.count(MemberState.LEFT)).isEqualTo(3);
		for (int i = 0; i < 5; i++) {
			assertThat(node.engine.view().find(peers.get(i).id).isPresent()).as("peer %d", i).isEqualTo(i >= 2);
		}
		assertThat(node.engine.view().size()).isEqualTo(4);
	}

	@Test
	void aNodeThatRemembersOnlyOneTombstonePublishesEachDepartureAllTheSame() {
		Node node = this.harness.node("node", (config) -> config.limits((limits) -> limits.withTombstonesMax(1)));
		node.join();
		List<TestPeer> peers = peers(node, 4);
		for (int i = 0; i < 2; i++) {
			peers.get(3).claim(node, peers.get(i), MemberState.LEFT, 1, 9);
			assertThat(node.events.get(node.events.size() - 1).member().id()).isEqualTo(peers.get(i).id);
			this.harness.run(EngineHarness.MILLI);
		}
		assertThat(node.engine.view().find(peers.get(0).id)).isEmpty();
		assertThat(node.stateOf(peers.get(1).id)).isEqualTo(MemberState.LEFT);
	}

	@Test
	void noMoreSuspicionsRunThanTheSettingAllows() {
		Node node = this.harness.node("node", (config) -> config.limits((limits) -> limits.withSuspicionsMax(2)));
		node.join();
		List<TestPeer> peers = peers(node, 8);
		for (int i = 0; i < 5; i++) {
			peers.get(7).accuse(node, peers.get(i));
		}
		assertThat(node.engine.suspicionsRunning()).isEqualTo(2);
		assertThat(node.drops(DropReason.SUSPICIONS_LIMIT)).isEqualTo(3);
		assertThat(node.engine.count(MemberState.SUSPECT)).isEqualTo(5);
	}

	@Test
	void aSuspicionThatHadNoRoomBeginsWhenThereIsSomeAndSomebodyAccusesAgain() {
		Node node = this.harness.node("node", (config) -> config.limits((limits) -> limits.withSuspicionsMax(1)));
		node.join();
		List<TestPeer> peers = peers(node, 4);
		peers.get(3).accuse(node, peers.get(0));
		peers.get(3).accuse(node, peers.get(1));
		assertThat(node.engine.suspicionsRunning()).isOne();
		peers.get(0).incarnation = 2;
		peers.get(0).tell(node, peers.get(0)::record);
		assertThat(node.stateOf(peers.get(0).id)).isEqualTo(MemberState.ALIVE);
		assertThat(node.engine.suspicionsRunning()).isZero();
		peers.get(2).accuse(node, peers.get(1));
		assertThat(node.stateOf(peers.get(1).id)).isEqualTo(MemberState.SUSPECT);
		assertThat(node.engine.suspicionsRunning()).isOne();
	}

	@Test
	void theGoneKeepTheLivingOutOfAFullTableOnlyWhileTheyMayComeBack() {
		Node node = this.harness.node("node", (config) -> config.limits((limits) -> limits.withMembersMax(6)));
		node.join();
		List<TestPeer> peers = peers(node, 5);
		for (int i = 0; i < 2; i++) {
			peers.get(4).claim(node, peers.get(i), MemberState.LEFT, 1, 9);
			this.harness.run(EngineHarness.MILLI);
		}
		List<TestPeer> late = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			late.add(this.harness.peer("late" + i));
			late.get(i).introduce(node);
		}
		assertThat(node.engine.view().size()).as("itself and three who stayed").isEqualTo(4);
		assertThat(node.drops(DropReason.MEMBERS_LIMIT)).isEqualTo(4);
		this.harness.run(60 * EngineHarness.SECOND);
		late.forEach((peer) -> peer.introduce(node));
		assertThat(node.engine.view().size()).as("and two who came").isEqualTo(6);
		assertThat(node.drops(DropReason.TOMBSTONES_LIMIT)).isEqualTo(2);
		assertThat(node.drops(DropReason.MEMBERS_LIMIT)).isEqualTo(6);
	}

	@Test
	void noMoreStaleSpeakersAreToldThanTheSettingAllows() {
		Node node = this.harness.node("node", (config) -> config.limits((limits) -> limits.withCorrectionsPerSecond(4))
			.failureDetection((settings) -> settings.withProbeInterval(Duration.ofMinutes(10))));
		node.join();
		List<TestPeer> peers = peers(node, 40);
		for (int i = 0; i < 20; i++) {
			peers.get(30).claim(node, peers.get(i), MemberState.LEFT, 3, 0);
		}
		for (int i = 0; i < 20; i++) {
			peers.get(i).tell(node, (packet) -> packet.ping(1));
		}
		assertThat(node.drops(DropReason.CORRECTIONS_LIMIT)).isEqualTo(16);
		assertThat(node.sent().stream().filter((packet) -> packet.tells("correction"))).hasSize(4);
	}

	@Test
	void nobodyIsAnsweredMorePacketsOfRecordsThanTheRateAllows() {
		Node node = this.harness.node("node", LimitsTest::withRoomForRepair);
		node.join();
		List<TestPeer> peers = peers(node, 2);
		for (int i = 0; i < 600; i++) {
			peers.get(0).tell(node, (packet) -> packet.recordRequest(peers.get(1).id.value()));
		}
		assertThat(node.drops(DropReason.RATE_LIMIT)).isEqualTo(100);
		assertThat(node.sent()).hasSize(500);
	}

	@Test
	void whatOnePacketAsksForIsAnsweredTogetherAndUpToALimit() {
		Node node = this.harness.node("node", LimitsTest::withRoomForRepair);
		node.join();
		List<TestPeer> peers = peers(node, 2);
		peers.get(0).tellByStream(node, (packet) -> {
			for (int i = 0; i < 3000; i++) {
				packet.recordRequest(peers.get(1).id.value());
			}
		});
		assertThat(node.drops(DropReason.RATE_LIMIT)).isEqualTo(3000 - 1024);
		assertThat(node.sent()).hasSizeLessThan(4);
		assertThat(peers.get(0).hear("record")).hasSize(1024);
	}

	@Test
	void noMoreQuestionsAreAskedThanTheRateAllows() {
		Node node = this.harness.node("node", LimitsTest::withRoomForRepair);
		node.join();
		TestPeer peer = peers(node, 1).get(0);
		peer.tellByStream(node, (packet) -> {
			for (int i = 1; i <= 1000; i++) {
				packet.liveness(i, MemberState.ALIVE, 1, 1, 0, 0);
			}
		});
		assertThat(node.sent()).hasSize(200);
		assertThat(node.drops(DropReason.RATE_LIMIT)).isEqualTo(800);
		assertThat(node.engine.view().size()).isEqualTo(2);
	}

	@Test
	void onePacketOfRepairCausesABoundedNumberOfPackets() {
		Node node = this.harness.node("node");
		node.join();
		TestPeer peer = peers(node, 200).get(0);
		peer.tell(node, (packet) -> {
			packet.markHearsay();
			for (int i = 0; i < 15; i++) {
				packet.digest(1, i);
				for (int hash = 0; hash < 16; hash++) {
					packet.hash(hash);
				}
			}
		});
		assertThat(node.sent()).as("answers to many digests in one packet").hasSizeLessThanOrEqualTo(16);
		int before = node.sent().size();
		peer.tell(node, (packet) -> {
			packet.markHearsay();
			for (int leaf = 0; leaf < 128; leaf++) {
				packet.leaves(leaf / 16, 1 << leaf % 16, true, 0);
			}
		});
		assertThat(node.sent().size() - before).as("answers to many leaves in one packet").isLessThanOrEqualTo(16);
		assertThat(node.drops(DropReason.REPAIR_LIMIT)).isPositive();
	}

	/** What a packet asks for is answered at its end, when it may have been forgotten. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aMemberThatIsForgottenBeforeThePacketEndsThatAsksForItIsNoFault(boolean isAskedFor) {
		Node node = this.harness.node("node", (config) -> config.limits((limits) -> limits.withTombstonesMax(10)));
		node.join();
		TestPeer teller = this.harness.peer("teller");
		teller.introduce(node);
		List<TestPeer> gone = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			gone.add(this.harness.peer("gone" + i));
		}
		for (int i = 0; i < 10; i++) {
			bury(teller, node, gone.get(i));
		}
		for (int i = 10; i < 190; i += 10) {
			List<TestPeer> held = gone.subList(i - 10, i);
			List<TestPeer> next = gone.subList(i, i + 10);
			this.harness.run(2 * EngineHarness.SECOND);
			teller.tell(node, (packet) -> {
				packet.markHearsay();
				for (TestPeer peer : held) {
					if (isAskedFor) {
						packet.recordRequest(peer.id.value());
					}
					else {
						packet.record(peer.member(), MemberState.ALIVE, 1, peer.instance, 0, 0);
					}
				}
				for (TestPeer peer : next.subList(0, 4)) {
					packet.record(peer.member(), MemberState.LEFT, 1, peer.instance, 0, 0);
				}
			});
		}
		assertThat(node.drops(DropReason.TOMBSTONES_LIMIT)).isPositive();
		assertThat(node.engine.count(MemberState.LEFT)).isEqualTo(10);
	}

	private static void bury(TestPeer teller, Node node, TestPeer gone) {
		teller.tell(node, (packet) -> packet.record(gone.member(), MemberState.LEFT, 1, gone.instance, 0, 0));
	}

	/** Each takes a walk over the table, and none of them needs an answer. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void comparisonsThatNeedNoAnswerHaveABoundedNumberOfRowsLookedAtInASecond(boolean areLeaves) {
		Node node = this.harness.node("node");
		node.join();
		TestPeer peer = peers(node, 999).get(0);
		int walks = 1_000_000 / 1000;
		for (int i = 0; i < walks + 50; i++) {
			peer.tell(node, (packet) -> {
				if (areLeaves) {
					packet.leaves(0, 1, false, 0);
				}
				else {
					packet.hashRequest(12345);
				}
			});
		}
		assertThat(node.drops(DropReason.REPAIR_LIMIT)).isEqualTo(50);
		assertThat(node.drops(DropReason.BULK_BUDGET)).isZero();
		this.harness.now += EngineHarness.SECOND;
		peer.hear();
		long part = ViewHash.part(peer.id.value(), peer.instance, peer.member().contentVersion());
		peer.tell(node, (packet) -> packet.hashRequest(ViewHash.fold(ViewHash.digestPart(part, peer.incarnation))));
		assertThat(peer.hear("record")).as("a second later").hasSize(1);
	}

	@Test
	void onePacketAsksForABoundedNumberOfRecordsByTheirHashes() {
		Node node = this.harness.node("node",
				(config) -> config.transport((settings) -> settings.withDatagramBudgetBytes(8192)));
		node.join();
		TestPeer peer = peers(node, 3).get(0);
		peer.tell(node, (packet) -> {
			for (int hash = 0; hash < 1024; hash++) {
				packet.hashRequest(hash);
			}
		});
		assertThat(node.drops(DropReason.REPAIR_LIMIT)).isZero();
		peer.tell(node, (packet) -> {
			for (int hash = 0; hash < 1025; hash++) {
				packet.hashRequest(hash);
			}
		});
		assertThat(node.drops(DropReason.REPAIR_LIMIT)).isEqualTo(1);
	}

	@Test
	void noMoreMembersAreProbedAtATimeBesideTheOrderThanThereAreRounds() {
		Node node = this.harness.node("node", (config) -> withRoomForRepair(config)
			.failureDetection((settings) -> settings.withProbeInterval(Duration.ofMinutes(10))));
		node.join();
		List<TestPeer> peers = peers(node, 21);
		peers.forEach((peer) -> peer.answersPings = false);
		for (TestPeer dead : peers.subList(0, 20)) {
			peers.get(20).tell(node, (packet) -> {
				packet.markHearsay();
				packet.liveness(dead.id.value(), MemberState.DEAD, 1, dead.instance, 0, 9);
			});
		}
		assertThat(node.drops(DropReason.PROBES_LIMIT)).as("seven of twenty are probed").isEqualTo(13);
	}

	@Test
	void aZoneBeyondThoseThatAreToldApartIsCounted() {
		Node node = this.harness.node("node");
		node.join();
		for (int i = 0; i < 257; i++) {
			TestPeer peer = this.harness.peer("peer" + i);
			peer.zone = new Zone("zone-" + i);
			peer.introduce(node);
		}
		assertThat(node.drops(DropReason.ZONES_LIMIT)).isEqualTo(2);
		assertThat(node.engine.view().size()).isEqualTo(258);
	}

	@Test
	void noMoreReturnsFromTheDeadAreRememberedThanThereIsRoomFor() {
		Node node = this.harness.node("node", LimitsTest::withRoomForRepair);
		node.join();
		TestPeer teller = peers(node, 1).get(0);
		List<TestPeer> dead = new ArrayList<>();
		for (int i = 0; i < 130; i++) {
			TestPeer peer = this.harness.peer("dead" + i);
			peer.introduce(node);
			teller.claim(node, peer, MemberState.DEAD, 1, 9);
			dead.add(peer);
		}
		assertThat(node.engine.count(MemberState.DEAD)).isEqualTo(130);
		for (TestPeer peer : dead) {
			peer.incarnation = 2;
			peer.introduce(node);
		}
		assertThat(node.engine.count(MemberState.DEAD)).isZero();
		assertThat(node.drops(DropReason.RETURNS_LIMIT)).isEqualTo(2);
	}

	@Test
	void whoeverAsksAgainWhileManyWaitIsAnsweredOnceAndReferralsHaveARate() {
		Node node = this.harness.node("node",
				(config) -> config.join((settings) -> settings.withSnapshotBytesPerSecond(64 * 1024))
					.node((settings) -> settings.withMetadata(new TreeMap<>(Map.of("key", "x".repeat(3500))))));
		node.join();
		List<TestPeer> joiners = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			TestPeer joiner = this.harness.peer("j" + i);
			joiner.metadata.put("key", "x".repeat(3500));
			joiners.add(joiner);
			for (int times = 0; times < 3; times++) {
				joiner.tellByStream(node, (packet) -> {
					packet.join(3, false, 1, SnapshotShare.ANY);
					joiner.record(packet);
				});
			}
		}
		this.harness.run(EngineHarness.SECOND);
		assertThat(bytes(joiners, "busy")).isPositive()
			.as("what snapshots may take at once, and half of it a second")
			.isLessThan(64 * 1024 + 32 * 1024 + 20_000);
		assertThat(joiners)
			.allMatch((joiner) -> joiner.inbox.stream().filter((packet) -> packet.tells("busy 3")).count() <= 1);
	}

	@Test
	void ofTheJoinersQuestionsInOnePacketOneIsTaken() {
		Node node = this.harness.node("node");
		node.join();
		TestPeer joiner = this.harness.peer("joiner");
		joiner.tellByStream(node, (packet) -> {
			for (int share = 0; share < 64; share++) {
				packet.join(share, false, 1, new SnapshotShare(share, 64));
			}
			joiner.record(packet);
		});
		this.harness.run(EngineHarness.SECOND);
		assertThat(node.drops(DropReason.RATE_LIMIT)).isEqualTo(63);
		assertThat(joiner.hear("snapshot")).hasSize(1);
	}

	@Test
	void aSeedInAStormServesWhomItCanAndTellsTheOthersWhomToAsk() {
		Node node = this.harness.node("node");
		node.join();
		List<TestPeer> joiners = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			TestPeer joiner = this.harness.peer("j" + i);
			joiners.add(joiner);
			joiner.tellByStream(node, (packet) -> {
				packet.join(3, false, 1, SnapshotShare.ANY);
				joiner.record(packet);
			});
		}
		int rate = GossipConfig.defaults().join().snapshotBytesPerSecond();
		this.harness.run(900 * EngineHarness.MILLI);
		assertThat(bytes(joiners, "snapshot")).isPositive().isLessThan(rate + rate / 4 + 65_536);
		assertThat(bytes(joiners, "busy")).isPositive().isLessThan(rate + rate / 2 + 65_536);
		this.harness.run(5 * EngineHarness.SECOND);
		long served = joiners.stream().filter((joiner) -> hasHeard(joiner, "snapshot 3 ")).count();
		long referred = joiners.stream().filter((joiner) -> hasHeard(joiner, "busy 3")).count();
		assertThat(served).isPositive();
		assertThat(referred).as("questions that wait are limited, too").isEqualTo(4096 - served);
		assertThat(node.drops(DropReason.SNAPSHOTS_LIMIT)).isEqualTo(5000 - 4096 + referred);
	}

	private static int bytes(List<TestPeer> joiners, String kind) {
		return joiners.stream()
			.flatMap((joiner) -> joiner.inbox.stream())
			.filter((packet) -> packet.tells(kind))
			.mapToInt((packet) -> packet.bytes().length)
			.sum();
	}

	private static boolean hasHeard(TestPeer joiner, String beginning) {
		return joiner.inbox.stream().anyMatch((packet) -> packet.tells(beginning));
	}

	/** The limit is that of the number, not that of the bytes. */
	private static GossipConfig.Builder withRoomForRepair(GossipConfig.Builder config) {
		return config.antiEntropy((settings) -> settings.withBytesPerSecond(1 << 20));
	}

	private List<TestPeer> peers(Node node, int count) {
		List<TestPeer> peers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			TestPeer peer = this.harness.peer("peer" + i);
			peers.add(peer);
			peer.introduce(node);
		}
		return peers;
	}

}
