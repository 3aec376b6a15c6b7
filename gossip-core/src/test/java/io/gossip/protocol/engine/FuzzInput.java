package io.gossip.protocol.engine;

import io.gossip.protocol.wire.WireLimits;

/** The bytes of a fuzzer as a stream of choices; after its end all of them are zero. */
final class FuzzInput {

	private static final int[] VERSIONS = { 0, 1, 2, 3, 4, 100, 1_000, 100_000, WireLimits.VERSION_MAX - 3,
			WireLimits.VERSION_MAX - 2, WireLimits.VERSION_MAX - 1, WireLimits.VERSION_MAX };

	private static final int[] AGES = { 0, 1, 200, 5_000, 60_000, 3_600_000, 24 * 3_600_000 - 1, 80_000_000,
			WireLimits.AGE_MILLIS_MAX - 1, WireLimits.AGE_MILLIS_MAX };

	private final byte[] bytes;

	private int at;

	FuzzInput(byte[] bytes) {
		this.bytes = bytes;
	}

	boolean isAtEnd() {
		return this.at >= this.bytes.length;
	}

	/** A number from 0 on that is less than a count. */
	int choice(int count) {
		return octet() % count;
	}

	boolean flag() {
		return (octet() & 1) != 0;
	}

	int octet() {
		return isAtEnd() ? 0 : this.bytes[this.at++] & 0xFF;
	}

	int number() {
		return octet() << 24 | octet() << 16 | octet() << 8 | octet();
	}

	long identity() {
		long value = (long) number() << 32 | (number() & 0xFFFFFFFFL);
		return (value != 0) ? value : 1;
	}

	/** A version that may be of an honest node, or at the end of its range. */
	int version() {
		return VERSIONS[choice(VERSIONS.length)];
	}

	/** An age in milliseconds that may be of an honest node, or absurd. */
	int ageMillis() {
		return AGES[choice(AGES.length)];
	}

	/** The next bytes, fewer at the end. */
	byte[] octets(int count) {
		byte[] taken = new byte[Math.min(count, this.bytes.length - this.at)];
		System.arraycopy(this.bytes, this.at, taken, 0, taken.length);
		this.at += taken.length;
		return taken;
	}

}
