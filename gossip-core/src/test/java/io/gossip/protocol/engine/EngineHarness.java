package io.gossip.protocol.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.gossip.Address;
import io.gossip.GossipConfig;
import io.gossip.NodeId;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.membership.MemberInterner;

/**
 * A few engines, and peers that are played by the test, on a network of virtual time that
 * loses nothing unless it is told to.
 */
final class EngineHarness {

	static final long MILLI = 1_000_000L;

	static final long SECOND = 1000 * MILLI;

	static final String CLUSTER = "test";

	private static final Comparator<InFlight> BY_DUE = (one, two) -> (one.due != two.due)
			? Long.compare(one.due, two.due) : Long.compare(one.sequence, two.sequence);

	/** Not zero, so that a time that was forgotten to be set is noticed. */
	long now = 77 * SECOND;

	long latency = MILLI;

	/** Which packets arrive. */
	Predicate<Packet> delivers = (packet) -> true;

	final Map<Address, Node> nodes = new LinkedHashMap<>();

	final Map<Address, TestPeer> peers = new LinkedHashMap<>();

	/** All that was ever sent. */
	final List<Packet> sent = new ArrayList<>();

	private final PriorityQueue<InFlight> wire = new PriorityQueue<>(BY_DUE);

	private final SplittableRandom random;

	private final MemberInterner interner = new MemberInterner(1024);

	private final byte[] scratch = new byte[65536];

	private long sequence;

	private int hosts;

	EngineHarness(long seed) {
		this.random = new SplittableRandom(seed);
	}

	/** A node with the default settings, not started. */
	Node node(String name) {
		return node(name, (config) -> config);
	}

	/** A node with settings, not started. */
	Node node(String name, UnaryOperator<GossipConfig.Builder> settings) {
		return node(name, nextAddress(), this.random.nextInt(), settings);
	}

	Node node(String name, Address address, int instance, UnaryOperator<GossipConfig.Builder> settings) {
		GossipConfig config = settings
			.apply(GossipConfig.builder().node((node) -> node.withCluster(CLUSTER).withName(name)))
			.build();
		Node node = new Node(this, address);
		node.engine = new GossipEngine(new EngineSetup(config, NodeId.ofName(CLUSTER, name), instance, name, address,
				this.random.split(), this.interner, node, node, this.scratch));
		this.nodes.put(address, node);
		return node;
	}

	/** As many nodes as wanted, joined through the first one. */
	List<Node> cluster(int size, UnaryOperator<GossipConfig.Builder> settings) {
		List<Node> cluster = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			Node node = node("n" + i, settings);
			node.join(cluster.isEmpty() ? List.of() : List.of(cluster.get(0).address));
			cluster.add(node);
		}
		if (!runUntil(() -> agree(cluster, size), 60 * SECOND)) {
			throw new AssertionError(size + " nodes did not form a cluster within a minute");
		}
		return cluster;
	}

	static boolean agree(List<Node> cluster, int size) {
		long hash = cluster.get(0).engine.viewHash();
		return cluster.stream().allMatch((node) -> node.engine.viewHash() == hash && node.engine.view().size() == size);
	}

	/** A peer that says what the test tells it to say. */
	TestPeer peer(String name) {
		TestPeer peer = new TestPeer(this, name, nextAddress(), this.random.nextInt());
		this.peers.put(peer.address, peer);
		return peer;
	}

	Address nextAddress() {
		return Address.ofIpv4(0x0A000001 + this.hosts++, 7946);
	}

	/** Takes a node off the network and out of time: it has crashed. */
	void crash(Node node) {
		this.nodes.remove(node.address);
	}

	void send(Packet packet) {
		this.sent.add(packet);
		if (this.delivers.test(packet)) {
			this.wire.add(new InFlight(packet, this.now + this.latency, this.sequence++));
		}
	}

	void run(long nanos) {
		runUntil(() -> false, nanos);
	}

	/**
	 * Runs until something holds.
	 * @return whether it did within the time
	 */
	boolean runUntil(BooleanSupplier condition, long nanosMax) {
		long end = this.now + nanosMax;
		while (!condition.getAsBoolean()) {
			Node next = null;
			for (Node node : this.nodes.values()) {
				if (node.engine.nextDeadline() != GossipEngine.NO_DEADLINE
						&& (next == null || node.engine.nextDeadline() < next.engine.nextDeadline())) {
					next = node;
				}
			}
			long timer = (next != null) ? Math.max(next.engine.nextDeadline(), this.now) : Long.MAX_VALUE;
			InFlight arrival = this.wire.peek();
			if (Math.min(timer, (arrival != null) ? arrival.due : Long.MAX_VALUE) > end) {
				this.now = end;
				return condition.getAsBoolean();
			}
			if (arrival != null && arrival.due <= timer) {
				this.wire.remove();
				this.now = Math.max(this.now, arrival.due);
				arrive(arrival.packet);
			}
			else if (next != null) {
				this.now = timer;
				next.engine.onTimer(this.now);
			}
		}
		return true;
	}

	private void arrive(Packet packet) {
		Node node = this.nodes.get(packet.to);
		TestPeer peer = this.peers.get(packet.to);
		if (node != null) {
			node.receive(packet);
		}
		else if (peer != null) {
			peer.receive(packet);
		}
	}

	/** Something on its way. */
	private record InFlight(Packet packet, long due, long sequence) {
	}

	/** A datagram or a frame. */
	@SuppressWarnings("ArrayRecordComponent")
	record Packet(Address from, Address to, boolean isFrame, TrafficClass trafficClass, byte[] bytes, long sentNanos) {

		/** What a receiver is told by it. */
		List<String> lines() {
			return TestPeer.read(this.bytes);
		}

		boolean tells(String beginning) {
			return lines().stream().anyMatch((line) -> line.startsWith(beginning));
		}

	}

}
