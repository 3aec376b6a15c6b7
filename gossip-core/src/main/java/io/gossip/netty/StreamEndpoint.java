package io.gossip.netty;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.gossip.Address;
import io.gossip.TransportSettings;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.UnreachableReason;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The TCP side of a node: the streams that are open, by the address of the other end. All
 * of it is bounded: how many streams, how long they idle, how large a frame is and how
 * many bytes wait. At the limit of streams one that is quiet makes room.
 */
final class StreamEndpoint {

	static final int UNSENT_BYTES_MAX = 1 << 25;

	static final int UNSENT_BYTES_PER_STREAM_MAX = 1 << 21;

	/** What messages of the application leave to the protocol on a stream. */
	static final int UNSENT_MESSAGE_BYTES_MAX = UNSENT_BYTES_PER_STREAM_MAX / 4;

	private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** So is, after this, one on which whoever opened it has been answered. */
	private static final long ANSWERED_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

	/** Longer than a refusal takes, shorter than the timeout of any kernel. */
	private static final long REFUSAL_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

	private final EventLoop loop;

	private final LoopLocal local;

	private final TransportSettings transport;

	private final Inbound inbound;

	private final Bootstrap connector;

	private final Map<Address, StreamConnection> connections = new HashMap<>();

	private final List<StreamConnection> unflushed = new ArrayList<>();

	private @Nullable Channel server;

	private long unsentBytes;

	private @Nullable ScheduledFuture<?> nextSweep;

	private boolean closed;

