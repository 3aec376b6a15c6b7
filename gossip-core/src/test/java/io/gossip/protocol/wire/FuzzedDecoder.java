package io.gossip.protocol.wire;

import java.util.List;

import io.gossip.protocol.DropReason;

/**
 * The decoder under a fuzzer: any bytes are either refused as a whole, or make the
 * handler hear something, the same wherever in a buffer they lie; and nothing throws.
 */
public final class FuzzedDecoder {

	private static final int MARGIN = 7;

	private FuzzedDecoder() {
	}

	/** One try; throws if something does not hold. */
	public static void fuzzerTestOneInput(byte[] input) {
		PacketDecoder decoder = new PacketDecoder();
		List<String> heard = read(decoder, input, 0, input.length);
		byte[] surrounded = new byte[input.length + 2 * MARGIN];
		System.arraycopy(input, 0, surrounded, MARGIN, input.length);
		// The same decoder again, so that nothing of the first packet may be left in it.
		List<String> again = read(decoder, surrounded, MARGIN, input.length);
		if (!heard.equals(again)) {
			throw new AssertionError("heard " + heard + " and then " + again);
		}
	}

	private static List<String> read(PacketDecoder decoder, byte[] buffer, int offset, int length) {
		DropReason reason = decoder.open(buffer, offset, length);
		if (reason == null) {
			reason = decoder.validate();
		}
		if (reason != null) {
			decoder.release();
			return List.of(reason.label());
		}
		Transcript transcript = new Transcript();
		decoder.dispatch(transcript);
		decoder.release();
		return transcript.lines();
	}

}
