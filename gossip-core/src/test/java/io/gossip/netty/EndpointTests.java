package io.gossip.netty;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

import io.gossip.Address;
import io.gossip.TransportSettings;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.UnreachableReason;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.gossip.netty.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** The endpoints with real sockets and no engine behind them. */
class EndpointTests {

	private final EventLoop loop = new SingleThreadIoEventLoop(null, new DaemonThreads("endpoint-test"),
			NioIoHandler.newFactory());

	private final List<Node> nodes = new ArrayList<>();

	/** A bound port with both endpoints on it. */
	private record Node(Address address, DatagramEndpoint datagrams, StreamEndpoint streams, RecordingInbound inbound) {
	}

	@AfterEach
	void close() throws Exception {
		onLoop(() -> {
			this.nodes.forEach((node) -> {
				node.datagrams.close();
				node.streams.close();
			});
			return true;
		});
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
	}

	private <T> T onLoop(Callable<T> task) throws Exception {
		return this.loop.submit(task).get(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

	private Node node(UnaryOperator<TransportSettings> change) throws Exception {
		return node(change, NioSocketChannel::new);
	}

	private Node node(UnaryOperator<TransportSettings> change, ChannelFactory<SocketChannel> sockets) throws Exception {
		TransportSettings transport = change.apply(TransportSettings.DEFAULTS.withPort(0).withFrameBytesMax(8192));
		InetAddress host = InetAddress.getLoopbackAddress();
		BoundPort port = BoundPort.bind(host, transport);
		RecordingInbound inbound = new RecordingInbound();
		return onLoop(() -> {
			LoopLocal local = LoopLocal.current();
			Node node = new Node(SocketAddresses.of(host, port.port()),
					DatagramEndpoint.open(port, this.loop, local, inbound),
					StreamEndpoint.open(port, this.loop, local, transport, inbound, sockets), inbound);
			this.nodes.add(node);
			return node;
		});
	}

	private Node node() throws Exception {
		return node(UnaryOperator.identity());
	}

	private void sendFrame(Node node, Address to, byte[] bytes) throws Exception {
		onLoop(() -> {
			node.streams.send(to, bytes, 0, bytes.length);
			node.streams.flush();
			return true;
		});
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void aDatagramArrivesFromTheBoundPort() throws Exception {
		Node first = node();
		Node second = node();
		onLoop(() -> {
			first.datagrams.send(second.address, TrafficClass.PROBE, bytes("xhellox"), 1, 5);
			first.datagrams.flush();
			return true;
		});
		eventually("it arrives", () -> !second.inbound.datagrams.isEmpty());
		assertThat(second.inbound.datagrams).containsExactly(new RecordingInbound.Packet(first.address, "hello", 5));
	}

	@Test
	void aDatagramThatTheNetworkRefusesIsCounted() throws Exception {
		Node node = node();
		onLoop(() -> {
			node.datagrams.send(Address.ofIpv4(0xFFFFFFFF, 9), TrafficClass.RUMOR, bytes("x"), 0, 1);
			node.datagrams.flush();
			return true;
		});
		eventually("it is counted", () -> node.inbound.drops.contains(DropReason.SEND_FAILED));
	}

	@Test
	void framesWaitForTheConnectionAndArriveInOrder() throws Exception {
		Node first = node();
		Node second = node();
		onLoop(() -> {
			for (int i = 0; i < 50; i++) {
				byte[] frame = bytes("frame-" + i);
				first.streams.send(second.address, frame, 0, frame.length);
			}
			first.streams.flush();
			return true;
		});
		eventually("they arrive", () -> second.inbound.frames.size() == 50);
		int expected = 0;
		for (RecordingInbound.Packet frame : second.inbound.frames) {
			assertThat(frame.text()).isEqualTo("frame-" + expected++);
		}
		assertThat(onLoop(first.streams::openConnections)).isOne();
		eventually("all is accounted for", () -> first.streams.unsentBytes() == 0);
	}

	@Test
	void anAnswerGoesOverTheStreamThatTheQuestionCameOn() throws Exception {
		Node first = node();
		Node second = node();
		sendFrame(first, second.address, bytes("question"));
		eventually("it arrives", () -> !second.inbound.frames.isEmpty());
		Address source = second.inbound.frames.element().from();
		assertThat(source).isNotEqualTo(first.address);
		sendFrame(second, source, bytes("answer"));
		eventually("the answer arrives", () -> !first.inbound.frames.isEmpty());
		assertThat(first.inbound.frames.element().from()).isEqualTo(second.address);
		assertThat(onLoop(second.streams::openConnections)).isOne();
	}

	@Test
	void aRefusedConnectionIsEvidence() throws Exception {
		Node node = node();
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		Address nobody = node.address.withPort(port);
		sendFrame(node, nobody, bytes("x"));
		eventually("it is told", () -> !node.inbound.unreachable.isEmpty());
		assertThat(node.inbound.unreachable).containsExactly(nobody + " REFUSED");
		assertThat(onLoop(node.streams::openConnections)).isZero();
		assertThat(onLoop(node.streams::unsentBytes)).isZero();
	}

	@Test
	void onlyARefusalIsEvidence() {
		long soon = Duration.ofMillis(1).toNanos();
		assertThat(StreamEndpoint.reason(new ConnectException("refused"), soon)).isEqualTo(UnreachableReason.REFUSED);
		assertThat(StreamEndpoint.reason(new ConnectException("timed out"), Duration.ofMinutes(2).toNanos()))
			.isEqualTo(UnreachableReason.TIMEOUT);
		assertThat(StreamEndpoint.reason(new ConnectTimeoutException(), soon)).isEqualTo(UnreachableReason.TIMEOUT);
		assertThat(StreamEndpoint.reason(new NoRouteToHostException(), soon)).isEqualTo(UnreachableReason.TIMEOUT);
		assertThat(StreamEndpoint.reason(new IOException(), soon)).isEqualTo(UnreachableReason.TIMEOUT);
	}

	/** Until it is connected all that is sent waits here, and fits into the buffers. */
	private void fillTheKernelsBuffers(Node node, Address to) throws Exception {
		sendFrame(node, to, new byte[8192]);
		eventually("it is connected", () -> unsentBytes(node) == 0);
		for (int i = 0; i < 4000 && unsentBytes(node) < 100_000; i++) {
			sendFrame(node, to, new byte[8192]);
		}
	}

	private long unsentBytes(Node node) {
		try {
			return onLoop(node.streams::unsentBytes);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aStreamThatBreaksWithUnsentFramesIsTold() throws Exception {
		Node node = node();
		try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Address to = node.address.withPort(deaf.getLocalPort());
			fillTheKernelsBuffers(node, to);
			deaf.accept().close();
			eventually("it is told", () -> !node.inbound.unreachable.isEmpty());
			assertThat(node.inbound.unreachable).containsOnly(to + " BROKEN");
		}
		assertThat(onLoop(node.streams::unsentBytes)).isZero();
	}

	@Test
	void unsentBytesAreBounded() throws Exception {
		Node node = node((transport) -> transport.withIdleTimeout(Duration.ofMinutes(1)));
		try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Address to = node.address.withPort(deaf.getLocalPort());
			for (int i = 0; i < 4000 && node.inbound.drops.isEmpty(); i++) {
				sendFrame(node, to, new byte[8192]);
				assertThat(onLoop(node.streams::unsentBytes))
					.isLessThanOrEqualTo(StreamEndpoint.UNSENT_BYTES_PER_STREAM_MAX);
			}
			assertThat(node.inbound.drops).containsOnly(DropReason.SEND_QUEUE_FULL);
			assertThat(node.inbound.unreachable).containsOnly(to + " OVERLOAD");
		}
	}

	@Test
	void anIdleStreamIsClosedByBothEnds() throws Exception {
		Node first = node((transport) -> transport.withIdleTimeout(Duration.ofMillis(100)));
		Node second = node((transport) -> transport.withIdleTimeout(Duration.ofMillis(100)));
		sendFrame(first, second.address, bytes("x"));
		eventually("it arrives", () -> !second.inbound.frames.isEmpty());
		eventually("both are closed",
				() -> first.streams.openConnections() == 0 && second.streams.openConnections() == 0);
		assertThat(first.inbound.unreachable).isEmpty();
		assertThat(second.inbound.unreachable).isEmpty();
	}

	@Test
	void atTheLimitOfStreamsAQuietOneMakesRoomAndOthersAreOverload() throws Exception {
		Node first = node((transport) -> transport.withConnectionsMax(2).withIdleTimeout(Duration.ofMinutes(1)));
		Node[] others = { node(), node(), node() };
		for (Node other : others) {
			sendFrame(first, other.address, bytes("x"));
		}
		assertThat(first.inbound.drops).containsExactly(DropReason.CONNECTIONS_LIMIT);
		assertThat(first.inbound.unreachable).containsExactly(others[2].address + " OVERLOAD");
		eventually("a quiet stream makes room", () -> {
			try {
				sendFrame(first, others[2].address, bytes("again"));
				return !others[2].inbound.frames.isEmpty();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		assertThat(onLoop(first.streams::openConnections)).isEqualTo(2);
	}

	@Test
	void noMoreWaitsOnAllStreamsTogetherThanTheLimit() throws Exception {
		Node node = node();
		int perStream = StreamEndpoint.UNSENT_BYTES_PER_STREAM_MAX / 4;
		int streams = StreamEndpoint.UNSENT_BYTES_MAX / StreamEndpoint.UNSENT_BYTES_PER_STREAM_MAX;
		// In one task, so that none of the streams is connected meanwhile.
		onLoop(() -> {
			byte[] frame = new byte[perStream - FrameAssembler.LENGTH_BYTES];
			for (int i = 0; i < 4 * streams; i++) {
				node.streams.send(Address.ofIpv4(0x7F000002 + i / 4, 1), frame, 0, frame.length);
			}
			assertThat(node.inbound.drops).isEmpty();
			assertThat(node.streams.unsentBytes()).isEqualTo(StreamEndpoint.UNSENT_BYTES_MAX);
			node.streams.send(Address.ofIpv4(0x7F000002 + streams, 1), frame, 0, 1);
			assertThat(node.inbound.drops).containsExactly(DropReason.SEND_QUEUE_FULL);
			return true;
		});
		eventually("nobody listens there, and all of it is given back", () -> {
			try {
				return onLoop(node.streams::unsentBytes) == 0;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	/** As for a minute in which other parts of the process hold all file descriptors. */
	@Test
	void whatWaitsForASocketThatCannotBeMadeIsLostAndLeavesNothingBehind() throws Exception {
		AtomicBoolean isExhausted = new AtomicBoolean(true);
		Node first = node(UnaryOperator.identity(), () -> {
			if (isExhausted.get()) {
				throw new ChannelException("Failed to open a socket.", new SocketException("Too many open files"));
			}
			return new NioSocketChannel();
		});
		Node second = node();
		MessageResult result = new MessageResult("a message");
		onLoop(() -> {
			first.streams.send(second.address, bytes("x"), 0, 1, result);
			first.streams.flush();
			return true;
		});
		assertThat(result.stage().toCompletableFuture()).failsWithin(Eventually.LIMIT)
			.withThrowableThat()
			.havingRootCause()
			.withMessageContaining("cannot be reached");
		eventually("it is told", () -> !first.inbound.unreachable.isEmpty());
		assertThat(first.inbound.unreachable).containsExactly(second.address + " OVERLOAD");
		assertThat(first.inbound.drops).containsExactly(DropReason.CONNECTIONS_LIMIT);
		assertThat(onLoop(first.streams::unsentBytes)).isZero();
		assertThat(onLoop(first.streams::openConnections)).isZero();
		isExhausted.set(false);
		sendFrame(first, second.address, bytes("again"));
		eventually("it arrives", () -> !second.inbound.frames.isEmpty());
	}

	@Test
	void aClosedEndpointSendsNothing() throws Exception {
		Node first = node();
		Node second = node();
		onLoop(() -> {
			first.streams.close();
			first.datagrams.close();
			first.streams.send(second.address, bytes("x"), 0, 1);
			first.datagrams.send(second.address, TrafficClass.PROBE, bytes("x"), 0, 1);
			return true;
		});
		assertThat(onLoop(first.streams::openConnections)).isZero();
	}

}
