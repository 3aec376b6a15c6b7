package io.gossip.protocol.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.protocol.UnreachableReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalTest {

	private static final int PEERS = 8;

	private final EngineHarness harness = new EngineHarness(91);

	private final SuspicionTimes times = new SuspicionTimes(GossipConfig.defaults());

	private final List<TestPeer> peers = new ArrayList<>();

	private final TestPeer subject = this.harness.peer("subject");

	/** Probes so rarely that whatever is accused, others have accused it. */
	private final Node node = this.harness.node("node",
			(config) -> config.failureDetection((settings) -> settings.withProbeInterval(Duration.ofMinutes(10))));

	@Test
	void twoAccusersWhoWereRefusedShortenTheSuspicionToTheTimeThatNewsTakes() {
		start(this.node);
		refuse(this.node, this.peers.get(0));
		this.harness.run(100 * EngineHarness.MILLI);
		long confirmed = this.harness.now;
		refuse(this.node, this.peers.get(1));
		long witnesses = 2 * this.times.witnessNanos();
		assertThat(timeOfDeath(this.node) - confirmed)
			.isLessThanOrEqualTo(Math.max(this.times.spreadNanos(PEERS + 2), witnesses));
	}

	@Test
	void oneAccuserWhoWasRefusedDecidesNothingHoweverOftenItSaysSo() {
		start(this.node);
		for (int i = 0; i < 5; i++) {
			refuse(this.node, this.peers.get(0));
			this.harness.run(100 * EngineHarness.MILLI);
		}
		this.harness.run(this.times.maxNanos(PEERS + 2));
		assertThat(this.node.stateOf(this.subject.id)).isEqualTo(MemberState.SUSPECT);
	}

	@Test
	void anAccuserWhoIsRefusedLaterStillCounts() {
		start(this.node);
		this.peers.get(0).accuse(this.node, this.subject);
		this.peers.get(1).accuse(this.node, this.subject);
		refuse(this.node, this.peers.get(1));
		refuse(this.node, this.peers.get(0));
		long confirmed = this.harness.now;
		assertThat(timeOfDeath(this.node) - confirmed).isLessThan(this.times.minNanos(PEERS + 2));
	}

	@Test
	void refusalsTravelWithTheirAccuserUnchanged() {
		start(this.node);
		refuse(this.node, this.peers.get(0));
		this.harness.run(3 * EngineHarness.SECOND);
		String news = "refusal " + this.subject.id.value() + " 1 " + this.subject.instance + " ";
		List<String> heard = this.peers.stream()
			.flatMap((peer) -> peer.inbox.stream())
			.flatMap((packet) -> packet.lines().stream())
			.filter((line) -> line.startsWith("refusal "))
			.toList();
		assertThat(heard).hasSizeGreaterThan(3)
			.allMatch((line) -> line.startsWith(news) && line.endsWith(" " + this.peers.get(0).id.value()));
	}

	@Test
	void theMemberItselfRefutesAndIsNotAccusedByRefusalsAgainUntilItStartsAnew() {
		start(this.node);
		refuse(this.node, this.peers.get(0));
		this.subject.incarnation = 2;
		this.peers.get(3).claim(this.node, this.subject, MemberState.ALIVE, 2, 0);
		assertThat(this.node.stateOf(this.subject.id)).isEqualTo(MemberState.ALIVE);
		long start = this.harness.now;
		refuse(this.node, this.peers.get(0));
		refuse(this.node, this.peers.get(1));
		this.harness.run(this.times.minNanos(PEERS + 2));
		assertThat(this.node.stateOf(this.subject.id)).isEqualTo(MemberState.SUSPECT);
		this.subject.instance++;
		this.subject.incarnation = 3;
		this.subject.introduce(this.node);
		this.harness.run(5 * EngineHarness.MILLI);
		refuse(this.node, this.peers.get(0));
		refuse(this.node, this.peers.get(1));
		long confirmed = this.harness.now;
		assertThat(confirmed).isGreaterThan(start);
		assertThat(timeOfDeath(this.node) - confirmed).isLessThan(this.times.minNanos(PEERS + 2));
	}

	@Test
	void aSignOfLifeTakesARefusalBack() {
		start(this.node);
		refuse(this.node, this.peers.get(0));
		refuse(this.node, this.peers.get(1));
		this.harness.run(5 * EngineHarness.MILLI);
		this.subject.tell(this.node, (packet) -> packet.ping(7));
		long alive = this.harness.now;
		assertThat(timeOfDeath(this.node) - alive).isGreaterThan(this.times.minNanos(PEERS + 2));
	}

	@Test
	void aProberWhoseTargetRefusesAccusesItBeforeTheRoundEnds() {
		Node prober = this.harness.node("prober");
		start(prober);
		long pinged = pinged(prober);
		streamPing(prober);
		prober.engine.onUnreachable(this.harness.now, this.subject.address, UnreachableReason.REFUSED);
		assertThat(this.harness.runUntil(() -> prober.stateOf(this.subject.id) == MemberState.SUSPECT,
				EngineHarness.SECOND))
			.isTrue();
		// A ping timeout until helpers were asked, and another for their answers.
		assertThat(this.harness.now - pinged).isLessThanOrEqualTo(EngineHarness.SECOND);
		assertThat(prober.engine.localHealth()).as("it is not the prober's fault").isZero();
		assertThat(prober.sent()).anyMatch((packet) -> packet.tells("refusal "))
			.noneMatch((packet) -> packet.tells("liveness " + this.subject.id.value() + " SUSPECT"));
	}

	@Test
	void anAnswerInTheRoundOverridesTheRefusal() {
		Node prober = this.harness.node("prober");
		start(prober);
		pinged(prober);
		streamPing(prober);
		prober.engine.onUnreachable(this.harness.now, this.subject.address, UnreachableReason.REFUSED);
		this.subject.answersPings = true;
		this.subject.tell(prober, (packet) -> packet.ping(5));
		this.harness.run(300 * EngineHarness.MILLI);
		assertThat(prober.sent()).noneMatch((packet) -> packet.tells("refusal "));
	}

	@Test
	void otherFailuresOfTheStreamAreNoEvidenceButABrokenOneIsTriedAgainOnce() {
		Node prober = this.harness.node("prober");
		start(prober);
		pinged(prober);
		streamPing(prober);
		for (int i = 0; i < 3; i++) {
			for (UnreachableReason why : UnreachableReason.values()) {
				if (why != UnreachableReason.REFUSED) {
					prober.engine.onUnreachable(this.harness.now, this.subject.address, why);
				}
			}
		}
		assertThat(streamPings(prober)).isEqualTo(2);
		this.harness.run(2 * EngineHarness.SECOND);
		assertThat(prober.sent()).noneMatch((packet) -> packet.tells("refusal "));
	}

	@Test
	void whoLooksAfterTheMemberTriesTheStreamAtOnce() {
		int tried = 0;
		for (int i = 0; i < 12; i++) {
			EngineHarness world = new EngineHarness(i);
			Node ward = world.node("ward" + i, (config) -> config
				.failureDetection((settings) -> settings.withProbeInterval(Duration.ofMinutes(10))));
			ward.join();
			TestPeer gone = world.peer("gone");
			gone.answersPings = false;
			gone.introduce(ward);
			TestPeer accuser = world.peer("accuser");
			accuser.introduce(ward);
			world.run(5 * EngineHarness.MILLI);
			accuser.tell(ward, (packet) -> packet.refusal(gone.id.value(), 1, gone.instance, 0, accuser.id.value()));
			tried += (int) ward.sent()
				.stream()
				.filter((packet) -> packet.isFrame() && packet.to().equals(gone.address) && packet.tells("ping "))
				.count();
		}
		assertThat(tried).as("in a cluster of three all look after all").isEqualTo(12);
	}

	private void start(Node observer) {
		observer.join();
		this.subject.answersPings = false;
		this.subject.introduce(observer);
		for (int i = 0; i < PEERS; i++) {
			TestPeer peer = this.harness.peer("peer" + i);
			this.peers.add(peer);
			peer.introduce(observer);
		}
		// What was heard in the millisecond of an accusation counts as heard after it.
		this.harness.run(5 * EngineHarness.MILLI);
	}

	private void refuse(Node observer, TestPeer accuser) {
		accuser.tell(observer, (packet) -> packet.refusal(this.subject.id.value(), this.subject.incarnation,
				this.subject.instance, 0, accuser.id.value()));
	}

	private long timeOfDeath(Node observer) {
		assertThat(this.harness.runUntil(() -> observer.stateOf(this.subject.id) == MemberState.DEAD,
				60 * EngineHarness.SECOND))
			.isTrue();
		return this.harness.now;
	}

	private long pinged(Node prober) {
		assertThat(this.harness.runUntil(
				() -> this.subject.inbox.stream().anyMatch((packet) -> !packet.isFrame() && packet.tells("ping ")),
				60 * EngineHarness.SECOND))
			.isTrue();
		assertThat(prober.stateOf(this.subject.id)).isEqualTo(MemberState.ALIVE);
		return this.harness.now;
	}

	private void streamPing(Node prober) {
		assertThat(this.harness.runUntil(() -> streamPings(prober) > 0, 60 * EngineHarness.SECOND)).isTrue();
	}

	private long streamPings(Node prober) {
		return prober.sent()
			.stream()
			.filter((packet) -> packet.isFrame() && packet.to().equals(this.subject.address) && packet.tells("ping "))
			.count();
	}

}
