package io.gossip.protocol.rumor;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

import io.gossip.protocol.rumor.HeardMessages.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeardMessagesTest {

	@Test
	void nothingIsNewTwiceInWhateverOrderItArrives() {
		HeardMessages heard = new HeardMessages(100, 1000);
		SplittableRandom random = new SplittableRandom(5);
		Set<String> taken = new HashSet<>();
		for (int i = 0; i < 100_000; i++) {
			long origin = 1 + random.nextInt(9);
			int instance = random.nextInt(3);
			int sequence = Math.max(0, i / 50 + random.nextInt(600) - 300);
			if (heard.hear(0, origin, instance, sequence) == Verdict.NEW) {
				assertThat(taken.add(origin + " " + instance + " " + sequence)).isTrue();
			}
		}
		assertThat(taken).hasSizeGreaterThan(9 * 3 * 500);
	}

	@Test
	void allOfAWindowIsToldApart() {
		HeardMessages heard = new HeardMessages(10, 1000);
		assertThat(heard.hear(0, 1, 1, 1000)).isEqualTo(Verdict.NEW);
		for (int sequence = 999; sequence > 1000 - HeardMessages.WINDOW; sequence--) {
			assertThat(heard.hear(0, 1, 1, sequence)).isEqualTo(Verdict.NEW);
			assertThat(heard.hear(0, 1, 1, sequence)).isEqualTo(Verdict.DUPLICATE);
		}
		assertThat(heard.hear(0, 1, 1, 1000 - HeardMessages.WINDOW)).isEqualTo(Verdict.DUPLICATE);
	}

	@Test
	void aWindowIsForgottenOnlyWhenItWasNotUsedForLong() {
		HeardMessages heard = new HeardMessages(2, 1000);
		heard.hear(0, 1, 1, 1);
		heard.hear(500, 2, 1, 1);
		assertThat(heard.hear(999, 3, 1, 1)).isEqualTo(Verdict.FULL);
		assertThat(heard.hear(999, 1, 1, 1)).isEqualTo(Verdict.DUPLICATE);
		assertThat(heard.hear(1500, 3, 1, 1)).isEqualTo(Verdict.NEW);
		assertThat(heard.hear(1500, 1, 1, 1)).isEqualTo(Verdict.DUPLICATE);
		assertThat(heard.size()).isEqualTo(2);
	}

}
