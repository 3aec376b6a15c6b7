package io.gossip.simulator;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PacketSlabTest {

	@Test
	void aPacketKeepsItsBytesUntilItIsReleased() {
		PacketSlab slab = new PacketSlab(false);
		int[] handles = new int[300];
		for (int i = 0; i < handles.length; i++) {
			byte[] source = new byte[i + 10];
			Arrays.fill(source, (byte) i);
			handles[i] = slab.store(source, 5, i);
		}
		for (int i = 0; i < handles.length; i++) {
			assertThat(slab.length(handles[i])).isEqualTo(i);
			assertThat(Arrays.copyOf(slab.bytes(handles[i]), i)).containsOnly(filled(i));
		}
	}

	private static byte[] filled(int length) {
		byte[] bytes = new byte[length];
		Arrays.fill(bytes, (byte) length);
		return bytes;
	}

	@Test
	void aReleasedBufferIsUsedAgain() {
		PacketSlab slab = new PacketSlab(false);
		byte[] source = new byte[1400];
		byte[] buffer = slab.bytes(slab.store(source, 0, 1400));
		slab.release(0);
		assertThat(slab.bytes(slab.store(source, 0, 1100))).isSameAs(buffer);
		assertThat(slab.live()).isEqualTo(1);
	}

	@Test
	void whoeverKeepsABorrowedBufferReadsRubbish() {
		PacketSlab slab = new PacketSlab(true);
		int handle = slab.store(new byte[] { 1, 2, 3 }, 0, 3);
		byte[] kept = slab.bytes(handle);
		slab.release(handle);
		assertThat(kept).startsWith(0xA5, 0xA5, 0xA5);
	}

	@Test
	void largeBuffersAreNotHoardedAfterABurst() {
		PacketSlab slab = new PacketSlab(false);
		byte[] source = new byte[60_000];
		int[] handles = new int[500];
		for (int i = 0; i < handles.length; i++) {
			handles[i] = slab.store(source, 0, source.length);
		}
		long bytes = 0;
		for (int handle : handles) {
			slab.release(handle);
		}
		for (int handle : handles) {
			bytes += slab.bytes(handle).length;
		}
		assertThat(bytes).isLessThanOrEqualTo(64L * 65536);
		assertThat(slab.live()).isZero();
	}

}
