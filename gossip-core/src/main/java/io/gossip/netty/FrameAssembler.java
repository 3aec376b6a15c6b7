package io.gossip.netty;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;

/**
 * The frames of one stream, put together from the pieces in which they arrive. A frame is
 * a length of four bytes, most significant first, and as many bytes. The length is
 * checked before anything is kept for it, and memory grows with the bytes that arrived,
 * never with the length that was announced.
 */
final class FrameAssembler {

	static final int LENGTH_BYTES = 4;

	private static final byte[] EMPTY = {};

	private static final int GROWTH_MIN = 512;

	private final int frameBytesMax;

	private byte[] partial = EMPTY;

	private int filled;

	private int header;

	private int headerBytes;

	FrameAssembler(int frameBytesMax) {
		this.frameBytesMax = frameBytesMax;
	}

	/** What takes a whole frame; the bytes are borrowed until it returns. */
	interface FrameSink {

		/**
		 * Takes a frame.
		 * @return whether more are wanted
		 */
		boolean onFrame(byte[] buffer, int offset, int length);

	}

	/**
	 * Takes bytes off the wire.
	 * @param in what has arrived; consumed
	 * @param whole where to put a frame that is there in one piece, at least as long as
	 * the longest frame
	 * @param sink gets each frame that is complete
	 * @return whether the stream is sound; if not, a length was zero or over the limit
	 * and nothing after it can be understood
	 */
	boolean feed(ByteBuf in, byte[] whole, FrameSink sink) {
		while (in.isReadable()) {
			if (this.headerBytes < LENGTH_BYTES) {
				this.header = (this.header << 8) | in.readUnsignedByte();
				this.headerBytes++;
				if (this.headerBytes == LENGTH_BYTES && (this.header <= 0 || this.header > this.frameBytesMax)) {
					return false;
				}
			}
			else if (!payload(in, whole, sink)) {
				return true;
			}
		}
		return true;
	}

	private boolean payload(ByteBuf in, byte[] whole, FrameSink sink) {
		int length = this.header;
		if (this.filled == 0 && in.readableBytes() >= length) {
			in.readBytes(whole, 0, length);
			next();
			return sink.onFrame(whole, 0, length);
		}
		int chunk = Math.min(length - this.filled, in.readableBytes());
		reserve(this.filled + chunk);
		in.readBytes(this.partial, this.filled, chunk);
		this.filled += chunk;
		if (this.filled < length) {
			return true;
		}
		byte[] frame = this.partial;
		next();
		return sink.onFrame(frame, 0, length);
	}

	private void reserve(int bytes) {
		if (this.partial.length < bytes) {
			int doubled = Math.max(GROWTH_MIN, this.partial.length * 2);
			this.partial = Arrays.copyOf(this.partial, Math.min(this.frameBytesMax, Math.max(bytes, doubled)));
		}
	}

	private void next() {
		this.partial = EMPTY;
		this.filled = 0;
		this.header = 0;
		this.headerBytes = 0;
	}

	/** How many bytes of an unfinished frame are kept. */
	int bytesHeld() {
		return this.partial.length;
	}

}
