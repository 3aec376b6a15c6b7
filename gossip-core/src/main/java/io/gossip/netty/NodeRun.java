package io.gossip.netty;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.GossipConfig;
import io.gossip.GossipException;
import io.gossip.LeaveSettings;
import io.gossip.NodeId;
import io.gossip.NodeSettings;
import io.gossip.SeedProvider;
import io.gossip.TransportSettings;
import io.gossip.netty.StateFile.Versions;
import io.gossip.protocol.CompositeObserver;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.engine.EngineSetup;
import io.gossip.protocol.engine.GossipEngine;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import org.jspecify.annotations.Nullable;

/**
 * One start of a node, from the sockets it binds to their release. What it is made of is
 * fresh: instance number, sockets, event loop (unless that is shared) and engine.
 */
final class NodeRun implements EventLoopDriver.Watcher, SeedSearch.Node {

	private static final long WAIT_SECONDS = 20;

	private static final Duration LEAVE_SLACK = Duration.ofSeconds(1);

	private final Plan plan;

	private final String name;

	private final BoundPort port;

	private final Address advertised;

	private final EventLoop loop;

	private final Milestones milestones;

	private final NodeLog log;

	private final ProtocolCounters counters = new ProtocolCounters();

	private final EventLoopDriver driver;

	private final @Nullable SentinelWatch sentinels;

	private final ProtocolObserver observer;

	private final SeedSearch search;

	private final @Nullable StateKeeper keeper;

	private final AtomicBoolean stopped = new AtomicBoolean();

	private final CountDownLatch released = new CountDownLatch(1);

	private volatile @Nullable PublishedState published;

	private @Nullable ScheduledFuture<?> leaveTimeout;

	private @Nullable SortedMap<String, String> newMetadata;

	/**
	 * What a start needs.
	 *
	 * @param config the settings
	 * @param id the identity
	 * @param seeds where to find others, null if nowhere
	 * @param observer what the user watches with
	 * @param group the event loops to share, null for one of its own
	 * @param dispatcher where events go
	 * @param messages where messages of the application go
	 * @param sentinels the names of the members whose view hash is watched
	 */
	record Plan(GossipConfig config, NodeId id, @Nullable SeedProvider seeds, ProtocolObserver observer,
			@Nullable EventLoopGroup group, EventDispatcher dispatcher, MessageDispatcher messages,
			List<String> sentinels) {
	}

	private NodeRun(Plan plan, @Nullable StateFile file, BoundPort port, OwnAddresses own, EventLoop loop,
			Milestones milestones) {
		this.plan = plan;
		NodeSettings node = plan.config.node();
		this.name = (node.name() != null) ? node.name() : plan.id.toString();
		this.port = port;
		this.advertised = own.advertised();
		this.loop = loop;
		this.milestones = milestones;
		this.log = new NodeLog(this.name, node.cluster());
		SeedResolver resolver = (plan.seeds != null) ? SeedResolver.ofHost(plan.seeds, own, this.name) : null;
		this.search = new SeedSearch(resolver, loop, this, this.log, plan.config.healing().interval().toNanos());
		this.observer = CompositeObserver.of(this.counters, this.log, this.search, plan.observer);
		this.driver = new EventLoopDriver(loop, this.observer, plan.dispatcher, plan.messages, this);
		this.keeper = (file != null) ? new StateKeeper(file, loop, this.log, this.observer, this.name) : null;
		this.sentinels = (plan.sentinels.isEmpty()) ? null
				: new SentinelWatch(this.driver, node.cluster(), plan.sentinels, () -> state().view().hash());
	}

	/**
	 * Binds the sockets and starts a node on them; blocks for as long as that takes.
	 * @throws GossipException if it cannot be; nothing is left behind then
	 */
	static NodeRun start(Plan plan, Milestones milestones) {
		TransportSettings transport = plan.config.transport();
		StateFile file = StateFile.open(plan.config.node());
		InetAddress host = HostAddresses.toBind(transport);
		BoundPort port = BoundPort.bind(host, transport);
		NodeRun run = null;
		try {
			Address advertised = HostAddresses.toAdvertise(transport, host, port.port());
			OwnAddresses own = new OwnAddresses(host, port.port(), advertised);
			run = new NodeRun(plan, file, port, own, loop(plan), milestones);
			run.open();
			run.log.started(transport, SocketAddresses.of(host, port.port()), advertised);
			run.loop.execute(run.search::start);
			return run;
		}
		catch (RuntimeException | Error ex) {
			if (run != null) {
				run.release();
				run.awaitReleased();
			}
			port.close();
			throw ex;
		}
	}

