package io.gossip.protocol.probe;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AskingDelayTest {

	private static final long WINDOW = 1_000_000;

	@Test
	void theDelayFallsFromTheWindowToZeroAndOneMemberInAllDoesNotWait() {
		assertThat(AskingDelay.nanos(1000, WINDOW, 0)).isEqualTo(WINDOW);
		assertThat(AskingDelay.nanos(1000, WINDOW, 1 - 1 / Math.sqrt(1000))).isBetween(WINDOW / 2 - 1, WINDOW / 2 + 1);
		assertThat(AskingDelay.nanos(1000, WINDOW, 1 - 0.9 / 1000)).isZero();
		assertThat(AskingDelay.nanos(1000, WINDOW, Math.nextDown(1.0))).isZero();
		assertThat(AskingDelay.nanos(1, WINDOW, 0.3)).isZero();
		assertThat(AskingDelay.nanos(0, WINDOW, 0.3)).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 100_000 })
	void howeverManyHaveTheQuestionFewAskItBeforeTheAnswerIsThere(int members) {
		long answered = WINDOW / 5;
		Random random = new Random(members);
		int worlds = 20;
		int asked = 0;
		for (int world = 0; world < worlds; world++) {
			long first = Long.MAX_VALUE;
			long[] delays = new long[members];
			for (int i = 0; i < members; i++) {
				delays[i] = AskingDelay.nanos(members, WINDOW, random.nextDouble());
				first = Math.min(first, delays[i]);
			}
			for (long delay : delays) {
				asked += (delay <= first + answered) ? 1 : 0;
			}
		}
		assertThat(asked / worlds).isBetween(1, 25);
	}

}
