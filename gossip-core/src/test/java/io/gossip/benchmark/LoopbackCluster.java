package io.gossip.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.NodeId;
import io.gossip.netty.NettyGossipCluster;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;

/** Nodes of one JVM on loopback that share their event loops. */
final class LoopbackCluster implements AutoCloseable {

	/** That a condition did not come true. */
	static final double NEVER = Double.POSITIVE_INFINITY;

	private static final String CLUSTER = "loopback";

	private static final int EVENT_LOOPS = Runtime.getRuntime().availableProcessors();

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(EVENT_LOOPS, NioIoHandler.newFactory());

	private final List<NettyGossipCluster> nodes = new ArrayList<>();

	private final LoopbackTraffic traffic = new LoopbackTraffic();

	private final String prefix;

	private final UnaryOperator<GossipConfig.Builder> change;

	private String[] seeds = {};

	private int started;

	/**
	 * A cluster without nodes.
	 * @param prefix what the names of the nodes begin with
	 * @param change what is not as by default
	 */
	LoopbackCluster(String prefix, UnaryOperator<GossipConfig.Builder> change) {
		this.prefix = prefix;
		this.change = change;
	}

	LoopbackTraffic traffic() {
		return this.traffic;
	}

	List<NettyGossipCluster> nodes() {
		return this.nodes;
	}

	/** Joins the cluster of another process. */
	void joinThrough(String... newSeeds) {
		this.seeds = newSeeds;
	}

	/** Starts nodes as fast as possible; the first is the seed unless there is one. */
	void start(int count) {
		for (int i = 0; i < count; i++) {
			add(this.group);
		}
	}

	/** Starts one more node. */
	NettyGossipCluster add() {
		return add(this.group);
	}

	private NettyGossipCluster add(EventLoopGroup loops) {
		String name = this.prefix + this.started++;
		NettyGossipCluster node = NettyGossipCluster.builder()
			.config(this.change
				.apply(GossipConfig.builder()
					.node((settings) -> settings.withCluster(CLUSTER).withName(name))
					.transport((transport) -> transport.withBindAddress("127.0.0.1").withPort(0)))
				.build())
			.seeds(this.seeds)
			.observer(this.traffic)
			.eventLoopGroup(loops)
			.build();
		node.start();
		if (this.seeds.length == 0) {
			this.seeds = new String[] { node.address().toString() };
		}
		this.nodes.add(node);
		return node;
	}

	/** Ends a node so that its sockets close, and it tells nobody. */
	void crash(NettyGossipCluster node) {
		this.traffic.end(idOf(node));
		this.nodes.remove(node);
		node.close();
	}

	/** A node whose event loop is its own, so that it can stand still. */
	Stoppable addStoppable() {
		EventLoopGroup own = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		return new Stoppable(add(own), own, new CountDownLatch(1));
	}

	/** Whether all hold the same, and so many members. */
	boolean agree(int members) {
		long hash = this.nodes.get(0).view().hash();
		return this.nodes.stream().allMatch((node) -> node.view().size() == members && node.view().hash() == hash);
	}

	/** The milliseconds until everybody holds that a node is in. */
	double untilKnown(NettyGossipCluster node, Duration limit) {
		NodeId id = idOf(node);
		return untilShare(1, limit, (each) -> isIn(each, id));
	}

	/** The milliseconds until nobody holds any more that a node is in. */
	double untilGone(NettyGossipCluster node, Duration limit) {
		NodeId id = idOf(node);
		return untilShare(1, limit, (each) -> !isIn(each, id));
	}

	/** The milliseconds that an update of one node takes to a share of all. */
	double update(NettyGossipCluster node, String value, double share, Duration limit) {
		NodeId id = idOf(node);
		Stopwatch watch = new Stopwatch();
		node.updateMetadata(Map.of("version", value));
		double rest = untilShare(share, limit,
				(each) -> each.view()
					.find(id)
					.filter((status) -> value.equals(status.member().metadata().get("version")))
					.isPresent());
		return (rest == NEVER) ? NEVER : watch.millis();
	}

	private static boolean isIn(NettyGossipCluster observer, NodeId id) {
		return observer.view()
			.find(id)
			.filter((status) -> status.state() == MemberState.ALIVE || status.state() == MemberState.SUSPECT)
			.isPresent();
	}

	private static NodeId idOf(NettyGossipCluster node) {
		return node.localMember().id();
	}

	/** Looks at those only who have not known yet: looking costs time, too. */
	private double untilShare(double share, Duration limit, Predicate<NettyGossipCluster> knows) {
		List<NettyGossipCluster> others = new ArrayList<>(this.nodes);
		int allowed = (int) Math.floor((1 - share) * this.nodes.size() + 1e-9);
		return until(() -> {
			others.removeIf(knows);
			return others.size() <= allowed;
		}, limit);
	}

	/** The milliseconds until a condition is true, {@link #NEVER} at the limit. */
	static double until(BooleanSupplier condition, Duration limit) {
		Stopwatch watch = new Stopwatch();
		while (!condition.getAsBoolean()) {
			if (watch.millis() > limit.toMillis()) {
				return NEVER;
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
		return watch.millis();
	}

	/** Lets time pass, at no cost. */
	static void pass(Duration time) {
		long endNanos = System.nanoTime() + time.toNanos();
		for (long rest = time.toNanos(); rest > 0; rest = endNanos - System.nanoTime()) {
			LockSupport.parkNanos(rest);
		}
	}

	@Override
	public void close() {
		this.nodes.forEach(NettyGossipCluster::close);
		this.group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
	}

	/** What has passed since it was made. */
	static final class Stopwatch {

		private final long startNanos = System.nanoTime();

		double millis() {
			return (System.nanoTime() - this.startNanos) / 1e6;
		}

	}

	/**
	 * A node that can stand still as a stopped process does: the kernel takes connections
	 * and datagrams for it, and nobody reads them.
	 */
	final class Stoppable {

		private final NettyGossipCluster node;

		private final EventLoopGroup loop;

		private final CountDownLatch end;

		private Stoppable(NettyGossipCluster node, EventLoopGroup loop, CountDownLatch end) {
			this.node = node;
			this.loop = loop;
			this.end = end;
		}

		NettyGossipCluster node() {
			return this.node;
		}

		void standStill() {
			LoopbackCluster.this.traffic.end(idOf(this.node));
			LoopbackCluster.this.nodes.remove(this.node);
			this.loop.execute(() -> {
				try {
					this.end.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				// before anything that has arrived meanwhile is looked at
				this.node.close();
			});
		}

		void close() {
			this.end.countDown();
			this.loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
		}

	}

}
