package io.gossip.protocol;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

import io.gossip.protocol.engine.FuzzedEngine;
import io.gossip.protocol.wire.FuzzedDecoder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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

	private static void replay(String target, Consumer<byte[]> attempt) throws IOException {
		List<byte[]> inputs = FuzzCorpus.read(target);
		assertThat(inputs).hasSizeGreaterThan(100);
		for (byte[] input : inputs) {
			try {
				attempt.accept(input);
			}
			catch (RuntimeException | AssertionError ex) {
				throw new AssertionError(target + " " + HexFormat.of().formatHex(input) + ": " + ex, ex);
			}
		}
	}

}
