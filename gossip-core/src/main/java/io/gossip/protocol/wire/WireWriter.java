package io.gossip.protocol.wire;

/**
 * A cursor that writes into a borrowed buffer up to a limit. Callers ask for room before
 * they write; a write beyond the limit is a bug.
 */
public final class WireWriter {

	private final byte[] buffer;

	private int position;

	private int limit;

	/**
	 * A writer into a buffer.
	 * @param buffer the one encode scratch of the engine
	 */
	public WireWriter(byte[] buffer) {
		this.buffer = buffer;
	}

	/**
	 * Starts anew.
	 * @param limitBytes how many bytes may be written
	 */
	public void start(int limitBytes) {
		if (limitBytes > this.buffer.length) {
			throw new IllegalArgumentException(
					"a packet of " + limitBytes + " bytes exceeds the scratch of " + this.buffer.length);
		}
		this.position = 0;
		this.limit = limitBytes;
	}

	/** The buffer that is written to. */
	public byte[] buffer() {
		return this.buffer;
	}

	/** How many bytes have been written. */
	public int length() {
		return this.position;
	}

	/** How many bytes may still be written. */
	public int remaining() {
		return this.limit - this.position;
	}

	/** Writes one byte. */
	public void writeByte(int value) {
		require(1);
		this.buffer[this.position++] = (byte) value;
	}

	/** Writes two bytes. */
	public void writeShort(int value) {
		writeByte(value >>> 8);
		writeByte(value);
	}

	/** Writes four bytes. */
	public void writeInt(int value) {
		require(4);
		for (int shift = 24; shift >= 0; shift -= 8) {
			this.buffer[this.position++] = (byte) (value >>> shift);
		}
	}

	/** Writes eight bytes. */
	public void writeLong(long value) {
		require(8);
		for (int shift = 56; shift >= 0; shift -= 8) {
			this.buffer[this.position++] = (byte) (value >>> shift);
		}
	}

	/** Writes bytes as they are. */
	public void writeBytes(byte[] bytes) {
		require(bytes.length);
		System.arraycopy(bytes, 0, this.buffer, this.position, bytes.length);
		this.position += bytes.length;
	}

	/** Writes a number of 0 or more in one to five bytes. */
	public void writeVarint(int value) {
		int rest = value;
		while (rest > 0x7F) {
			writeByte((rest & 0x7F) | 0x80);
			rest >>>= 7;
		}
		writeByte(rest);
	}

	/** How many bytes a number of 0 or more takes. */
	public static int varintLength(int value) {
		int bytes = 1;
		for (int rest = value >>> 7; rest != 0; rest >>>= 7) {
			bytes++;
		}
		return bytes;
	}

	/** Writes a text without its length. */
	void writeUtf8(String text) {
		require(Utf8.length(text));
		this.position = Utf8.write(text, this.buffer, this.position);
	}

	/** Sets one byte that was written before. */
	void patchByte(int at, int value) {
		this.buffer[at] = (byte) value;
	}

	private void require(int count) {
		if (count > this.limit - this.position) {
			throw new IllegalStateException(
					"a packet outgrew its budget: " + (this.position + count) + " bytes of " + this.limit);
		}
	}

}
