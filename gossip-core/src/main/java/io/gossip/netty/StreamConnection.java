package io.gossip.netty;

import java.util.ArrayDeque;

import io.gossip.Address;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * One TCP stream of a node, opened by either side. Frames that are sent while it connects
 * wait in order.
 */
final class StreamConnection extends ChannelInboundHandlerAdapter {

	private final StreamEndpoint endpoint;

	private final Address remote;

	private final FrameAssembler assembler;

	private final ArrayDeque<Frame> waiting = new ArrayDeque<>();

	private @Nullable Channel channel;

	private boolean connected;

	private boolean closed;

	private int unsentBytes;

	private long lastUsedNanos;

	/** Whether the other end has opened it. */
	private final boolean isInbound;

	/** Whether the last frame went out, and not in. */
	private boolean isLastOutbound;

	/** Bytes to send, and whoever waits for that. */
	private record Frame(ByteBuf bytes, @Nullable MessageResult result) {

		void lose() {
			this.bytes.release();
			loseResult();
		}

		void loseResult() {
			if (this.result != null) {
				this.result.lose("the receiver cannot be reached, or the stream to it broke");
			}
		}

	}

	StreamConnection(StreamEndpoint endpoint, Address remote, boolean isInbound, int frameBytesMax, long nowNanos) {
		this.endpoint = endpoint;
		this.isInbound = isInbound;
		this.isLastOutbound = !isInbound;
		this.remote = remote;
		this.assembler = new FrameAssembler(frameBytesMax);
		this.lastUsedNanos = nowNanos;
	}

	Address remote() {
		return this.remote;
	}

	int unsentBytes() {
		return this.unsentBytes;
	}

	long idleNanos(long nowNanos) {
		return nowNanos - this.lastUsedNanos;
	}

	/** Whether closing it would lose nothing that is known of. */
	boolean isQuiet() {
		return this.connected && this.unsentBytes == 0 && this.assembler.bytesHeld() == 0;
	}

	/** Whether the last frame went to whoever opened it. */
	boolean isAnswered() {
		return this.isInbound == this.isLastOutbound;
	}

	boolean isClosed() {
		return this.closed;
	}

	void attach(Channel newChannel) {
		this.channel = newChannel;
	}

	/** Takes a frame with its length in front; it is released when it is sent or lost. */
	void send(ByteBuf bytes, @Nullable MessageResult result) {
		Frame frame = new Frame(bytes, result);
		this.unsentBytes += bytes.readableBytes();
		if (this.connected) {
			write(frame);
		}
		else {
			this.waiting.add(frame);
		}
	}

	/** Sends what has waited. */
	void connected() {
		this.connected = true;
		this.lastUsedNanos = this.endpoint.nowNanos();
		while (!this.waiting.isEmpty()) {
			write(this.waiting.remove());
		}
		flush();
	}

	private void write(Frame frame) {
		Channel open = this.channel;
		if (open == null || this.closed) {
			frame.lose();
			return;
		}
		int bytes = frame.bytes.readableBytes();
		open.write(frame.bytes).addListener((future) -> {
			if (!future.isSuccess()) {
				frame.loseResult();
			}
			else if (frame.result != null) {
				frame.result.accept();
			}
			if (future.isSuccess() && !this.closed) {
				this.unsentBytes -= bytes;
				this.isLastOutbound = true;
				this.lastUsedNanos = this.endpoint.nowNanos();
				this.endpoint.sent(bytes);
			}
		});
	}

	void flush() {
		if (this.connected && this.channel != null) {
			this.channel.flush();
		}
	}

	/**
	 * Ends the stream.
	 * @return how many bytes were not sent
	 */
	int close() {
		int lost = this.unsentBytes;
		this.closed = true;
		this.unsentBytes = 0;
		this.waiting.forEach(Frame::lose);
		this.waiting.clear();
		if (this.channel != null) {
			ClosedQuietly.close(this.channel);
		}
		return lost;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf bytes = (ByteBuf) message;
		try {
			if (!this.closed && !this.assembler.feed(bytes, this.endpoint.receiveScratch(), this::onFrame)) {
				this.endpoint.unintelligible(this);
			}
		}
		finally {
			bytes.release();
		}
	}

	private boolean onFrame(byte[] buffer, int offset, int length) {
		this.isLastOutbound = false;
		this.lastUsedNanos = this.endpoint.nowNanos();
		this.endpoint.received(this, buffer, offset, length);
		return !this.closed;
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.endpoint.ended(this, false);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.endpoint.ended(this, true);
	}

}
