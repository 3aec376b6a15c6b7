package io.gossip.protocol.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

import io.gossip.protocol.DropReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class PacketMutationTest {

	private static final int MUTANTS = 100_000;

	private static final int ORIGINALS = 200;

	private final PacketDecoder decoder = new PacketDecoder();

	@ParameterizedTest
	@EnumSource(MessageType.class)
	void noMutantOfAPacketMakesTheDecoderThrow(MessageType type) {
		long seed = 1000L + type.code();
		SplittableRandom random = new SplittableRandom(seed);
		List<byte[]> originals = originals(type, random);
		int valid = 0;
		for (int round = 0; round < MUTANTS; round++) {
			byte[] mutant = originals.get(random.nextInt(ORIGINALS));
			for (int i = 1 + random.nextInt(3); i > 0; i--) {
				mutant = mutate(mutant, originals.get(random.nextInt(ORIGINALS)), random);
			}
			try {
				// The array ends where the packet ends: a read behind it throws.
				String seen = read(mutant, 0, mutant.length);
				valid += (seen != null) ? 1 : 0;
				if (round % 8 == 0) {
					assertThat(readWithin(mutant, random)).isEqualTo(seen);
				}
			}
			catch (RuntimeException | AssertionError ex) {
				throw new AssertionError(
						"seed " + seed + " round " + round + " packet " + HexFormat.of().formatHex(mutant) + ": " + ex,
						ex);
			}
		}
		assertThat(valid).as("mutants that are valid, so that handlers were tried too").isGreaterThan(MUTANTS / 100);
		assertThat(valid).as("mutants that are not").isLessThan(MUTANTS * 9 / 10);
	}

	/** Reads a packet that lies among other bytes, which must make no difference. */
	private @Nullable String readWithin(byte[] packet, SplittableRandom random) {
		byte[] surroundings = new byte[packet.length + 64];
		random.nextBytes(surroundings);
		int offset = random.nextInt(64);
		System.arraycopy(packet, 0, surroundings, offset, packet.length);
		byte[] before = surroundings.clone();
		String seen = read(surroundings, offset, packet.length);
		assertThat(surroundings).as("the borrowed bytes").isEqualTo(before);
		return seen;
	}

	/** What a handler is told of a packet; null if it is told nothing. */
	private @Nullable String read(byte[] buffer, int offset, int length) {
		DropReason reason = this.decoder.open(buffer, offset, length);
		if (reason == null) {
			reason = this.decoder.validate();
		}
		String seen = null;
		if (reason == null) {
			Transcript transcript = new Transcript();
			this.decoder.dispatch(transcript);
			seen = String.join("\n", transcript.lines());
		}
		this.decoder.release();
		return seen;
	}

	private static List<byte[]> originals(MessageType type, SplittableRandom random) {
		PacketEncoder encoder = new PacketEncoder(new byte[1400], PacketSamples.CLUSTER);
		MessageType[] types = MessageType.values();
		List<byte[]> originals = new ArrayList<>();
		for (int i = 0; i < ORIGINALS; i++) {
			encoder.start(1400, random.nextLong(), PacketSamples.identity(random), random.nextInt(), i);
			if (random.nextBoolean()) {
				encoder.viewHash(random.nextLong());
			}
			PacketSamples.add(encoder, type, random, new ArrayList<>());
			if (random.nextInt(4) == 0) {
				PacketSamples.add(encoder, types[random.nextInt(types.length)], random, new ArrayList<>());
			}
			originals.add(PacketSamples.bytes(encoder));
		}
		return originals;
	}

	private static byte[] mutate(byte[] packet, byte[] other, SplittableRandom random) {
		if (packet.length == 0) {
			return other;
		}
		int at = random.nextInt(packet.length);
		switch (random.nextInt(7)) {
			case 0 -> {
				byte[] mutant = packet.clone();
				mutant[at] ^= (byte) (1 << random.nextInt(8));
				return mutant;
			}
			case 1 -> {
				return Arrays.copyOf(packet, at);
			}
			case 2 -> {
				byte[] inserted = new byte[1 + random.nextInt(4)];
				random.nextBytes(inserted);
				return splice(packet, at, inserted, packet, at);
			}
			case 3 -> {
				return splice(packet, at, new byte[0], other, random.nextInt(other.length + 1));
			}
			case 4 -> {
				// A number that is as large as can be, or has no end.
				byte[] absurd = new byte[1 + random.nextInt(6)];
				Arrays.fill(absurd, (byte) 0xFF);
				absurd[absurd.length - 1] = (byte) (random.nextBoolean() ? 0x07 : 0x7F);
				return splice(packet, at, absurd, packet, Math.min(packet.length, at + random.nextInt(6)));
			}
			case 5 -> {
				byte[] mutant = packet.clone();
				mutant[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
				return mutant;
			}
			default -> {
				byte[] mutant = packet.clone();
				mutant[at] = (byte) random.nextInt();
				return mutant;
			}
		}
	}

	private static byte[] splice(byte[] head, int headEnd, byte[] middle, byte[] tail, int tailStart) {
		byte[] mutant = new byte[headEnd + middle.length + tail.length - tailStart];
		System.arraycopy(head, 0, mutant, 0, headEnd);
		System.arraycopy(middle, 0, mutant, headEnd, middle.length);
		System.arraycopy(tail, tailStart, mutant, headEnd + middle.length, tail.length - tailStart);
		return mutant;
	}

}
