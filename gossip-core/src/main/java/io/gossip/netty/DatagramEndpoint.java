package io.gossip.netty;

import java.net.InetSocketAddress;

import io.gossip.Address;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.TrafficClass;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;

/**
 * The UDP side of a node. While the socket takes no more, it queues; at a first limit it
 * tells the engine to slow down and drops repair, at a second it drops news, and at a
 * third probes, too.
 */
final class DatagramEndpoint extends ChannelInboundHandlerAdapter {

	/** No peer may be configured to send more in one datagram. */
	static final int DATAGRAM_BYTES_MAX = 8192;

	private static final int RECEIVE_BUFFER_BYTES = 10_240;

	private static final int SOCKET_BUFFER_BYTES = 1 << 20;

	private static final int QUEUE_BYTES_LOW = 1 << 16;

	private static final int QUEUE_BYTES_HIGH = 1 << 18;

	private static final int QUEUE_BYTES_NEWS_MAX = 1 << 19;

	private static final int QUEUE_BYTES_MAX = 1 << 20;

	private final NioDatagramChannel channel;

	private final LoopLocal local;

	private final Inbound inbound;

	private boolean unflushed;

	private DatagramEndpoint(NioDatagramChannel channel, LoopLocal local, Inbound inbound) {
		this.channel = channel;
		this.local = local;
		this.inbound = inbound;
	}

	/** Takes over a bound socket, on the loop that owns it from now on. */
	static DatagramEndpoint open(BoundPort port, EventLoop loop, LoopLocal local, Inbound inbound) {
		NioDatagramChannel channel = new NioDatagramChannel(port.datagrams());
		channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(RECEIVE_BUFFER_BYTES));
		channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(QUEUE_BYTES_LOW, QUEUE_BYTES_HIGH));
		channel.config().setOption(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES);
		channel.config().setOption(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES);
		DatagramEndpoint endpoint = new DatagramEndpoint(channel, local, inbound);
		channel.pipeline().addLast(endpoint);
		loop.register(channel).syncUninterruptibly();
		return endpoint;
	}

	void send(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length) {
		if (!hasRoom(trafficClass)) {
			this.inbound.onDropped(DropReason.SEND_QUEUE_FULL);
			return;
		}
		ByteBuf payload = this.channel.alloc().directBuffer(length);
		payload.writeBytes(buffer, offset, length);
		InetSocketAddress recipient = this.local.addresses().toSocketAddress(to);
		// A failure of the void promise arrives at exceptionCaught.
		ChannelFuture unused = this.channel.write(new DatagramPacket(payload, recipient), this.channel.voidPromise());
		this.unflushed = true;
	}

	private boolean hasRoom(TrafficClass trafficClass) {
		if (this.channel.isWritable()) {
			return true;
		}
		long excessBytes = this.channel.bytesBeforeWritable();
		return switch (trafficClass) {
			case PROBE -> excessBytes < QUEUE_BYTES_MAX;
			case RUMOR -> excessBytes < QUEUE_BYTES_NEWS_MAX;
			case BULK -> false;
		};
	}

	void flush() {
		if (this.unflushed) {
			this.unflushed = false;
			this.channel.flush();
		}
	}

	void close() {
		ClosedQuietly.close(this.channel);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		DatagramPacket packet = (DatagramPacket) message;
		try {
			ByteBuf content = packet.content();
			int length = content.readableBytes();
			if (length > DATAGRAM_BYTES_MAX) {
				this.inbound.onDropped(DropReason.OVERSIZE);
				return;
			}
			byte[] bytes = this.local.receiveScratch(RECEIVE_BUFFER_BYTES);
			content.readBytes(bytes, 0, length);
			Address from = this.local.addresses().toAddress(packet.sender());
			this.inbound.onDatagram(from, bytes, 0, length);
		}
		finally {
			packet.release();
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		this.inbound.onWritable(this.channel.isWritable());
	}

	/** A datagram that the network refused, such as one without a route. */
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.inbound.onDropped(DropReason.SEND_FAILED);
	}

}
