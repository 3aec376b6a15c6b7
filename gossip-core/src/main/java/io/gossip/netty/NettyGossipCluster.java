package io.gossip.netty;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.ClusterStatus;
import io.gossip.ClusterView;
import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.GossipException;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.MemberStatus;
import io.gossip.MembershipListener;
import io.gossip.MessageListener;
import io.gossip.NodeId;
import io.gossip.SeedProvider;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.wire.MessageBody;
import io.gossip.protocol.wire.WireLimits;
import io.netty.channel.EventLoopGroup;
import org.jspecify.annotations.Nullable;

/**
 * A node on real sockets: UDP and TCP on one port number, one event loop, listeners on a
 * thread of their own.
 *
 * <p>
 * A node without a configured name has a random identity, which it keeps as long as this
 * object lives. Metadata given to {@link #updateMetadata} are kept for the next start.
 */
public final class NettyGossipCluster implements GossipCluster {

	private final ReentrantLock starting = new ReentrantLock();

	private final GossipConfig config;

	private final NodeId id;

	private final @Nullable SeedProvider seeds;

	private final ProtocolObserver observer;

	private final @Nullable EventLoopGroup group;

	private final EventDispatcher dispatcher;

	private final MessageDispatcher messages;

	private final List<String> sentinels;

	private volatile Milestones milestones = new Milestones();

	private volatile @Nullable NodeRun run;

	private volatile SortedMap<String, String> metadata;

	private volatile boolean closed;

	private NettyGossipCluster(Builder builder) {
		this.config = builder.config;
		String name = this.config.node().name();
		this.id = (name != null) ? NodeId.ofName(this.config.node().cluster(), name)
				: NodeId.random(new SecureRandom());
		this.seeds = builder.seeds;
		this.observer = builder.observer;
		this.group = builder.group;
		// the same list suits all nodes, the sentinels included
		this.sentinels = builder.sentinels.stream().filter((sentinel) -> !sentinel.equals(name)).toList();
		this.metadata = this.config.node().metadata();
		ThreadFactory threadFactory = (builder.dispatcherThreadFactory != null) ? builder.dispatcherThreadFactory
				: new DaemonThreads("gossip-events-" + ((name != null) ? name : this.id));
		this.dispatcher = new EventDispatcher(this.config.limits().eventQueueMax(), threadFactory);
		this.messages = new MessageDispatcher(this.config.limits().messageQueueMax(),
				(builder.dispatcherThreadFactory != null) ? builder.dispatcherThreadFactory
						: new DaemonThreads("gossip-messages-" + ((name != null) ? name : this.id)));
	}

	/** A builder with the default settings and no seeds. */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	public void start() {
		if (isActive(this.run)) {
			return;
		}
		this.starting.lock();
		try {
			NodeRun previous = this.run;
			if (isActive(previous)) {
				return;
			}
			checkOpen();
			if (previous != null) {
				previous.stop();
				if (previous.milestones() == this.milestones) {
					this.milestones = new Milestones();
				}
			}
			this.dispatcher.open();
			this.messages.open();
			this.run = NodeRun.start(plan(), this.milestones);
		}
		catch (RuntimeException | Error ex) {
			this.dispatcher.close();
			this.messages.close();
			throw ex;
		}
		finally {
			this.starting.unlock();
		}
		if (this.closed) {
			stop();
			checkOpen();
		}
	}

	private NodeRun.Plan plan() {
		SortedMap<String, String> current = this.metadata;
		GossipConfig effective = this.config.toBuilder().node((node) -> node.withMetadata(current)).build();
		return new NodeRun.Plan(effective, this.id, this.seeds, this.observer, this.group, this.dispatcher,
				this.messages, this.sentinels);
	}

	private void checkOpen() {
		if (this.closed) {
			throw new GossipException("The node is closed: build another one");
		}
	}

	private static boolean isActive(@Nullable NodeRun candidate) {
		return candidate != null && candidate.isActive();
	}

