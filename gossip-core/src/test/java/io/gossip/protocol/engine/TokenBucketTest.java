package io.gossip.protocol.engine;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenBucketTest {

	private static final long SECOND = 1_000_000_000L;

	@Test
	void overAnyTimeItGrantsNoMoreThanItsRateAndItsCapacityOnce() {
		SplittableRandom random = new SplittableRandom(5);
		TokenBucket bucket = new TokenBucket(100, 50);
		long now = -3 * SECOND;
		double granted = 0;
		long start = now;
		for (int i = 0; i < 10_000; i++) {
			now += random.nextLong(SECOND / 20);
			int amount = 1 + random.nextInt(40);
			granted += bucket.tryTake(now, amount) ? amount : 0;
			assertThat(granted).isLessThanOrEqualTo(50 + 100.0 * (now - start) / SECOND + 1e-6);
		}
		assertThat(granted).isGreaterThan(0.9 * 100 * (now - start) / SECOND);
	}

	@Test
	void afterTheWaitThatItNamesAndNotBeforeTheTokensAreThere() {
		TokenBucket bucket = new TokenBucket(1000, 1000);
		assertThat(bucket.waitNanos(0, 1000)).isZero();
		bucket.take(0, 1500);
		long wait = bucket.waitNanos(0, 200);
		assertThat(wait).isEqualTo(700 * SECOND / 1000);
		assertThat(bucket.tryTake(wait - 1_000_000, 200)).isFalse();
		assertThat(bucket.tryTake(wait, 200)).isTrue();
	}

	@Test
	void whatIsNotUsedIsLostAboveTheCapacity() {
		TokenBucket bucket = new TokenBucket(1000, 10);
		assertThat(bucket.tryTake(0, 10)).isTrue();
		assertThat(bucket.tryTake(60 * SECOND, 11)).isFalse();
		assertThat(bucket.tryTake(60 * SECOND, 10)).isTrue();
		assertThat(bucket.tryTake(60 * SECOND, 1)).isFalse();
	}

}
