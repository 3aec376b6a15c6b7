package io.gossip.protocol.probe;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FlapDampingTest {

	private final FlapDamping damping = new FlapDamping();

	@Test
	void eachReturnDoublesTheTimeUpToEightTimes() {
		assertThat(this.damping.factor(0, 7)).isEqualTo(1);
		for (int expected : new int[] { 2, 4, 8, 8 }) {
			this.damping.onReturn(1000, 7);
			assertThat(this.damping.factor(1000, 7)).isEqualTo(expected);
		}
		assertThat(this.damping.factor(1000, 8)).isEqualTo(1);
	}

	@Test
	void oneReturnIsForgottenEveryTwoMinutes() {
		this.damping.onReturn(0, 7);
		this.damping.onReturn(0, 7);
		assertThat(this.damping.factor(FlapDamping.FORGET_MILLIS - 1, 7)).isEqualTo(4);
		assertThat(this.damping.factor(FlapDamping.FORGET_MILLIS, 7)).isEqualTo(2);
		assertThat(this.damping.factor(2 * FlapDamping.FORGET_MILLIS, 7)).isEqualTo(1);
	}

	@Test
	void theMemoryIsBoundedAndTheOldestGoesFirst() {
		for (int i = 0; i < FlapDamping.MEMBERS_MAX; i++) {
			assertThat(this.damping.onReturn(i, 100 + i)).isTrue();
		}
		assertThat(this.damping.onReturn(200, 100 + 1)).as("it has a place").isTrue();
		assertThat(this.damping.onReturn(1, 100 + 1)).isTrue();
		assertThat(this.damping.onReturn(FlapDamping.MEMBERS_MAX, 100 + FlapDamping.MEMBERS_MAX)).isFalse();
		assertThat(this.damping.factor(200, 100)).isEqualTo(1);
		assertThat(this.damping.factor(200, 101)).isEqualTo(2);
		assertThat(this.damping.factor(200, 100 + FlapDamping.MEMBERS_MAX)).isEqualTo(2);
	}

	@Test
	void returnsAreForgottenHoweverLongAgoTheyWere() {
		for (long days = 1; days < 49; days++) {
			FlapDamping idle = new FlapDamping();
			idle.onReturn(0, 7);
			assertThat(idle.factor((int) Duration.ofDays(days).toMillis(), 7)).as("%d days", days).isEqualTo(1);
		}
	}

	@Test
	void timesMayWrap() {
		this.damping.onReturn(Integer.MAX_VALUE, 7);
		assertThat(this.damping.factor(Integer.MAX_VALUE + FlapDamping.FORGET_MILLIS, 7)).isEqualTo(1);
		assertThat(this.damping.factor(Integer.MIN_VALUE, 7)).isEqualTo(2);
	}

}
