package io.gossip.protocol.probe;

import java.util.ArrayList;
import java.util.List;

import io.gossip.protocol.ProtocolObserver;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalHealthTest {

	private final List<Integer> scores = new ArrayList<>();

	private final ProtocolObserver observer = new ProtocolObserver() {

		@Override
		public void onLocalHealth(int score) {
			LocalHealthTest.this.scores.add(score);
		}

	};

	@Test
	void theScoreStaysWithinItsBoundsAndOnlyChangesAreTold() {
		LocalHealth health = new LocalHealth(3, this.observer);
		for (int points : new int[] { -1, 2, 5, 1, -1, -9, 0 }) {
			health.add(points);
		}
		assertThat(this.scores).containsExactly(2, 3, 2, 0);
		assertThat(health.score()).isZero();
	}

	@Test
	void timesStretchWithTheScore() {
		LocalHealth health = new LocalHealth(8, this.observer);
		assertThat(health.scale(100)).isEqualTo(100);
		health.add(3);
		assertThat(health.scale(100)).isEqualTo(400);
	}

	@Test
	void aMaximumOfZeroSwitchesItOff() {
		LocalHealth health = new LocalHealth(0, this.observer);
		health.add(5);
		assertThat(health.scale(100)).isEqualTo(100);
		assertThat(this.scores).isEmpty();
	}

	@Test
	void aLittleLateIsNoStall() {
		PauseGuard guard = new PauseGuard(100);
		assertThat(guard.stallNanos(1000, 1001)).isZero();
		assertThat(guard.stallNanos(1100, 1000)).isZero();
		assertThat(guard.stallNanos(1101, 1000)).isEqualTo(101);
		assertThat(guard.stallNanos(Long.MIN_VALUE + 200, Long.MAX_VALUE)).as("where time wraps").isEqualTo(201);
	}

}
