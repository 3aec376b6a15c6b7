package io.gossip.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8Test {

	private final CharsetDecoder jdk = StandardCharsets.UTF_8.newDecoder();

	private final CharBuffer chars = CharBuffer.allocate(16);

	@Test
	void everyCharacterIsEncodedAsTheJdkDoes() {
		for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
			check(new String(Character.toChars(point)));
		}
	}

	@Test
	void anyCharsAreEncodedAsTheJdkDoesUnpairedSurrogatesToo() {
		Random random = new Random(1);
		char[] interesting = { 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xE000, 0xFFFF };
		for (int round = 0; round < 50_000; round++) {
			StringBuilder text = new StringBuilder();
			for (int i = random.nextInt(6); i >= 0; i--) {
				text.append(interesting[random.nextInt(interesting.length)]);
			}
			check(text.toString());
		}
	}

	@Test
	void everySequenceOfThreeBytesIsJudgedAsTheJdkDoes() {
		byte[] bytes = new byte[3];
		for (int i = 0; i < 1 << 24; i += 7) {
			bytes[0] = (byte) (i >>> 16);
			bytes[1] = (byte) (i >>> 8);
			bytes[2] = (byte) i;
			if (bytes[0] < 0 && Utf8.isValid(bytes, 0, 3) != isValidToTheJdk(bytes)) {
				assertThat(bytes).as("judged as the JDK does").isEmpty();
			}
		}
	}

	@Test
	void randomBytesAreJudgedAsTheJdkDoes() {
		Random random = new Random(2);
		int valid = 0;
		for (int round = 0; round < 200_000; round++) {
			byte[] bytes = new byte[random.nextInt(7)];
			random.nextBytes(bytes);
			for (int i = 0; i < bytes.length; i++) {
				// Mostly lead and continuation bytes, so that some are valid.
				bytes[i] = (byte) (random.nextBoolean() ? (bytes[i] & 0x3F) | 0x80 : bytes[i] | 0xC0);
			}
			boolean judged = Utf8.isValid(bytes, 0, bytes.length);
			if (judged != isValidToTheJdk(bytes)) {
				assertThat(bytes).as("judged as the JDK does").isEmpty();
			}
			valid += (judged && bytes.length > 0) ? 1 : 0;
		}
		assertThat(valid).isPositive();
	}

	private static void check(String text) {
		byte[] expected = text.getBytes(StandardCharsets.UTF_8);
		byte[] buffer = new byte[expected.length + 2];
		int end = Utf8.write(text, buffer, 1);
		if (Utf8.length(text) != expected.length || end != expected.length + 1
				|| !Arrays.equals(expected, 0, expected.length, buffer, 1, end)
				|| !Utf8.isValid(buffer, 1, expected.length)) {
			assertThat(Arrays.copyOfRange(buffer, 1, Math.max(end, 1))).as("the bytes of %s", text).isEqualTo(expected);
			assertThat(Utf8.length(text)).as("the length of %s", text).isEqualTo(expected.length);
			assertThat(Utf8.isValid(buffer, 1, expected.length)).as("whether %s is valid", text).isTrue();
		}
	}

	private boolean isValidToTheJdk(byte[] bytes) {
		this.chars.clear();
		return !this.jdk.reset().decode(ByteBuffer.wrap(bytes), this.chars, true).isError();
	}

}
