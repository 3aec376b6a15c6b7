package io.gossip.protocol.probe;

import io.gossip.Zone;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProtocolObserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RoundTripTimesTest {

	private static final long MILLI = 1_000_000L;

	private static final long CEILING = 500 * MILLI;

	private int overflows;

	private final RoundTripTimes times = new RoundTripTimes(CEILING, new ProtocolObserver() {

		@Override
		public void onDropped(DropReason reason) {
			assertThat(reason).isEqualTo(DropReason.ZONES_LIMIT);
			RoundTripTimesTest.this.overflows++;
		}

	});

	@Test
	void theCeilingHoldsUntilEnoughIsKnown() {
		for (int i = 0; i < RoundTripTimes.SAMPLES_MIN; i++) {
			assertThat(this.times.timeoutNanos(Zone.NONE)).isEqualTo(CEILING);
			this.times.onRoundTrip(Zone.NONE, MILLI);
		}
		assertThat(this.times.timeoutNanos(Zone.NONE)).isEqualTo(RoundTripTimes.FLOOR_NANOS);
	}

	@ParameterizedTest
	@ValueSource(longs = { 60, 80, 100, 200, 300 })
	void aSteadyWayIsGivenItsRoundTripAndLittleMore(long millis) {
		measure(Zone.NONE, 200, millis);
		assertThat(this.times.timeoutNanos(Zone.NONE)).isBetween(Math.max(millis * MILLI, RoundTripTimes.FLOOR_NANOS),
				(millis + 60) * MILLI);
		assertThat(this.times.usualNanos(Zone.NONE, 0)).isEqualTo(millis * MILLI);
	}

	@Test
	void theSlowestOfTheLastCountsAndIsForgottenWithTime() {
		measure(Zone.NONE, RoundTripTimes.WINDOW, 1);
		measure(Zone.NONE, 1, 150);
		measure(Zone.NONE, RoundTripTimes.WINDOW - 1, 1);
		assertThat(this.times.timeoutNanos(Zone.NONE)).isGreaterThanOrEqualTo(150 * MILLI);
		measure(Zone.NONE, 1, 1);
		assertThat(this.times.timeoutNanos(Zone.NONE)).isEqualTo(RoundTripTimes.FLOOR_NANOS);
	}

	@Test
	void nothingIsGivenMoreThanTheCeilingNorLessThanTheFloorUnlessThatIsHigher() {
		measure(Zone.NONE, 20, 5000);
		assertThat(this.times.timeoutNanos(Zone.NONE)).isEqualTo(CEILING);
		RoundTripTimes hasty = new RoundTripTimes(50 * MILLI, ProtocolObserver.NONE);
		for (int i = 0; i < 20; i++) {
			hasty.onRoundTrip(Zone.NONE, MILLI);
		}
		assertThat(hasty.timeoutNanos(Zone.NONE)).isEqualTo(50 * MILLI);
	}

	@Test
	void zonesAreToldApart() {
		measure(new Zone("near"), 200, 1);
		measure(new Zone("far"), 200, 200);
		assertThat(this.times.timeoutNanos(new Zone("near"))).isEqualTo(RoundTripTimes.FLOOR_NANOS);
		assertThat(this.times.timeoutNanos(new Zone("far"))).isGreaterThan(200 * MILLI);
		assertThat(this.times.timeoutNanos(new Zone("unheard of"))).isEqualTo(CEILING);
		assertThat(this.times.usualNanos(new Zone("unheard of"), 7)).isEqualTo(7);
	}

	@Test
	void theZonesBeyondTheLimitAreOneAndAreCounted() {
		for (int i = 0; i < RoundTripTimes.ZONES_MAX; i++) {
			measure(new Zone("zone" + i), 20, 1);
		}
		assertThat(this.overflows).isZero();
		measure(new Zone("one more"), 20, 300);
		assertThat(this.overflows).isEqualTo(20);
		assertThat(this.times.timeoutNanos(new Zone("yet another"))).isGreaterThan(300 * MILLI);
		assertThat(this.times.timeoutNanos(new Zone("zone0"))).isEqualTo(RoundTripTimes.FLOOR_NANOS);
	}

	private void measure(Zone zone, int times, long millis) {
		for (int i = 0; i < times; i++) {
			this.times.onRoundTrip(zone, millis * MILLI);
		}
	}

}