	private StreamEndpoint(EventLoop loop, LoopLocal local, TransportSettings transport, Inbound inbound,
			ChannelFactory<? extends SocketChannel> sockets) {
		this.loop = loop;
		this.local = local;
		this.transport = transport;
		this.inbound = inbound;
		this.connector = new Bootstrap().group(loop)
			.channelFactory(sockets)
			.disableResolver()
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(transport.connectTimeout().toMillis()));
	}

	/** Takes over a bound socket, on the loop that owns it from now on. */
	static StreamEndpoint open(BoundPort port, EventLoop loop, LoopLocal local, TransportSettings transport,
			Inbound inbound) {
		return open(port, loop, local, transport, inbound, NioSocketChannel::new);
	}

	/** As above, with a source of sockets to connect with, which may have none left. */
	static StreamEndpoint open(BoundPort port, EventLoop loop, LoopLocal local, TransportSettings transport,
			Inbound inbound, ChannelFactory<? extends SocketChannel> sockets) {
		StreamEndpoint endpoint = new StreamEndpoint(loop, local, transport, inbound, sockets);
		ChannelFuture registered = new ServerBootstrap().group(loop, loop)
			.channelFactory(() -> new NioServerSocketChannel(port.streams()))
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {

				@Override
				protected void initChannel(SocketChannel channel) {
					endpoint.accept(channel);
				}

			})
			.register();
		endpoint.server = registered.syncUninterruptibly().channel();
		return endpoint;
	}

	private void accept(SocketChannel channel) {
		InetSocketAddress source = channel.remoteAddress();
		if (this.closed || source == null) {
			ClosedQuietly.close(channel);
			return;
		}
		Address remote = this.local.addresses().toAddress(source);
		if (!makeRoom() || this.connections.containsKey(remote)) {
			this.inbound.onDropped(DropReason.CONNECTIONS_LIMIT);
			ClosedQuietly.close(channel);
			return;
		}
		StreamConnection connection = add(remote, true);
		connection.attach(channel);
		channel.pipeline().addLast(connection);
		connection.connected();
	}

	void send(Address to, byte[] buffer, int offset, int length) {
		send(to, buffer, offset, length, null);
	}

	/**
	 * Sends a frame.
	 * @param to the receiver
	 * @param buffer the bytes, borrowed until the return
	 * @param offset where they start
	 * @param length how many they are
	 * @param result whoever waits for a message of the application, null for a frame of
	 * the protocol
	 */
	void send(Address to, byte[] buffer, int offset, int length, @Nullable MessageResult result) {
		if (this.closed) {
			lose(result, "the node has stopped");
			return;
		}
		StreamConnection connection = this.connections.get(to);
		if (connection == null) {
			if (!makeRoom()) {
				this.inbound.onDropped(DropReason.CONNECTIONS_LIMIT);
				this.inbound.onUnreachable(to, UnreachableReason.OVERLOAD);
				lose(result, "transport.connections-max streams are open");
				return;
			}
			connection = connect(to);
		}
		int bytes = FrameAssembler.LENGTH_BYTES + length;
		if (result != null && connection.unsentBytes() + bytes > UNSENT_MESSAGE_BYTES_MAX) {
			this.inbound.onDropped(DropReason.SEND_QUEUE_FULL);
			result.refuse(DropReason.SEND_QUEUE_FULL);
			return;
		}
		if (connection.unsentBytes() + bytes > UNSENT_BYTES_PER_STREAM_MAX
				|| this.unsentBytes + bytes > UNSENT_BYTES_MAX) {
			this.inbound.onDropped(DropReason.SEND_QUEUE_FULL);
			this.inbound.onUnreachable(to, UnreachableReason.OVERLOAD);
			lose(result, "too much waits on the streams of this node");
			return;
		}
		if (connection.isClosed()) {
			lose(result, "the stream to the receiver is closed");
			return;
		}
		ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(bytes);
		frame.writeInt(length);
		frame.writeBytes(buffer, offset, length);
		this.unsentBytes += bytes;
		connection.send(frame, result);
		this.unflushed.add(connection);
	}

	private static void lose(@Nullable MessageResult result, String why) {
		if (result != null) {
			result.lose(why);
		}
	}

	private StreamConnection connect(Address to) {
		StreamConnection connection = add(to, false);
		long startedNanos = nowNanos();
		ChannelFuture connecting = this.connector.clone()
			.handler(connection)
			.connect(this.local.addresses().toSocketAddress(to));
		if (connecting.cause() == null) {
			connection.attach(connecting.channel());
		}
		// A process without a free file descriptor has no socket, and so no loop for it.
		connecting.addListener((future) -> onLoop(() -> onConnected(connection, connecting, startedNanos)));
		return connection;
	}

	private void onLoop(Runnable task) {
		if (this.loop.inEventLoop()) {
			task.run();
		}
		else {
			this.loop.execute(task);
		}
	}

	private void onConnected(StreamConnection connection, ChannelFuture connecting, long startedNanos) {
		if (connecting.isSuccess()) {
			if (connection.isClosed()) {
				ClosedQuietly.close(connecting.channel());
			}
			else {
				connection.connected();
			}
		}
		else if (!connection.isClosed()) {
			remove(connection);
			UnreachableReason reason = reason(connecting.cause(), nowNanos() - startedNanos);
			if (reason == UnreachableReason.OVERLOAD) {
				this.inbound.onDropped(DropReason.CONNECTIONS_LIMIT);
			}
			this.inbound.onUnreachable(connection.remote(), reason);
		}
	}

	/**
	 * Only a refusal is evidence that nobody listens. The text of the exception depends
	 * on the language of the host, so a kernel's timeout is told apart by its duration. A
	 * socket that could not be made is this node's own trouble.
	 */
	static UnreachableReason reason(@Nullable Throwable cause, long tookNanos) {
		if (cause instanceof ChannelException) {
			return UnreachableReason.OVERLOAD;
		}
		boolean refused = cause instanceof ConnectException && !(cause instanceof ConnectTimeoutException)
				&& tookNanos < REFUSAL_NANOS_MAX;
		return (refused) ? UnreachableReason.REFUSED : UnreachableReason.TIMEOUT;
	}

	private StreamConnection add(Address remote, boolean isInbound) {
		StreamConnection connection = new StreamConnection(this, remote, isInbound, this.transport.frameBytesMax(),
				nowNanos());
		this.connections.put(remote, connection);
		if (this.nextSweep == null) {
			scheduleSweep();
		}
		return connection;
	}

	private boolean makeRoom() {
		if (this.connections.size() < this.transport.connectionsMax()) {
			return true;
		}
		long now = nowNanos();
		StreamConnection quietest = null;
		for (StreamConnection connection : this.connections.values()) {
			long quietNanos = connection.isAnswered() ? ANSWERED_NANOS : QUIET_NANOS;
			if (connection.isQuiet() && connection.idleNanos(now) >= quietNanos
					&& (quietest == null || connection.idleNanos(now) > quietest.idleNanos(now))) {
				quietest = connection;
			}
		}
		if (quietest == null) {
			return false;
		}
		remove(quietest);
		return true;
	}

	private int remove(StreamConnection connection) {
		this.connections.remove(connection.remote(), connection);
		int lost = connection.close();
		this.unsentBytes -= lost;
		return lost;
	}

	/** A stream has ended of itself. */
	void ended(StreamConnection connection, boolean broken) {
		if (connection.isClosed()) {
			return;
		}
		int lost = remove(connection);
		if (broken || lost > 0) {
			this.inbound.onUnreachable(connection.remote(), UnreachableReason.BROKEN);
		}
	}

	/** A stream carries something else than frames. */
	void unintelligible(StreamConnection connection) {
		remove(connection);
		this.inbound.onDropped(DropReason.OVERSIZE);
	}

	void received(StreamConnection connection, byte[] buffer, int offset, int length) {
		this.inbound.onFrame(connection.remote(), buffer, offset, length);
	}

	void sent(int bytes) {
		this.unsentBytes -= bytes;
	}

	byte[] receiveScratch() {
		return this.local.receiveScratch(this.transport.frameBytesMax());
	}

	long nowNanos() {
		return System.nanoTime();
	}

	int openConnections() {
		return this.connections.size();
	}

	long unsentBytes() {
		return this.unsentBytes;
	}

	private void scheduleSweep() {
		long pause = Math.max(TimeUnit.MILLISECONDS.toNanos(20), this.transport.idleTimeout().toNanos() / 4);
		this.nextSweep = this.loop.schedule(this::sweep, pause, TimeUnit.NANOSECONDS);
	}

	private void sweep() {
		long now = nowNanos();
		List<StreamConnection> idle = new ArrayList<>();
		for (StreamConnection connection : this.connections.values()) {
			if (connection.idleNanos(now) > this.transport.idleTimeout().toNanos()) {
				idle.add(connection);
			}
		}
		for (StreamConnection connection : idle) {
			if (remove(connection) > 0) {
				this.inbound.onUnreachable(connection.remote(), UnreachableReason.TIMEOUT);
			}
		}
		this.nextSweep = null;
		if (!this.closed && !this.connections.isEmpty()) {
			scheduleSweep();
		}
	}

	void flush() {
		for (int i = 0; i < this.unflushed.size(); i++) {
			this.unflushed.get(i).flush();
		}
		this.unflushed.clear();
	}

	void close() {
		this.closed = true;
		if (this.nextSweep != null) {
			this.nextSweep.cancel(false);
		}
		if (this.server != null) {
			ClosedQuietly.close(this.server);
		}
		for (StreamConnection connection : List.copyOf(this.connections.values())) {
			remove(connection);
		}
	}

}
