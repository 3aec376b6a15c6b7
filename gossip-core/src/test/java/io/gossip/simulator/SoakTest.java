package io.gossip.simulator;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoakTest {

	static LongStream fiftySeeds() {
		return LongStream.rangeClosed(1, 50);
	}

	static LongStream fiveHundredSeeds() {
		return LongStream.rangeClosed(1001, 1500);
	}

	@ParameterizedTest
	@MethodSource("fiftySeeds")
	void aSmallWorldHealsWhateverHappens(long seed) {
		soak("soak", "--nodes", "12", "--zones", "3", "--duration", "60s", "--seed", Long.toString(seed));
	}

	/** Suspicions in a zone that is cut off, put off by a sign of life. */
	@ParameterizedTest
	@ValueSource(longs = { 72, 98 })
	void aSeedThatHasFailedOnceFailsNoMore(long seed) {
		soak("soak", "--nodes", "50", "--zones", "3", "--seed", Long.toString(seed));
	}

	@Tag("slow")
	@ParameterizedTest
	@MethodSource("fiveHundredSeeds")
	void aLargerWorldHealsWhateverHappens(long seed) {
		soak("soak", "--nodes", "50", "--zones", "3", "--duration", "3m", "--seed", Long.toString(seed));
	}

	/**
	 * Seed 2025: a suspicion that ended while its zone was cut off kept a node busy for
	 * ever.
	 */
	@Tag("slow")
	@ParameterizedTest
	@ValueSource(longs = 2025)
	void aWorldThatOnceBrokeHeals(long seed) {
		soak("soak", "--nodes", "50", "--zones", "3", "--duration", "3m", "--seed", Long.toString(seed));
	}

	/** Fails with the seed, the time and the command to repeat. */
	private static void soak(String... arguments) {
		SimulateOptions options = SimulateOptions.parse(arguments);
		Scenarios.named(options.scenario()).play(new ScenarioRun(options));
	}

}
