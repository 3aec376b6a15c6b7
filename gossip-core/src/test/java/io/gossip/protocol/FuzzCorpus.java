package io.gossip.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * The inputs that a fuzzer has found worth keeping, as text: one in a line, in
 * hexadecimal digits.
 */
final class FuzzCorpus {

	private FuzzCorpus() {
	}

	/** The inputs for a target, {@code decoder} or {@code engine}. */
	static List<byte[]> read(String target) throws IOException {
		String resource = "/fuzz/" + target + ".txt";
		try (InputStream text = FuzzCorpus.class.getResourceAsStream(resource)) {
			if (text == null) {
				throw new IllegalStateException("there is no " + resource);
			}
			return new String(text.readAllBytes(), StandardCharsets.US_ASCII).lines()
				.map((line) -> HexFormat.of().parseHex(line))
				.toList();
		}
	}

}