	@Override
	public CompletionStage<Void> joined() {
		return readOnly(this.milestones.joined());
	}

	@Override
	public Member localMember() {
		NodeRun current = this.run;
		if (current == null) {
			throw new GossipException("The node was never started, so it has no address yet: call start() first");
		}
		return current.state().self();
	}

	/**
	 * The address that the others reach this node at; its port is the bound one unless
	 * another is set to be advertised.
	 * @throws GossipException if the node was never started
	 */
	public Address address() {
		return localMember().address();
	}

	/**
	 * The port that this node has bound, UDP and TCP, whatever it tells others.
	 * @throws GossipException if the node was never started
	 */
	public int boundPort() {
		NodeRun current = this.run;
		if (current == null) {
			throw new GossipException("The node was never started, so it has bound no port yet: call start() first");
		}
		return current.boundPort();
	}

	@Override
	public ClusterView view() {
		NodeRun current = this.run;
		return (current != null) ? current.state().view() : NoView.INSTANCE;
	}

	@Override
	public ClusterStatus status() {
		NodeRun current = this.run;
		if (current != null) {
			return current.state().status();
		}
		return new ClusterStatus(ClusterPhase.STOPPED, false, 0, 0, this.config.failureDetection().localHealthMax(), 0,
				0, 0, Duration.ZERO, 0, 0, 0, 0, Collections.emptySortedMap(), null, null);
	}

	/** How the delivery of events is doing, since this object was built. */
	public EventStatistics eventStatistics() {
		return this.dispatcher.statistics();
	}

	/**
	 * The members that were named as sentinels, with the view hashes they sent last;
	 * empty where none is named or the node was never started.
	 */
	public List<SentinelStatus> sentinels() {
		NodeRun current = this.run;
		return (current != null) ? current.sentinels() : List.of();
	}

	@Override
	public SortedMap<String, String> metadata() {
		return this.metadata;
	}

	@Override
	public void updateMetadata(Map<String, String> newMetadata) {
		SortedMap<String, String> sorted = Collections.unmodifiableSortedMap(new TreeMap<>(newMetadata));
		GossipConfig checked = this.config.toBuilder().node((node) -> node.withMetadata(sorted)).build();
		// In the order of the callers, and not between the parts of a start.
		this.starting.lock();
		try {
			if (!sorted.equals(this.metadata)) {
				this.metadata = checked.node().metadata();
				NodeRun current = this.run;
				if (current != null && current.isActive()) {
					current.updateMetadata(this.metadata);
				}
			}
		}
		finally {
			this.starting.unlock();
		}
	}

	@Override
	public CompletionStage<Void> announcePause(Duration pause) {
		if (pause.isNegative() || pause.isZero()) {
			throw new IllegalArgumentException("a pause of " + pause + " is none");
		}
		NodeRun current = this.run;
		return (current != null && current.isActive()) ? current.announcePause(pause)
				: CompletableFuture.completedStage(null);
	}

	@Override
	public Subscription subscribe(MembershipListener listener) {
		return this.dispatcher.subscribe(listener);
	}

	@Override
	public CompletionStage<Void> broadcast(String topic, byte[] payload) {
		byte[] body = MessageBody.encode(topic, payload, WireLimits.BROADCAST_BYTES_MAX,
				"broadcast where to find the rest, or use send()");
		return running().broadcast(topic, body);
	}

	@Override
	public CompletionStage<Void> send(NodeId target, String topic, byte[] payload) {
		int bytesMax = this.config.transport().frameBytesMax() - WireLimits.DIRECT_OVERHEAD_BYTES;
		byte[] body = MessageBody.encode(topic, payload, bytesMax,
				"raise transport.frame-bytes-max on all nodes, or send it in parts");
		return running().send(target, topic, body);
	}

	private NodeRun running() {
		NodeRun current = this.run;
		if (current == null || !current.isActive()) {
			throw new GossipException("The node does not run, so it cannot send messages: call start() first");
		}
		return current;
	}

