package io.gossip.protocol.engine;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimiterTest {

	private static final long SECOND = 1_000_000_000L;

	@Test
	void oneKeyIsServedOnceAnInterval() {
		RateLimiter limiter = new RateLimiter(SECOND, 100);
		int served = 0;
		for (int i = 0; i < 1000; i++) {
			served += limiter.tryAcquire(i * SECOND / 100, 7) ? 1 : 0;
		}
		assertThat(served).isEqualTo(10);
	}

	@Test
	void allKeysTogetherAreServedAtTheRateAndABurstOfOneSecond() {
		RateLimiter limiter = new RateLimiter(SECOND, 50);
		int served = 0;
		for (int i = 0; i < 10_000; i++) {
			served += limiter.tryAcquire(i * SECOND / 1000, i + 1) ? 1 : 0;
		}
		assertThat(served).isBetween(540, 550);
	}

	@Test
	void whatIsRefusedDoesNotCount() {
		RateLimiter limiter = new RateLimiter(0, 1);
		assertThat(limiter.tryAcquire(0, 1)).isTrue();
		assertThat(limiter.tryAcquire(SECOND / 2, 2)).isFalse();
		assertThat(limiter.tryAcquire(SECOND, 2)).isTrue();
	}

	@Test
	void aLongPauseGivesNoMoreThanOneSecondsWorth() {
		RateLimiter limiter = new RateLimiter(0, 5);
		long now = Long.MAX_VALUE - 10 * SECOND;
		int served = 0;
		for (int i = 0; i < 20; i++) {
			served += limiter.tryAcquire(now, 1) ? 1 : 0;
		}
		for (int i = 0; i < 20; i++) {
			served += limiter.tryAcquire(now + 1000 * SECOND, 1) ? 1 : 0;
		}
		assertThat(served).isEqualTo(10);
	}

}
