package io.gossip.netty;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.gossip.GossipConfig;
import io.gossip.LimitSettings;
import io.gossip.MembershipEvent;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.gossip.netty.Eventually.eventually;
import static io.gossip.netty.Eventually.result;
import static org.assertj.core.api.Assertions.assertThat;

/** What a running node does at limits that its settings give to its parts. */
class NodeLimitsTests {

	private static final String CLUSTER = "limits";

	private static final int EVENTS_MAX = 17;

	private static final int MESSAGES_MAX = 23;

	private final TestNodes nodes = new TestNodes();

	private final SlowListener slow = new SlowListener();

	@AfterEach
	void closeNodes() {
		this.slow.release();
		this.nodes.close();
	}

	/** Waits for its peers for longer than a test takes, so that nobody is suspected. */
	private static GossipConfig.Builder patient(String name) {
		return TestNodes.fast(CLUSTER, name)
			.failureDetection((detection) -> detection.withProbeInterval(Duration.ofMillis(100))
				.withProbeTimeout(Duration.ofMillis(50))
				.withToleratedPause(Duration.ofMinutes(10)));
	}

	private NettyGossipCluster node(GossipConfig.Builder config, NettyGossipCluster... seeds) {
		return this.nodes.node(CLUSTER, "any", (builder) -> builder.config(config.build()), seeds);
	}

	private NettyGossipCluster limited() {
		UnaryOperator<LimitSettings> small = (limits) -> limits.withEventQueueMax(EVENTS_MAX)
			.withMessageQueueMax(MESSAGES_MAX);
		return node(patient("limited").limits(small));
	}

	@Test
	void messagesBeyondTheLimitOfABlockedListenerAreLostAndCounted() throws Exception {
		NettyGossipCluster limited = limited();
		Queue<String> topics = new ConcurrentLinkedQueue<>();
		limited.subscribeToMessages((message) -> {
			topics.add(message.topic());
			this.slow.block();
		});
		limited.start();
		NettyGossipCluster sender = node(patient("sender"), limited);
		sender.start();
		eventually("one view", () -> TestNodes.isOneView(limited, sender));
		result(sender.send(limited.localMember(), "first", new byte[1]));
		this.slow.awaitBlocked();
		for (int i = 1; i <= MESSAGES_MAX + 3; i++) {
			result(sender.send(limited.localMember(), "n" + i, new byte[1]));
		}
		eventually("the last three are lost", () -> lost(limited) == 3);
		this.slow.release();
		eventually("the others are not", () -> topics.size() == 1 + MESSAGES_MAX);
		assertThat(topics).endsWith("n" + MESSAGES_MAX);
	}

	private static long lost(NettyGossipCluster node) {
		return node.status().drops().getOrDefault("message-queue-full", 0L);
	}

	@Test
	void eventsBeyondTheLimitOfABlockedListenerAreMergedAndCounted() throws Exception {
		NettyGossipCluster limited = limited();
		Queue<MembershipEvent> events = new ConcurrentLinkedQueue<>();
		limited.subscribe((event) -> {
			events.add(event);
			this.slow.block();
		});
		limited.start();
		NettyGossipCluster changing = node(patient("changing"), limited);
		changing.start();
		this.slow.awaitBlocked();
		int change = 0;
		for (int waiting = 1; waiting <= EVENTS_MAX; waiting++) {
			int expected = waiting;
			changing.updateMetadata(Map.of("change", "" + ++change));
			eventually("it waits", () -> limited.eventStatistics().queued() == expected);
		}
		assertThat(limited.eventStatistics().coalesced()).as("up to the limit all are kept").isZero();
		changing.updateMetadata(Map.of("change", "" + ++change));
		eventually("updates of one member are one", () -> limited.eventStatistics().coalesced() == EVENTS_MAX - 1
				&& limited.eventStatistics().queued() == 2);
		this.slow.release();
		eventually("the latest state is told", () -> events.size() == 3);
		MembershipEvent last = events.stream().reduce((one, next) -> next).orElseThrow();
		assertThat(last.member().metadata()).containsEntry("change", "" + change);
	}

	@Test
	void streamsAreGivenUpAfterTheTimeThatIsSet() throws Exception {
		RecordingLoop loop = new RecordingLoop();
		NettyGossipCluster seed = this.nodes.node(CLUSTER, "seed");
		seed.start();
		GossipConfig config = TestNodes.fast(CLUSTER, "joiner")
			.transport((transport) -> transport.withConnectTimeout(Duration.ofMillis(4711)))
			.build();
		NettyGossipCluster joiner = this.nodes.node(CLUSTER, "joiner",
				(builder) -> builder.config(config).eventLoopGroup(loop), seed);
		joiner.start();
		result(joiner.joined());
		assertThat(loop.connectors()).isNotEmpty()
			.allMatch((channel) -> channel.config().getConnectTimeoutMillis() == 4711);
		joiner.close();
		loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
	}

	/** An event loop that knows which channels it has had. */
	private static final class RecordingLoop extends SingleThreadIoEventLoop {

		private final Queue<Channel> channels = new ConcurrentLinkedQueue<>();

		RecordingLoop() {
			super(null, new DaemonThreads("limits-test"), NioIoHandler.newFactory());
		}

		@Override
		public ChannelFuture register(Channel channel) {
			this.channels.add(channel);
			return super.register(channel);
		}

		/** The streams that were opened from here. */
		Queue<Channel> connectors() {
			Queue<Channel> connectors = new ConcurrentLinkedQueue<>(this.channels);
			connectors.removeIf((channel) -> !(channel instanceof SocketChannel) || channel.parent() != null);
			return connectors;
		}

	}

}
