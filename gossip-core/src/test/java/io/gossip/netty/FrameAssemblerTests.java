package io.gossip.netty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FrameAssemblerTests {

	private static final int MAX = 8192;

	private final FrameAssembler assembler = new FrameAssembler(MAX);

	private final List<byte[]> frames = new ArrayList<>();

	private boolean feed(ByteBuf bytes) {
		return this.assembler.feed(bytes, new byte[MAX], (buffer, offset, length) -> {
			this.frames.add(Arrays.copyOfRange(buffer, offset, offset + length));
			return true;
		});
	}

	@Test
	void comeOutAsTheyWentInHoweverTheyAreCut() {
		Random random = new Random(11);
		List<byte[]> sent = new ArrayList<>();
		ByteBuf stream = Unpooled.buffer();
		for (int i = 0; i < 200; i++) {
			byte[] frame = new byte[1 + random.nextInt((i % 10 == 0) ? MAX : 100)];
			random.nextBytes(frame);
			sent.add(frame);
			stream.writeInt(frame.length).writeBytes(frame);
		}
		while (stream.isReadable()) {
			int cut = 1 + random.nextInt((random.nextBoolean()) ? 7 : 20_000);
			assertThat(feed(stream.readSlice(Math.min(cut, stream.readableBytes())))).isTrue();
		}
		assertThat(this.frames).containsExactlyElementsOf(sent);
		assertThat(this.assembler.bytesHeld()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, MAX + 1, Integer.MAX_VALUE, Integer.MIN_VALUE })
	void ofAnotherLengthMakeTheStreamUnsound(int length) {
		assertThat(feed(Unpooled.buffer().writeInt(length).writeBytes(new byte[10]))).isFalse();
		assertThat(this.frames).isEmpty();
	}

	@Test
	void takeMemoryByTheBytesThatArrivedNotByTheirLength() {
		feed(Unpooled.buffer().writeInt(MAX));
		assertThat(this.assembler.bytesHeld()).isZero();
		feed(Unpooled.buffer().writeBytes(new byte[10]));
		assertThat(this.assembler.bytesHeld()).isLessThan(1024);
	}

	@Test
	void areNotGivenToASinkThatHasEnough() {
		ByteBuf two = Unpooled.buffer().writeInt(1).writeByte(1).writeInt(1).writeByte(2);
		boolean isSound = this.assembler.feed(two, new byte[MAX], (buffer, offset, length) -> {
			this.frames.add(Arrays.copyOfRange(buffer, offset, offset + length));
			return false;
		});
		assertThat(isSound).isTrue();
		assertThat(this.frames).hasSize(1);
	}

}
