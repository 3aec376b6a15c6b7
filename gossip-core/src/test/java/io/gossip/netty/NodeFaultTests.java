package io.gossip.netty;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import io.gossip.ClusterPhase;
import io.gossip.GossipConfig;
import io.gossip.GossipException;
import io.gossip.MembershipEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.gossip.netty.Eventually.eventually;
import static io.gossip.netty.Eventually.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NodeFaultTests {

	private static final String CLUSTER = "faults";

	private final TestNodes nodes = new TestNodes();

	@AfterEach
	void closeNodes() {
		this.nodes.close();
	}

	private NettyGossipCluster started(String name, NettyGossipCluster... seeds) {
		NettyGossipCluster node = this.nodes.node(CLUSTER, name, seeds);
		node.start();
		return node;
	}

	private static long drops(NettyGossipCluster node) {
		return node.status().drops().values().stream().mapToLong(Long::longValue).sum();
	}

	@Test
	void clustersThatReachEachOtherDoNotMerge() {
		NettyGossipCluster first = started("first");
		NettyGossipCluster stranger = this.nodes.node("strangers", "stranger", first);
		stranger.start();
		eventually("counted", () -> first.status().drops().getOrDefault("wrong-cluster", 0L) >= 3);
		assertThat(first.view().all()).hasSize(1);
		assertThat(stranger.view().all()).hasSize(1);
		assertThat(stranger.status().isolated()).isTrue();
	}

	@Test
	void randomDatagramsAreCountedAndChangeNothing() throws Exception {
		NettyGossipCluster node = started("first");
		result(node.joined());
		long version = node.view().version();
		Random random = new Random(42);
		try (DatagramSocket socket = new DatagramSocket()) {
			for (int i = 0; i < 500; i++) {
				byte[] garbage = new byte[random.nextInt(1400)];
				random.nextBytes(garbage);
				socket.send(new DatagramPacket(garbage, garbage.length, InetAddress.getLoopbackAddress(),
						node.address().port()));
			}
		}
		eventually("counted", () -> drops(node) >= 100);
		assertThat(node.status().phase()).isEqualTo(ClusterPhase.JOINED);
		assertThat(node.view().version()).isEqualTo(version);
		NettyGossipCluster second = started("second", node);
		eventually("one view", () -> TestNodes.isOneView(node, second));
	}

	@Test
	void aDatagramOverTheLimitIsCounted() throws IOException {
		NettyGossipCluster node = started("first");
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.send(new DatagramPacket(new byte[20_000], 20_000, InetAddress.getLoopbackAddress(),
					node.address().port()));
		}
		eventually("counted", () -> node.status().drops().getOrDefault("oversize", 0L) == 1);
	}

	@Test
	void garbageOnAStreamClosesIt() throws IOException {
		NettyGossipCluster node = started("first");
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.address().port())) {
			socket.setSoTimeout((int) Eventually.LIMIT.toMillis());
			OutputStream out = socket.getOutputStream();
			out.write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			out.flush();
			assertThat(isClosedByPeer(socket)).isTrue();
		}
		eventually("counted", () -> node.status().drops().getOrDefault("oversize", 0L) == 1);
		assertThat(node.status().phase()).isEqualTo(ClusterPhase.JOINED);
	}

	private static boolean isClosedByPeer(Socket socket) {
		try {
			return socket.getInputStream().read() == -1;
		}
		catch (IOException ex) {
			return true;
		}
	}

	@Test
	void streamsOverTheLimitAreRefused() throws IOException {
		GossipConfig config = TestNodes.fast(CLUSTER, "narrow")
			.transport((transport) -> transport.withConnectionsMax(2))
			.build();
		NettyGossipCluster node = this.nodes.add(NettyGossipCluster.builder().config(config).build());
		node.start();
		InetAddress host = InetAddress.getLoopbackAddress();
		int port = node.address().port();
		try (Socket first = new Socket(host, port);
				Socket second = new Socket(host, port);
				Socket third = new Socket(host, port)) {
			assertThat(first.isConnected() && second.isConnected() && third.isConnected()).isTrue();
			eventually("counted", () -> node.status().drops().containsKey("connections-limit"));
		}
	}

	@Test
	void aListenerThatThrowsDisturbsNobody() {
		NettyGossipCluster first = started("first");
		first.subscribe((event) -> {
			throw new IllegalStateException("planted in a listener");
		});
		Queue<MembershipEvent> events = TestNodes.eventsOf(first);
		NettyGossipCluster second = started("second", first);
		eventually("the other listener has it", () -> TestNodes.saw(events, MembershipEvent.Joined.class, "second"));
		assertThat(first.eventStatistics().listenerErrors()).isPositive();
		eventually("one view", () -> TestNodes.isOneView(first, second));
	}

	@Test
	void aListenerThatBlocksDoesNotStopGossip() {
		NettyGossipCluster first = started("first");
		CountDownLatch release = new CountDownLatch(1);
		Queue<MembershipEvent> seen = new ConcurrentLinkedQueue<>();
		first.subscribe((event) -> {
			seen.add(event);
			try {
				release.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		NettyGossipCluster second = started("second", first);
		eventually("the listener blocks", () -> !seen.isEmpty());
		NettyGossipCluster third = started("third", first);
		eventually("one view", () -> TestNodes.isOneView(first, second, third));
		release.countDown();
		eventually("the rest follows", () -> TestNodes.saw(seen, MembershipEvent.Joined.class, "third"));
	}

	@Test
	void aPortInUseIsNamedWithWhatToDo() {
		NettyGossipCluster first = started("first");
		int port = first.address().port();
		NettyGossipCluster second = this.nodes.add(NettyGossipCluster.builder()
			.config(TestNodes.fast(CLUSTER, "second").transport((transport) -> transport.withPort(port)).build())
			.build());
		assertThatExceptionOfType(GossipException.PortInUse.class).isThrownBy(second::start)
			.withMessageContaining("Port " + port + " on 127.0.0.1")
			.withMessageContaining("set transport.port")
			.matches((ex) -> ex.port() == port);
		assertThat(second.status().phase()).isEqualTo(ClusterPhase.STOPPED);
	}

}
