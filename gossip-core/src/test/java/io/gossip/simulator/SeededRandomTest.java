package io.gossip.simulator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SeededRandomTest {

	@Test
	void theSameSeedMeansTheSameOnEveryJdk() {
		SeededRandom random = new SeededRandom(42);
		assertThat(random.nextLong()).isEqualTo(0xBDD732262FEB6E95L);
		assertThat(random.nextInt(1000)).isEqualTo(new SeededRandom(42 + 0x9E3779B97F4A7C15L).nextInt(1000));
	}

	@Test
	void boundedDrawsAreEvenlySpread() {
		SeededRandom random = new SeededRandom(3);
		int[] counts = new int[7];
		for (int i = 0; i < 70_000; i++) {
			counts[random.nextInt(7)]++;
		}
		for (int count : counts) {
			assertThat(count).isBetween(9_500, 10_500);
		}
	}

	@Test
	void aRangeIsKeptHoweverWide() {
		SeededRandom random = new SeededRandom(4);
		for (int i = 0; i < 1000; i++) {
			assertThat(random.nextLong(-5, 6)).isBetween(-5L, 5L);
			assertThat(random.nextLong(Long.MIN_VALUE, -1)).isLessThan(-1);
			assertThat(random.nextLong(1L << 62)).isBetween(0L, (1L << 62) - 1);
			assertThat(random.nextInt(-3, 3)).isBetween(-3, 2);
		}
	}

	@Test
	void exponentialDrawsHaveMeanOne() {
		SeededRandom random = new SeededRandom(5);
		double sum = 0;
		for (int i = 0; i < 100_000; i++) {
			sum += random.nextExponential();
		}
		assertThat(sum / 100_000).isCloseTo(1, within(0.02));
	}

	@Test
	void streamsOfOneSeedDiffer() {
		assertThat(SeededRandom.derive(1, 1)).isNotEqualTo(SeededRandom.derive(1, 2))
			.isNotEqualTo(SeededRandom.derive(2, 1));
	}

}