	private static EventLoop loop(Plan plan) {
		if (plan.group == null) {
			String name = plan.config.node().name();
			return new SingleThreadIoEventLoop(null, new DaemonThreads("gossip-" + ((name != null) ? name : plan.id)),
					NioIoHandler.newFactory());
		}
		if (plan.group.isShuttingDown()) {
			throw new GossipException("The shared event loop group is shut down: a node needs one that runs");
		}
		return plan.group.next();
	}

	private void open() {
		Versions kept = (this.keeper != null) ? this.keeper.resumeFrom() : Versions.NONE;
		if (this.loop.inEventLoop()) {
			openOnLoop(kept);
			return;
		}
		try {
			this.loop.submit(() -> openOnLoop(kept)).get(WAIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof GossipException cause) {
				throw cause;
			}
			throw new GossipException("The node '" + this.name + "' cannot be started: " + ex.getCause(),
					ex.getCause());
		}
		catch (TimeoutException | RejectedExecutionException ex) {
			throw new GossipException("The event loop of node '" + this.name + "' does not run tasks: something"
					+ " blocks it or has shut it down", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new GossipException("The start of node '" + this.name + "' was interrupted", ex);
		}
	}

	private void openOnLoop(Versions kept) {
		GossipConfig config = this.plan.config;
		LoopLocal local = LoopLocal.current();
		Inbound inbound = (this.sentinels != null) ? this.sentinels : this.driver;
		DatagramEndpoint datagrams = DatagramEndpoint.open(this.port, this.loop, local, inbound);
		StreamEndpoint streams = StreamEndpoint.open(this.port, this.loop, local, config.transport(), inbound);
		DriverEffects effects = new DriverEffects(datagrams, streams);
		SecureRandom secure = new SecureRandom();
		GossipEngine engine = new GossipEngine(new EngineSetup(config, this.plan.id, secure.nextInt(), this.name,
				this.advertised, new SplittableRandom(secure.nextLong()), local.interner(), effects, this.observer,
				local.encodeScratch(config.transport().frameBytesMax())));
		engine.resumeFrom(kept.incarnation(), kept.contentVersion());
		PublishedState state = new PublishedState(engine, this.counters, config.failureDetection().localHealthMax());
		this.published = state;
		this.driver.open(engine, effects, state);
	}

	@Override
	public void join(List<Address> seeds) {
		this.driver.join(seeds);
		if (this.newMetadata != null) {
			this.driver.updateMetadata(this.newMetadata);
			this.newMetadata = null;
		}
	}

	@Override
	public boolean isAlone() {
		return state().view().size() <= 1;
	}

	@Override
	public void onPhase(ClusterPhase phase) {
		switch (phase) {
			case JOINED -> {
				this.log.joined(state().view().size());
				this.milestones.reachJoined();
			}
			case CONFLICT -> this.milestones.refuse(new GossipException.NameConflict(this.log.conflict()));
			case LEFT -> this.milestones.reachLeft();
			default -> {
				// on its way to one of the others
			}
		}
	}

	@Override
	public void onVersions(int incarnation, int contentVersion) {
		if (this.keeper != null) {
			this.keeper.keep(incarnation, contentVersion);
		}
	}

	@Override
	public void onFailure(Throwable failure) {
		this.search.end();
		closeKeeper();
		this.log.failed(failure);
		this.milestones.fail(failure);
		releaseLoop();
	}

	int boundPort() {
		return this.port.port();
	}

	void leave() {
		LeaveSettings leave = this.plan.config.leave();
		submit(() -> {
			this.driver.leave();
			if (state().phase() == ClusterPhase.LEAVING) {
				this.leaveTimeout = this.loop.schedule(this.milestones::reachLeft,
						leave.timeout().plus(LEAVE_SLACK).toNanos(), TimeUnit.NANOSECONDS);
			}
			else {
				// It may still look for its seeds, and must not join when they are found.
				this.search.end();
				this.milestones.reachLeft();
			}
		});
	}

	void updateMetadata(SortedMap<String, String> metadata) {
		submit(() -> {
			if (this.search.isBegun()) {
				this.driver.updateMetadata(metadata);
			}
			else {
				this.newMetadata = metadata;
			}
		});
	}

	CompletionStage<Void> announcePause(Duration pause) {
		CompletableFuture<Void> told = new CompletableFuture<>();
		submit(() -> {
			this.driver.announcePause(pause);
			// What the caller does next, such as a heap dump, is not for the event loop.
			told.completeAsync(() -> null);
		});
		return told.minimalCompletionStage();
	}

	CompletionStage<Void> broadcast(String topic, byte[] body) {
		MessageResult result = new MessageResult("The broadcast of topic '" + topic + "'");
		submit(() -> this.driver.broadcast(body, result));
		return result.stage();
	}

	CompletionStage<Void> send(NodeId target, String topic, byte[] body) {
		MessageResult result = new MessageResult("The message of topic '" + topic + "' to " + target);
		submit(() -> this.driver.send(target, body, result));
		return result.stage();
	}

	private void submit(Runnable task) {
		try {
			this.loop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			throw new GossipException("The node '" + this.name + "' does not run: its event loop is shut down", ex);
		}
	}

	/** Whether it has neither been stopped nor failed. */
	boolean isActive() {
		return !this.stopped.get() && state().phase() != ClusterPhase.FAILED;
	}

	/**
	 * Releases all that was taken, and waits for that unless it is called on the event
	 * loop.
	 */
	void stop() {
		if (this.stopped.compareAndSet(false, true)) {
			this.plan.dispatcher.close();
			this.plan.messages.close();
			release();
			awaitReleased();
			state().stop();
			this.milestones.stop();
		}
		else {
			awaitReleased();
		}
	}

	private void release() {
		this.search.interrupt();
		try {
			if (this.loop.inEventLoop()) {
				releaseOnLoop();
			}
			else {
				this.loop.execute(this::releaseOnLoop);
			}
		}
		catch (RejectedExecutionException ex) {
			this.port.close();
			if (this.keeper != null) {
				this.keeper.abandon();
			}
			releaseLoop();
		}
	}

	private void closeKeeper() {
		if (this.keeper != null) {
			this.keeper.close();
		}
	}

	private void releaseOnLoop() {
		this.search.end();
		this.driver.close();
		closeKeeper();
		if (this.leaveTimeout != null) {
			this.leaveTimeout.cancel(false);
		}
		releaseLoop();
	}

	/**
	 * A port is free only when the selector has run once more after its channel was
	 * closed: a loop of its own ends with its selector, in a shared one a short delay
	 * lets it run.
	 */
	private void releaseLoop() {
		if (this.plan.group == null) {
			Future<?> unused = this.loop.shutdownGracefully(0, WAIT_SECONDS, TimeUnit.SECONDS);
		}
		else if (this.loop.isShuttingDown()) {
			this.released.countDown();
		}
		else {
			Future<?> unused = this.loop.schedule(this.released::countDown, 1, TimeUnit.MILLISECONDS);
		}
	}

	private void awaitReleased() {
		if (this.loop.inEventLoop()) {
			return;
		}
		try {
			boolean inTime = (this.plan.group == null) ? this.loop.awaitTermination(WAIT_SECONDS, TimeUnit.SECONDS)
					: this.released.await(WAIT_SECONDS, TimeUnit.SECONDS);
			if (!inTime) {
				this.log.stuck();
				this.port.close();
			}
			if (this.keeper != null) {
				this.keeper.awaitClosed();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** What others may see, from any thread. */
	PublishedState state() {
		PublishedState state = this.published;
		if (state == null) {
			throw new IllegalStateException("a run is published after it was opened");
		}
		return state;
	}

	Milestones milestones() {
		return this.milestones;
	}

	/** The sentinels as they were heard last. */
	List<SentinelStatus> sentinels() {
		return (this.sentinels != null) ? this.sentinels.status() : List.of();
	}

}
