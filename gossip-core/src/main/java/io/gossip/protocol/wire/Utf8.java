package io.gossip.protocol.wire;

/** UTF-8 without allocation: length, encoding and validation. */
final class Utf8 {

	private Utf8() {
	}

	/**
	 * How many bytes a text takes; an unpaired surrogate takes one, as a question mark.
	 */
	static int length(String text) {
		int bytes = 0;
		for (int i = 0; i < text.length(); i++) {
			char unit = text.charAt(i);
			if (unit < 0x80) {
				bytes++;
			}
			else if (unit < 0x800) {
				bytes += 2;
			}
			else if (!Character.isSurrogate(unit)) {
				bytes += 3;
			}
			else if (isPair(text, i)) {
				bytes += 4;
				i++;
			}
			else {
				bytes++;
			}
		}
		return bytes;
	}

	/** Writes a text and returns the position after it. */
	static int write(String text, byte[] buffer, int offset) {
		int position = offset;
		for (int i = 0; i < text.length(); i++) {
			int unit = text.charAt(i);
			if (unit < 0x80) {
				buffer[position++] = (byte) unit;
			}
			else if (unit < 0x800) {
				buffer[position++] = (byte) (0xC0 | (unit >> 6));
				buffer[position++] = (byte) (0x80 | (unit & 0x3F));
			}
			else if (!Character.isSurrogate((char) unit)) {
				buffer[position++] = (byte) (0xE0 | (unit >> 12));
				buffer[position++] = (byte) (0x80 | ((unit >> 6) & 0x3F));
				buffer[position++] = (byte) (0x80 | (unit & 0x3F));
			}
			else if (isPair(text, i)) {
				int point = text.codePointAt(i++);
				buffer[position++] = (byte) (0xF0 | (point >> 18));
				buffer[position++] = (byte) (0x80 | ((point >> 12) & 0x3F));
				buffer[position++] = (byte) (0x80 | ((point >> 6) & 0x3F));
				buffer[position++] = (byte) (0x80 | (point & 0x3F));
			}
			else {
				buffer[position++] = '?';
			}
		}
		return position;
	}

	private static boolean isPair(String text, int index) {
		return Character.isHighSurrogate(text.charAt(index)) && index + 1 < text.length()
				&& Character.isLowSurrogate(text.charAt(index + 1));
	}

	/** Whether bytes are well-formed UTF-8 (Unicode, table 3-7). */
	static boolean isValid(byte[] buffer, int offset, int length) {
		int end = offset + length;
		int position = offset;
		while (position < end) {
			int first = buffer[position++] & 0xFF;
			if (first < 0x80) {
				continue;
			}
			int more = (first >= 0xF0) ? 3 : (first >= 0xE0) ? 2 : 1;
			if (first < 0xC2 || first > 0xF4 || end - position < more) {
				return false;
			}
			int second = buffer[position] & 0xFF;
			int low = (first == 0xE0) ? 0xA0 : (first == 0xF0) ? 0x90 : 0x80;
			int high = (first == 0xED) ? 0x9F : (first == 0xF4) ? 0x8F : 0xBF;
			if (second < low || second > high) {
				return false;
			}
			for (int i = 1; i < more; i++) {
				if ((buffer[position + i] & 0xC0) != 0x80) {
					return false;
				}
			}
			position += more;
		}
		return true;
	}

}
