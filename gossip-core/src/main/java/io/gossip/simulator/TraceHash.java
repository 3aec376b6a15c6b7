package io.gossip.simulator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A running 64-bit hash of all that happened. Two runs with equal hashes took the same
 * course, bit by bit.
 */
final class TraceHash {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long FACTOR = 0x9FB21C651E98DF25L;

	private long value = 0x2545F4914F6CDD1DL;

	long value() {
		return this.value;
	}

	void add(long word) {
		long mixed = (this.value ^ word) * FACTOR;
		this.value = Long.rotateLeft(mixed ^ (mixed >>> 35), 23);
	}

	void addBytes(byte[] bytes, int length) {
		int index = 0;
		for (; index <= length - Long.BYTES; index += Long.BYTES) {
			add((long) LONGS.get(bytes, index));
		}
		long last = length;
		for (; index < length; index++) {
			last = (last << 8) | (bytes[index] & 0xFF);
		}
		add(last);
	}

}
