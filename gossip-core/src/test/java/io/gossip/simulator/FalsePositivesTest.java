package io.gossip.simulator;

import java.time.Duration;
import java.util.BitSet;

import io.gossip.Member;
import io.gossip.MembershipEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FalsePositivesTest {

	private final Simulation world = Worlds.up(5);

	private final FalsePositives mistakes = this.world.statistics().falsePositives();

	@Test
	void anIncarnationCountsOnceHoweverManyBelieveIt() {
		declareDead(1, 2, 7, 1);
		declareDead(3, 2, 7, 1);
		assertThat(this.mistakes.deaths()).isOne();
		assertThat(this.mistakes.deathsByHealthy()).isOne();
		declareDead(1, 2, 8, 1);
		assertThat(this.mistakes.deaths()).isEqualTo(2);
	}

	@Test
	void aDeathByASickAccuserIsToldApart() {
		this.world.node(1).slow(Duration.ofMillis(5));
		declareDead(3, 2, 7, 1);
		assertThat(this.mistakes.deaths()).isOne();
		assertThat(this.mistakes.deathsByHealthy()).isZero();
		declareDead(3, 2, 7, 4);
		assertThat(this.mistakes.deaths()).isOne();
		assertThat(this.mistakes.deathsByHealthy()).isOne();
	}

	@Test
	void whoHasCrashedOrIsCutOffIsNoMistake() {
		this.world.node(2).crash();
		declareDead(1, 2, 7, 1);
		this.world.isolate(this.world.node(3));
		declareDead(1, 3, 7, 1);
		assertThat(this.mistakes.deaths()).isZero();
	}

	@Test
	void aToleratedPauseIsAReasonToSuspectButNotToDeclareDead() {
		SimulatedNode node = this.world.node(2);
		node.pause(this.world.config().failureDetection().toleratedPause());
		suspect(1, 2, 7);
		assertThat(this.mistakes.suspicions()).isZero();
		declareDead(1, 2, 7, 1);
		assertThat(this.mistakes.deaths()).isOne();
		this.world.run(Duration.ofSeconds(5));
		declareDead(1, 2, 8, 1);
		assertThat(this.mistakes.deaths()).isEqualTo(2);
	}

	@Test
	void aLongerPauseExcusesADeathForAWhile() {
		SimulatedNode node = this.world.node(2);
		node.pause(this.world.config().failureDetection().toleratedPause().plusMillis(10));
		this.world.run(Duration.ofSeconds(5));
		assertThat(node.isResponsive()).isTrue();
		declareDead(1, 2, 70, 1);
		assertThat(this.mistakes.deaths()).isZero();
		this.world.run(Duration.ofSeconds(20));
		declareDead(1, 2, 71, 1);
		assertThat(this.mistakes.deaths()).isOne();
	}

	@Test
	void inAnExperimentExactlyTheBlockedAreUnwell() {
		BitSet blocked = new BitSet();
		blocked.set(4);
		this.mistakes.blocked(blocked);
		declareDead(1, 4, 7, 1);
		assertThat(this.mistakes.deaths()).isZero();
		declareDead(1, 2, 7, 4);
		assertThat(this.mistakes.deaths()).isOne();
		assertThat(this.mistakes.deathsByHealthy()).isZero();
	}

	private void declareDead(int observer, int subject, long incarnation, int accuser) {
		MembershipEvent event = new MembershipEvent.Failed(member(subject), incarnation, this.world.node(accuser).id(),
				1, Duration.ZERO);
		this.mistakes.onFailed(this.world.node(observer), this.world.node(subject), event, this.world.node(accuser));
	}

	private void suspect(int observer, int subject, long incarnation) {
		MembershipEvent event = new MembershipEvent.Suspected(member(subject), incarnation,
				this.world.node(observer).id());
		this.mistakes.onSuspected(this.world.node(observer), this.world.node(subject), event);
	}

	private Member member(int index) {
		return this.world.node(0).view().find(this.world.node(index).id()).orElseThrow().member();
	}

}
