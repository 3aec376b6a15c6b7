package io.gossip.protocol.probe;

import io.gossip.protocol.membership.ZoneIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RoundTripTimesTest {

	private static final long MILLI = 1_000_000L;

	private static final long CEILING = 500 * MILLI;

	private final RoundTripTimes times = new RoundTripTimes(CEILING);

	@Test
	void theCeilingHoldsUntilEnoughIsKnown() {
		for (int i = 0; i < RoundTripTimes.SAMPLES_MIN; i++) {
			assertThat(this.times.timeoutNanos(ZoneIndex.NONE)).isEqualTo(CEILING);
			this.times.onRoundTrip(ZoneIndex.NONE, MILLI);
		}
		assertThat(this.times.timeoutNanos(ZoneIndex.NONE)).isEqualTo(RoundTripTimes.FLOOR_NANOS);
	}

	@ParameterizedTest
	@ValueSource(longs = { 60, 80, 100, 200, 300 })
	void aSteadyWayIsGivenItsRoundTripAndLittleMore(long millis) {
		measure(ZoneIndex.NONE, 200, millis);
		assertThat(this.times.timeoutNanos(ZoneIndex.NONE))
			.isBetween(Math.max(millis * MILLI, RoundTripTimes.FLOOR_NANOS), (millis + 60) * MILLI);
		assertThat(this.times.usualNanos(ZoneIndex.NONE, 0)).isEqualTo(millis * MILLI);
	}

	@Test
	void theSlowestOfTheLastCountsAndIsForgottenWithTime() {
		measure(ZoneIndex.NONE, RoundTripTimes.WINDOW, 1);
		measure(ZoneIndex.NONE, 1, 150);
		measure(ZoneIndex.NONE, RoundTripTimes.WINDOW - 1, 1);
		assertThat(this.times.timeoutNanos(ZoneIndex.NONE)).isGreaterThanOrEqualTo(150 * MILLI);
		measure(ZoneIndex.NONE, 1, 1);
		assertThat(this.times.timeoutNanos(ZoneIndex.NONE)).isEqualTo(RoundTripTimes.FLOOR_NANOS);
	}

	@Test
	void nothingIsGivenMoreThanTheCeilingNorLessThanTheFloorUnlessThatIsHigher() {
		measure(ZoneIndex.NONE, 20, 5000);
		assertThat(this.times.timeoutNanos(ZoneIndex.NONE)).isEqualTo(CEILING);
		RoundTripTimes hasty = new RoundTripTimes(50 * MILLI);
		for (int i = 0; i < 20; i++) {
			hasty.onRoundTrip(ZoneIndex.NONE, MILLI);
		}
		assertThat(hasty.timeoutNanos(ZoneIndex.NONE)).isEqualTo(50 * MILLI);
	}

	@Test
	void zonesAreToldApart() {
		measure(1, 200, 1);
		measure(2, 200, 200);
		assertThat(this.times.timeoutNanos(1)).isEqualTo(RoundTripTimes.FLOOR_NANOS);
		assertThat(this.times.timeoutNanos(2)).isGreaterThan(200 * MILLI);
		assertThat(this.times.timeoutNanos(3)).isEqualTo(CEILING);
		assertThat(this.times.usualNanos(3, 7)).isEqualTo(7);
	}

	private void measure(int zone, int times, long millis) {
		for (int i = 0; i < times; i++) {
			this.times.onRoundTrip(zone, millis * MILLI);
		}
	}

}
