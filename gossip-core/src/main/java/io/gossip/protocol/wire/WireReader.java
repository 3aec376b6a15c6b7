package io.gossip.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A cursor over borrowed bytes that never leaves its bounds. A read beyond the end, or of
 * bytes that mean nothing, gives zero and marks the cursor as failed; the caller asks
 * once, at the end, whether all went well.
 */
public final class WireReader {

	private static final byte[] NO_BYTES = new byte[0];

	private byte[] buffer = NO_BYTES;

	private int position;

	private int end;

	private boolean failed;

	/**
	 * Borrows bytes.
	 * @param source the bytes
	 * @param offset where they start
	 * @param length how many they are
	 * @return this cursor
	 */
	public WireReader wrap(byte[] source, int offset, int length) {
		this.buffer = source;
		this.position = offset;
		this.end = offset + length;
		this.failed = offset < 0 || length < 0 || offset > source.length - length;
		return this;
	}

	/** Gives the bytes back. */
	public void release() {
		wrap(NO_BYTES, 0, 0);
	}

	/** Whether some read went wrong. */
	public boolean isFailed() {
		return this.failed;
	}

	/** Marks the cursor as failed. */
	public void fail() {
		this.failed = true;
		this.position = this.end;
	}

	/** How many bytes are left. */
	public int remaining() {
		return this.end - this.position;
	}

	/** Where the next read starts, in the borrowed bytes. */
	public int position() {
		return this.position;
	}

	/** The borrowed bytes. */
	public byte[] buffer() {
		return this.buffer;
	}

	/** The next byte, 0 to 255. */
	public int readByte() {
		if (!require(1)) {
			return 0;
		}
		return this.buffer[this.position++] & 0xFF;
	}

	/** The next two bytes, 0 to 65535. */
	public int readShort() {
		if (!require(2)) {
			return 0;
		}
		return (readByte() << 8) | readByte();
	}

	/** The next four bytes. */
	public int readInt() {
		if (!require(4)) {
			return 0;
		}
		int value = 0;
		for (int i = 0; i < Integer.BYTES; i++) {
			value = (value << 8) | (this.buffer[this.position++] & 0xFF);
		}
		return value;
	}

	/** The next eight bytes. */
	public long readLong() {
		if (!require(8)) {
			return 0;
		}
		long value = 0;
		for (int i = 0; i < Long.BYTES; i++) {
			value = (value << 8) | (this.buffer[this.position++] & 0xFF);
		}
		return value;
	}

	/**
	 * A number of one to five bytes, seven bits each, lowest first.
	 * @param max the highest value that is accepted
	 */
	public int readVarint(int max) {
		int value = 0;
		for (int shift = 0; shift < 35; shift += 7) {
			int next = readByte();
			if (shift == 28 && next > 0x07) {
				break;
			}
			value |= (next & 0x7F) << shift;
			if (next < 0x80) {
				// One number has one form, so that equal records are equal bytes.
				if (value > max || (next == 0 && shift > 0)) {
					break;
				}
				return value;
			}
		}
		fail();
		return 0;
	}

	/**
	 * Passes over bytes.
	 * @param count how many
	 */
	public void skip(int count) {
		if (require(count)) {
			this.position += count;
		}
	}

	/**
	 * Passes over a text of a length byte and UTF-8, and checks it.
	 * @param bytesMin the fewest bytes that are accepted
	 * @param bytesMax the most bytes that are accepted
	 * @return how many bytes the UTF-8 has
	 */
	public int skipText(int bytesMin, int bytesMax) {
		return skipText(readByte(), bytesMin, bytesMax);
	}

	int skipText(int length, int bytesMin, int bytesMax) {
		if (length < bytesMin || length > bytesMax || !require(length)
				|| !Utf8.isValid(this.buffer, this.position, length)) {
			fail();
			return 0;
		}
		this.position += length;
		return length;
	}

	/** A text of a length byte and UTF-8 that was checked before. */
	public String readText() {
		return readText(readByte());
	}

	String readText(int length) {
		if (!require(length)) {
			return "";
		}
		String text = new String(this.buffer, this.position, length, StandardCharsets.UTF_8);
		this.position += length;
		return text;
	}

	/** A copy of all the bytes that are left. */
	public byte[] readRest() {
		byte[] rest = Arrays.copyOfRange(this.buffer, this.position, this.end);
		this.position = this.end;
		return rest;
	}

	private boolean require(int count) {
		if (this.failed || count < 0 || count > this.end - this.position) {
			fail();
			return false;
		}
		return true;
	}

}
