package io.gossip.protocol.probe;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AccuserLimitTest {

	private final AccuserLimit limit = new AccuserLimit();

	private int accusations(int nowMillis, long accuser) {
		int count = 0;
		while (count < 1000 && this.limit.tryAccuse(nowMillis, accuser)) {
			count++;
		}
		return count;
	}

	@Test
	void anAccuserHasABurstAndThenTwoASecond() {
		assertThat(accusations(0, 7)).isEqualTo(AccuserLimit.BURST);
		assertThat(accusations(499, 7)).isZero();
		assertThat(accusations(1000, 7)).isEqualTo(2);
		assertThat(accusations(100_000, 7)).isEqualTo(AccuserLimit.BURST);
	}

	@Test
	void oneAccuserCostsAnotherNothing() {
		accusations(0, 7);
		assertThat(accusations(0, 8)).isEqualTo(AccuserLimit.BURST);
	}

	@Test
	void theBurstIsThereAgainHoweverLongAgoTheLastAccusationWas() {
		for (long days = 1; days < 49; days++) {
			accusations((int) Duration.ofDays(0).toMillis(), days);
			assertThat(accusations((int) Duration.ofDays(days).toMillis(), days)).as("%d days", days)
				.isEqualTo(AccuserLimit.BURST);
		}
	}

	@Test
	void timesMayWrap() {
		accusations(Integer.MAX_VALUE, 7);
		assertThat(accusations(Integer.MAX_VALUE + 1000, 7)).isEqualTo(2);
	}

}
