package io.gossip.protocol.membership;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DivergenceTest {

	private static final long SECOND = 1_000_000_000L;

	private static final long PEER = 4711;

	private final Divergence divergence = new Divergence();

	@Test
	void peersWhoseHashesMatchedNoneOfOursAreCountedOnceEach() {
		assertThat(this.divergence.peers()).isZero();
		for (int i = 0; i < 12; i++) {
			this.divergence.onReceived((100 + i) * SECOND, i % 4, (i % 4 == 0) ? 1 : 9, 1);
		}
		this.divergence.onReceived(120 * SECOND, 0, 1, 1);
		assertThat(this.divergence.peers()).isEqualTo(3);
		int revision = this.divergence.revision();
		this.divergence.onReceived(121 * SECOND, 7, 9, 1);
		assertThat(this.divergence.revision()).as("not judged yet").isEqualTo(revision);
		this.divergence.onReceived(127 * SECOND, 0, 1, 1);
		assertThat(this.divergence.revision()).isNotEqualTo(revision);
		assertThat(this.divergence.peers()).isEqualTo(4);
		for (int i = 0; i < 128; i++) {
			this.divergence.onReceived((130 + i) * SECOND, i % 4, 1, 1);
		}
		assertThat(this.divergence.peers()).isZero();
	}

	@Test
	void hashesThatEqualOursAreNoDivergence() {
		for (int i = 0; i < 1000; i++) {
			assertThat(this.divergence.onReceived(i * SECOND, PEER, 7, 7)).isTrue();
		}
		assertThat(this.divergence.share()).isZero();
		assertThat(this.divergence.differsForNanos(1000 * SECOND)).isZero();
	}

	@Test
	void aHashThatWasOursWithinFiveSecondsMatches() {
		this.divergence.onOwnHash(100 * SECOND, 1, 2);
		assertThat(this.divergence.onReceived(105 * SECOND, PEER, 1, 2)).isTrue();
		assertThat(this.divergence.onReceived(105 * SECOND + 1, PEER, 1, 2)).isFalse();
	}

	@Test
	void aHashThatBecomesOursWithinFiveSecondsIsNoDivergence() {
		assertThat(this.divergence.onReceived(100 * SECOND, PEER, 2, 1)).isFalse();
		this.divergence.onOwnHash(105 * SECOND, 1, 2);
		this.divergence.onReceived(200 * SECOND, PEER, 2, 2);
		assertThat(this.divergence.share()).isZero();
	}

	@Test
	void aHashThatIsNeverOursIsDivergentAfterFiveSeconds() {
		this.divergence.onReceived(100 * SECOND, PEER, 3, 1);
		assertThat(this.divergence.share()).as("while it may be a delay").isZero();
		this.divergence.onReceived(106 * SECOND, PEER, 1, 1);
		assertThat(this.divergence.share()).isEqualTo(0.5);
		this.divergence.onOwnHash(107 * SECOND, 1, 3);
		assertThat(this.divergence.share()).as("too late").isEqualTo(0.5);
	}

	@Test
	void aHashThatStaysDiffersSinceItWasSeenFirstWhateverComesBetween() {
		for (int i = 0; i < 20; i++) {
			this.divergence.onReceived((100 + 2 * i) * SECOND, PEER, 1, 1);
			assertThat(this.divergence.differsForNanos((100 + 2 * i) * SECOND)).isZero();
			this.divergence.onReceived((101 + 2 * i) * SECOND, PEER, 9, 1);
			assertThat(this.divergence.differsForNanos((101 + 2 * i) * SECOND)).isEqualTo(2 * i * SECOND);
		}
		this.divergence.onOwnHash(150 * SECOND, 1, 9);
		assertThat(this.divergence.onReceived(150 * SECOND, PEER, 1, 9)).isTrue();
		assertThat(this.divergence.differsForNanos(150 * SECOND)).isZero();
	}

	@Test
	void theShareIsThatOfTheLastHashes() {
		for (int i = 0; i < 1000; i++) {
			this.divergence.onReceived(10L * i * SECOND, PEER, (i % 4 == 0) ? 9 : 1, 1);
		}
		assertThat(this.divergence.share()).isCloseTo(0.25, within(0.02));
		for (int i = 1000; i < 1200; i++) {
			this.divergence.onReceived(10L * i * SECOND, PEER, 1, 1);
		}
		assertThat(this.divergence.share()).isZero();
		for (int i = 1200; i < 1400; i++) {
			this.divergence.onReceived(10L * i * SECOND, PEER, 5, 1);
		}
		assertThat(this.divergence.share()).isEqualTo(1);
	}

	@Test
	void theShareStaysWithinItsBoundsInAFloodOfHashes() {
		Random random = new Random(5);
		long now = SECOND;
		long own = 0;
		for (int i = 0; i < 20_000; i++) {
			now += random.nextInt(100_000_000);
			if (random.nextInt(10) == 0) {
				long before = own;
				own = random.nextInt(4);
				this.divergence.onOwnHash(now, before, own);
			}
			this.divergence.onReceived(now, PEER, random.nextInt(6), own);
			assertThat(this.divergence.share()).isBetween(0.0, 1.0);
		}
	}

	@Test
	void aDifferenceLastsFromItsFirstHashToTheNextThatMatches() {
		this.divergence.onReceived(100 * SECOND, PEER, 3, 1);
		this.divergence.onReceived(103 * SECOND, PEER, 4, 1);
		assertThat(this.divergence.differsForNanos(104 * SECOND)).isEqualTo(4 * SECOND);
		this.divergence.onReceived(105 * SECOND, PEER, 1, 1);
		assertThat(this.divergence.differsForNanos(106 * SECOND)).isZero();
	}

}
