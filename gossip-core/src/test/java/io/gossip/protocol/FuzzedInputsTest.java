package io.gossip.protocol;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

import io.gossip.protocol.engine.FuzzedEngine;
import io.gossip.protocol.wire.FuzzedDecoder;
import io.gossip.protocol.wire.MessageType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** What fuzzing has found stays found; runs without a fuzzer. */
class FuzzedInputsTest {

	@Test
	void theDecoderTakesOrRefusesAllThatWasFound() throws IOException {
		replay("decoder", FuzzedDecoder::fuzzerTestOneInput);
	}

	@Test
	void theEngineStaysWithinItsLimitsWhateverWasFound() throws IOException {
		replay("engine", FuzzedEngine::fuzzerTestOneInput);
	}

	@Test
	void everyKindOfMessageHasItsPlaceInTheInputs() {
		assertThat(FuzzedEngine.messageTypes()).containsExactlyInAnyOrder(MessageType.values());
	}

	private static void replay(String target, Consumer<byte[]> attempt) throws IOException {
		List<byte[]> inputs = FuzzCorpus.read(target);
		assertThat(inputs).hasSizeGreaterThan(100);
		for (byte[] input : inputs) {
			try {
				// As long as the fuzzer itself lets an input take; a usual one takes a
				// millisecond.
				assertTimeoutPreemptively(Duration.ofSeconds(60), () -> attempt.accept(input));
			}
			catch (RuntimeException | AssertionError ex) {
				throw new AssertionError(target + " " + HexFormat.of().formatHex(input) + ": " + ex, ex);
			}
		}
	}

}
