package io.gossip.simulator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BurstMeterTest {

	private static final long TENTH = 100_000_000L;

	private final BurstMeter meter = new BurstMeter();

	@Test
	void aBurstThatStraddlesAFullSecondCountsAsOne() {
		this.meter.add(0, 9 * TENTH, 40);
		this.meter.add(0, 10 * TENTH, 40);
		assertThat(this.meter.max()).isEqualTo(80);
	}

	@Test
	void whatIsASecondApartDoesNotAddUp() {
		for (int i = 0; i < 100; i++) {
			this.meter.add(0, i * 10 * TENTH, 7);
		}
		assertThat(this.meter.max()).isEqualTo(7);
	}

	@Test
	void aSteadyStreamCountsWhatASecondHolds() {
		for (int i = 0; i < 1000; i++) {
			this.meter.add(0, i * TENTH, 3);
		}
		assertThat(this.meter.max()).isEqualTo(30);
	}

	@Test
	void nodesDoNotAddUp() {
		this.meter.register(50);
		this.meter.add(3, 0, 10);
		this.meter.add(50, 0, 11);
		assertThat(this.meter.max()).isEqualTo(11);
		assertThat(this.meter.max(3)).isEqualTo(10);
	}

	@Test
	void aResetForgetsWhatWasSent() {
		this.meter.add(0, 0, 10);
		this.meter.reset();
		this.meter.add(0, TENTH, 1);
		assertThat(this.meter.max()).isOne();
	}

}
