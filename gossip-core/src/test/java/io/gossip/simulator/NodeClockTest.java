package io.gossip.simulator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NodeClockTest {

	private static final long HOUR = 3_600_000_000_000L;

	@Test
	void aFastClockGainsWhatItIsToldTo() {
		NodeClock clock = new NodeClock(0, -500);
		clock.gain(0, 1_000_000);
		assertThat(clock.localNanos(HOUR)).isEqualTo(-500 + HOUR + HOUR / 1000);
	}

	@Test
	void aChangeOfTheRateDoesNotMakeTheReadingJump() {
		NodeClock clock = new NodeClock(0, 77);
		clock.gain(0, 2_000_000);
		long before = clock.localNanos(HOUR);
		clock.gain(HOUR, -2_000_000);
		assertThat(clock.localNanos(HOUR)).isEqualTo(before);
		assertThat(clock.localNanos(2 * HOUR)).isEqualTo(before + HOUR - HOUR / 500);
	}

	@Test
	void aDeadlineIsMetWithinMicroseconds() {
		for (long gain : new long[] { -2_000_000, -1, 0, 1, 2_000_000 }) {
			NodeClock clock = new NodeClock(0, Long.MAX_VALUE / 2);
			clock.gain(0, gain);
			long deadline = clock.localNanos(5) + HOUR;
			assertThat(clock.localNanos(clock.worldNanos(deadline, 5)) - deadline).isBetween(-10L, 10L);
		}
	}

	@Test
	void aPastDeadlineIsNow() {
		NodeClock clock = new NodeClock(0, 0);
		assertThat(clock.worldNanos(10, 20)).isEqualTo(20);
	}

}
