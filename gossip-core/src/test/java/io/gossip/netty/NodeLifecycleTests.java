package io.gossip.netty;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.gossip.ClusterPhase;
import io.gossip.GossipConfig;
import io.gossip.GossipException;
import io.gossip.protocol.ProtocolObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.gossip.netty.Eventually.eventually;
import static io.gossip.netty.Eventually.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NodeLifecycleTests {

	private static final String CLUSTER = "lifecycle";

	private final TestNodes nodes = new TestNodes();

	@AfterEach
	void closeNodes() {
		this.nodes.close();
	}

	@Test
	void aNodeThatWasNeverStartedIsStoppedAndEmpty() {
		NettyGossipCluster node = this.nodes.node(CLUSTER, "idle");
		assertThat(node.status().phase()).isEqualTo(ClusterPhase.STOPPED);
		assertThat(node.view().all()).isEmpty();
		assertThat(node.leave().toCompletableFuture()).isCompleted();
		assertThatExceptionOfType(GossipException.class).isThrownBy(node::localMember)
			.withMessageContaining("call start() first");
		node.stop();
		node.stop();
	}

	@Test
	void whatFollowsTheAnnouncementOfAPauseIsNotForTheEventLoop() throws Exception {
		NettyGossipCluster node = this.nodes.node(CLUSTER, "pausing");
		node.start();
		result(node.joined());
		String thread = result(
				node.announcePause(Duration.ofSeconds(1)).thenApply((nothing) -> Thread.currentThread().getName()));
		assertThat(thread).isNotEqualTo("gossip-pausing");
	}

	@Test
	void startAndStopAreIdempotentAndCloseIsFinal() throws Exception {
		NettyGossipCluster node = this.nodes.node(CLUSTER, "twice");
		node.start();
		int instance = node.localMember().instance();
		node.start();
		assertThat(node.localMember().instance()).isEqualTo(instance);
		node.stop();
		node.stop();
		assertThat(node.terminated().toCompletableFuture()).succeedsWithin(Eventually.LIMIT);
		node.close();
		node.close();
		assertThatExceptionOfType(GossipException.class).isThrownBy(node::start)
			.withMessageContaining("build another one");
	}

	@Test
	void joinedMayBeAskedForBeforeTheStart() throws Exception {
		NettyGossipCluster node = this.nodes.node(CLUSTER, "early");
		CompletableFuture<Void> joined = node.joined().toCompletableFuture();
		assertThat(joined).isNotDone();
		node.start();
		result(joined);
	}

	@Test
	void aStopBeforeTheJoinFailsTheJoin() {
		NettyGossipCluster node = this.nodes.node(CLUSTER, "searching",
				(builder) -> builder.seedProvider(() -> List.of("no-such-host.invalid")));
		node.start();
		node.stop();
		assertThatThrownBy(() -> result(node.joined())).isInstanceOf(ExecutionException.class)
			.cause()
			.isInstanceOf(GossipException.class)
			.hasMessageContaining("stopped before");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void twentyStartsAndStopsLeaveNoThreadAndNoPort(boolean isGroupShared) throws Exception {
		EventLoopGroup group = (isGroupShared) ? new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()) : null;
		int port = freePort();
		GossipConfig config = TestNodes.fast(CLUSTER, "phoenix")
			.transport((transport) -> transport.withPort(port))
			.build();
		NettyGossipCluster.Builder builder = NettyGossipCluster.builder().config(config).seeds("127.0.0.1:" + port);
		if (group != null) {
			builder.eventLoopGroup(group);
		}
		NettyGossipCluster node = this.nodes.add(builder.build());
		node.subscribe((event) -> {
		});
		for (int i = 0; i < 20; i++) {
			node.start();
			assertThat(node.address().port()).isEqualTo(port);
			result(node.joined());
			node.stop();
		}
		assertPortIsFree(port);
		eventually("no thread is left", () -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch((thread) -> thread.getName().startsWith("gossip-") && thread.getName().contains("phoenix")));
		if (group != null) {
			group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
		}
	}

	@Test
	void aFailedStartLeavesNothingBehind() throws Exception {
		int port = freePort();
		GossipConfig config = TestNodes.fast(CLUSTER, "stillborn")
			.transport((transport) -> transport.withPort(port).withAdvertiseAddress("0.0.0.0"))
			.build();
		NettyGossipCluster node = this.nodes.add(NettyGossipCluster.builder().config(config).build());
		assertThatExceptionOfType(GossipException.InvalidSetting.class).isThrownBy(node::start)
			.withMessageContaining("transport.advertise-address");
		assertThat(node.status().phase()).isEqualTo(ClusterPhase.STOPPED);
		assertPortIsFree(port);
	}

	@Test
	void aListenerMayStopItsNode() throws Exception {
		NettyGossipCluster first = this.nodes.node(CLUSTER, "first");
		first.start();
		CompletableFuture<ClusterPhase> stopped = new CompletableFuture<>();
		first.subscribe((event) -> {
			first.stop();
			stopped.complete(first.status().phase());
		});
		this.nodes.node(CLUSTER, "second", first).start();
		assertThat(result(stopped)).isEqualTo(ClusterPhase.STOPPED);
	}

	@Test
	void theEventLoopMayCloseItsNode() throws Exception {
		AtomicReference<NettyGossipCluster> self = new AtomicReference<>();
		NettyGossipCluster node = this.nodes.node(CLUSTER, "suicidal",
				(builder) -> builder.seeds("127.0.0.1:9").observer(new ProtocolObserver() {

					@Override
					public void onJoinAttempt(int attempt, long retryDelayNanos) {
						if (attempt == 2) {
							Objects.requireNonNull(self.get()).close();
						}
					}

				}));
		self.set(node);
		node.start();
		result(node.terminated());
		assertThat(node.status().phase()).isEqualTo(ClusterPhase.STOPPED);
		assertThat(node.status().failure()).isNull();
	}

	@Test
	void noEventArrivesAfterTheStop() throws Exception {
		NettyGossipCluster first = this.nodes.node(CLUSTER, "first");
		first.start();
		CompletableFuture<Void> entered = new CompletableFuture<>();
		CompletableFuture<Void> release = new CompletableFuture<>();
		AtomicInteger calls = new AtomicInteger();
		first.subscribe((event) -> {
			calls.incrementAndGet();
			entered.complete(null);
			release.join();
		});
		NettyGossipCluster second = this.nodes.node(CLUSTER, "second", first);
		second.start();
		result(entered);
		result(second.leave());
		eventually("an event waits", () -> first.eventStatistics().queued() > 0);
		first.stop();
		release.complete(null);
		eventually("the thread has ended",
				() -> Thread.getAllStackTraces()
					.keySet()
					.stream()
					.noneMatch((thread) -> thread.getName().equals("gossip-events-first")));
		assertThat(calls).hasValue(1);
	}

	@Test
	void anInvariantThatBreaksStopsOnlyThatNode() throws Exception {
		NettyGossipCluster first = this.nodes.node(CLUSTER, "first");
		first.start();
		boolean[] isBroken = { true };
		NettyGossipCluster second = this.nodes.node(CLUSTER, "second",
				(builder) -> builder.observer(new ProtocolObserver() {

					@Override
					public void onDatagramReceived(int bytes) {
						if (isBroken[0]) {
							throw new IllegalStateException("planted");
						}
					}

				}), first);
		second.start();
		int port = second.address().port();
		assertThatThrownBy(() -> result(second.terminated())).isInstanceOf(ExecutionException.class)
			.cause()
			.hasMessageContaining("planted");
		assertThat(second.status().phase()).isEqualTo(ClusterPhase.FAILED);
		assertThat(second.status().failure()).hasMessage("planted");
		assertThat(first.status().phase()).isEqualTo(ClusterPhase.JOINED);
		isBroken[0] = false;
		second.start();
		assertPortIsFree(port);
		eventually("one view again", () -> TestNodes.isOneView(first, second));
		assertThat(second.status().failure()).isNull();
	}

	@Test
	void eightNodesShareTwoEventLoops() throws Exception {
		EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
		try (TestNodes sharing = new TestNodes()) {
			NettyGossipCluster[] all = new NettyGossipCluster[8];
			for (int i = 0; i < all.length; i++) {
				all[i] = sharing.node(CLUSTER, "node-" + i, (builder) -> builder.eventLoopGroup(group),
						(i == 0) ? new NettyGossipCluster[0] : new NettyGossipCluster[] { all[0] });
				all[i].start();
			}
			eventually("one view", () -> TestNodes.isOneView(all));
		}
		assertThat(group.isShuttingDown()).isFalse();
		group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
	}

	@Test
	void aSharedGroupThatIsShutDownIsNamed() throws Exception {
		EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
		NettyGossipCluster node = this.nodes.node(CLUSTER, "late", (builder) -> builder.eventLoopGroup(group));
		assertThatExceptionOfType(GossipException.class).isThrownBy(node::start).withMessageContaining("shut down");
	}

	@Test
	void aNodeWhoseSharedGroupWasShutDownCanStillBeStopped() throws Exception {
		EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		NettyGossipCluster node = this.nodes.node(CLUSTER, "orphan", (builder) -> builder.eventLoopGroup(group));
		node.start();
		int port = node.address().port();
		group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
		node.stop();
		assertThat(node.status().phase()).isEqualTo(ClusterPhase.STOPPED);
		assertPortIsFree(port);
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void assertPortIsFree(int port) {
		assertThatCode(() -> {
			try (ServerSocket streams = new ServerSocket();
					DatagramSocket datagrams = new DatagramSocket(
							new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
				streams.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
				assertThat(datagrams.isBound()).isTrue();
			}
		}).doesNotThrowAnyException();
	}

}
