package io.gossip.protocol.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.gossip.Address;
import io.gossip.MemberState;
import io.gossip.Zone;
import io.gossip.protocol.DropReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is held with its zone while that is cut off, though it was declared dead. */
class ZoneHoldTest {

	private static final Zone OWN = new Zone("own");

	private static final Zone FAR = new Zone("far");

	private static final long HOUR = 3600 * EngineHarness.SECOND;

	private final EngineHarness harness = new EngineHarness(7);

	private final List<TestPeer> near = new ArrayList<>();

	private final List<TestPeer> far = new ArrayList<>();

	private final Set<Address> cut = new HashSet<>();

	private Node node;

	private void start(int suspicionsMax) {
		this.node = this.harness.node("node", (config) -> config.node((settings) -> settings.withZone(OWN))
			.limits((limits) -> limits.withSuspicionsMax(suspicionsMax)));
		this.node.join();
		for (int i = 0; i < 6; i++) {
			this.near.add(peer("near" + i, OWN));
			this.near.get(i).introduce(this.node);
		}
		for (int i = 0; i < 12; i++) {
			this.far.add(peer("far" + i, FAR));
			this.far.get(i).introduce(this.node);
		}
	}

	private TestPeer peer(String name, Zone zone) {
		TestPeer peer = this.harness.peer(name);
		peer.zone = zone;
		return peer;
	}

	private List<TestPeer> dead(int count) {
		List<TestPeer> dead = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			TestPeer peer = peer("dead" + i, FAR);
			dead.add(peer);
			this.near.get(0)
				.tell(this.node, (packet) -> packet.record(peer.member(), MemberState.DEAD, 5, peer.instance, 0, 9));
		}
		return dead;
	}

	private void cutOff() {
		this.far.forEach((peer) -> this.cut.add(peer.address));
		this.harness.delivers = (packet) -> !this.cut.contains(packet.from()) && !this.cut.contains(packet.to());
		assertThat(this.harness.runUntil(() -> !this.node.engine.view().unreachableZones().isEmpty(),
				9 * EngineHarness.SECOND))
			.isTrue();
	}

	private long suspected(List<TestPeer> peers) {
		return peers.stream().filter((peer) -> this.node.stateOf(peer.id) == MemberState.SUSPECT).count();
	}

	@Test
	void whoDiedJustBeforeTheCutIsHeldAndWhoDiedLongBeforeIsNot() {
		start(4096);
		List<TestPeer> early = dead(1);
		this.harness.run(11 * EngineHarness.SECOND);
		TestPeer late = this.far.get(3);
		this.near.get(0).claim(this.node, late, MemberState.DEAD, 1, 9);
		cutOff();
		assertThat(this.node.stateOf(early.get(0).id)).isEqualTo(MemberState.DEAD);
		assertThat(this.node.stateOf(late.id)).isEqualTo(MemberState.SUSPECT);
	}

	/** Milliseconds as an int wrap after 24.8 days, between the death and the cut. */
	@ParameterizedTest
	@ValueSource(longs = { 0, Integer.MAX_VALUE * 1_000_000L - HOUR })
	void howeverLongTheNodeHasRunWhoDiedHoursBeforeIsNotHeld(long ranForNanos) {
		start(4096);
		this.harness.now += ranForNanos;
		List<TestPeer> early = dead(5);
		this.harness.now += 2 * HOUR;
		this.harness.run(3 * EngineHarness.SECOND);
		cutOff();
		assertThat(early).allMatch((peer) -> this.node.stateOf(peer.id) == MemberState.DEAD);
	}

	@Test
	void whoIsHeldByAnotherIsHeldThoughItDiedHalfAMinuteBefore() {
		start(4096);
		TestPeer disputed = dead(1).get(0);
		this.harness.run(30 * EngineHarness.SECOND);
		cutOff();
		TestPeer teller = this.near.get(1);
		for (int incarnation : new int[] { 1, 5 }) {
			assertThat(this.node.stateOf(disputed.id)).isEqualTo(MemberState.DEAD);
			teller.tell(this.node, (packet) -> {
				packet.markHearsay();
				packet.liveness(disputed.id.value(), MemberState.ALIVE, incarnation, disputed.instance, 0, 0);
			});
		}
		assertThat(this.node.stateOf(disputed.id)).isEqualTo(MemberState.SUSPECT);
	}

	@Test
	void whoBelievesADeathIsToldThatTheMemberIsHeldAtTheIncarnationOfWhichItSpeaks() {
		start(4096);
		cutOff();
		TestPeer subject = this.far.get(0);
		TestPeer teller = this.near.get(1);
		teller.hear();
		teller.tell(this.node, (packet) -> {
			packet.markHearsay();
			packet.liveness(subject.id.value(), MemberState.DEAD, 5, subject.instance, 0, 9);
		});
		assertThat(teller.hear("liveness")).singleElement()
			.satisfies((line) -> assertThat(line).startsWith("liveness " + subject.id.value() + " ALIVE 5 "));
		assertThat(this.node.stateOf(subject.id)).as("nobody is suspected on such a word").isEqualTo(MemberState.ALIVE);
		assertThat(this.node.incarnationOf(subject.id)).isEqualTo(5);
	}

	@Test
	void noMoreAreHeldThanMayBeSuspected() {
		start(2);
		List<TestPeer> dead = dead(6);
		cutOff();
		assertThat(suspected(dead)).isEqualTo(2);
		assertThat(this.node.drops(DropReason.SUSPICIONS_LIMIT)).isGreaterThanOrEqualTo(4);
		dead.forEach((peer) -> peer.answersPings = false);
		this.harness.delivers = (packet) -> true;
		assertThat(this.harness.runUntil(() -> this.node.engine.view().unreachableZones().isEmpty(),
				60 * EngineHarness.SECOND))
			.isTrue();
		assertThat(suspected(dead)).as("all are let go").isZero();
	}

}