	@Override
	public Subscription subscribeToMessages(MessageListener listener) {
		return this.messages.subscribe(listener);
	}

	@Override
	public CompletionStage<Void> leave() {
		NodeRun current = this.run;
		if (current == null || !current.isActive()) {
			return CompletableFuture.completedStage(null);
		}
		current.leave();
		return readOnly(current.milestones().left());
	}

	@Override
	public void stop() {
		NodeRun current = this.run;
		if (current != null) {
			current.stop();
		}
	}

	@Override
	public CompletionStage<Void> terminated() {
		return readOnly(this.milestones.terminated());
	}

	@Override
	public void close() {
		this.closed = true;
		stop();
		this.milestones.stop();
	}

	@SuppressWarnings("NullAway")
	private static CompletionStage<Void> readOnly(CompletableFuture<@Nullable Void> future) {
		return future.minimalCompletionStage();
	}

	/** A collector of what a node is built from. */
	public static final class Builder {

		private GossipConfig config = GossipConfig.defaults();

		private @Nullable SeedProvider seeds;

		private ProtocolObserver observer = ProtocolObserver.NONE;

		private @Nullable EventLoopGroup group;

		private List<String> sentinels = List.of();

		private @Nullable ThreadFactory dispatcherThreadFactory;

		private Builder() {
		}

		/**
		 * Sets the settings.
		 * @param newConfig the settings
		 * @return this builder
		 */
		public Builder config(GossipConfig newConfig) {
			this.config = newConfig;
			return this;
		}

		/**
		 * Sets the nodes to join through.
		 * @param newSeeds seeds as {@link SeedProvider} describes them; none to be alone
		 * until others come
		 * @return this builder
		 * @throws GossipException.InvalidSetting if one is not well formed
		 */
		public Builder seeds(String... newSeeds) {
			List<String> list = List.of(newSeeds);
			list.forEach(SeedSource::parse);
			this.seeds = (list.isEmpty()) ? null : () -> list;
			return this;
		}

		/**
		 * Sets a source of nodes to join through, instead of a list.
		 * @param provider the source
		 * @return this builder
		 */
		public Builder seedProvider(SeedProvider provider) {
			this.seeds = provider;
			return this;
		}

		/**
		 * Sets what is told of the protocol as it runs, on the event loop.
		 * @param newObserver the observer
		 * @return this builder
		 */
		public Builder observer(ProtocolObserver newObserver) {
			this.observer = newObserver;
			return this;
		}

		/**
		 * Sets event loops to share with other nodes or with the application. They must
		 * be of the NIO kind, and are not shut down with the node.
		 * @param shared the event loops
		 * @return this builder
		 */
		public Builder eventLoopGroup(EventLoopGroup shared) {
			this.group = shared;
			return this;
		}

		/**
		 * Sets the members whose view hash is compared with that of this node, say the
		 * load balancers.
		 * @param names their names
		 * @return this builder
		 */
		public Builder sentinels(List<String> names) {
			this.sentinels = List.copyOf(names);
			return this;
		}

		/**
		 * Sets what makes the one thread that calls the listeners, for instance a virtual
		 * one.
		 * @param threadFactory the factory
		 * @return this builder
		 */
		public Builder dispatcherThreadFactory(ThreadFactory threadFactory) {
			this.dispatcherThreadFactory = threadFactory;
			return this;
		}

		/** A node that is not started yet. */
		public NettyGossipCluster build() {
			return new NettyGossipCluster(this);
		}

	}

	/** The view of a node that was never started. */
	private enum NoView implements ClusterView {

		INSTANCE;

		@Override
		public List<MemberStatus> members() {
			return List.of();
		}

		@Override
		public List<MemberStatus> all() {
			return List.of();
		}

		@Override
		public Optional<MemberStatus> find(NodeId id) {
			return Optional.empty();
		}

		@Override
		public int count(MemberState state) {
			return 0;
		}

		@Override
		public long hash() {
			return 0;
		}

		@Override
		public long version() {
			return 0;
		}

	}

}
