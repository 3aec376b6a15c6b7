package io.gossip.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.GossipConfig;
import io.gossip.GossipMessage;
import io.gossip.Member;
import io.gossip.MembershipEvent;
import io.gossip.Zone;
import io.gossip.protocol.Effects;
import io.gossip.protocol.UnreachableReason;
import io.gossip.protocol.engine.EngineSetup;
import io.gossip.protocol.engine.GossipEngine;
import io.gossip.protocol.membership.MemberInterner;

import org.jspecify.annotations.Nullable;

/**
 * The inside of a simulation: takes one event after the other out of the heap and hands
 * it to whom it concerns.
 */
final class World {

	/** A process counts as well again this long after a stop, a pause or slowness. */
	static final long CONVALESCENCE_NANOS = 10_000_000_000L;

	/** What a socket holds while its process does not read. */
	private static final int DATAGRAMS_WAITING_MAX = 256;

	/** How many inputs a process that wakes up takes before it looks at its timers. */
	private static final int WORK_BATCH = 16;

	/** How long a name service tells the old address of a seed that has moved. */
	private static final long SEEDS_TTL_NANOS = 30_000_000_000L;

	private static final UnreachableReason[] REASONS = UnreachableReason.values();

	private final Simulation simulation;

	private final SimulationSettings settings;

	private final EventHeap events = new EventHeap();

	private final PacketSlab packets;

	private final Hosts hosts = new Hosts();

	private final Network network;

	private final StreamModel streams;

	private final Statistics statistics;

	private final TraceHash trace = new TraceHash();

	private final MemberInterner interner;

	private final byte[] scratch;

	private final SeededRandom instances;

	private final List<SimulatedNode> nodes = new ArrayList<>();

	private final Zone[] zones;

	private final List<Invariant> invariants = new ArrayList<>();

	private final EventDelivery delivery;

	private final Script script = new Script();

	private int seedsVersion;

	private long nowNanos;

	private long eventsDone;

	private long inputsLost;

	private final LivelockGuard livelockGuard = new LivelockGuard();

	private BiConsumer<SimulatedNode, GossipMessage> messageListener = (node, message) -> {
	};

	World(Simulation simulation, SimulationSettings settings) {
		this.simulation = simulation;
		this.settings = settings;
		this.packets = new PacketSlab(settings.isSmall());
		Links links = new Links(settings.zones(), settings.withinZone(), settings.betweenZones());
		this.network = new Network(this.events, this.packets, this.hosts, links, stream(1));
		this.streams = new StreamModel(this.events, this.packets, this.hosts, this.network, settings, stream(2));
		this.instances = new SeededRandom(stream(3));
		this.statistics = new Statistics(this);
		this.delivery = new EventDelivery(simulation, this);
		this.interner = new MemberInterner(Math.max(1024, 4 * settings.nodes()));
		this.scratch = new byte[settings.config().transport().frameBytesMax()];
		this.zones = new Zone[settings.zones()];
		for (int i = 0; i < this.zones.length; i++) {
			this.zones[i] = (this.zones.length == 1) ? Zone.NONE : new Zone("zone-" + i);
		}
	}

	private long stream(long number) {
		return SeededRandom.derive(this.settings.seed(), number);
	}

	SimulatedNode addNode() {
		int index = this.nodes.size();
		SimulatedNode node = new SimulatedNode(this, index, index % this.zones.length, this.instances.nextLong() >> 2);
		this.nodes.add(node);
		this.statistics.register(node);
		this.network.placeInPartitions(node);
		return node;
	}

	/**
	 * Lets the next thing happen, unless it lies beyond the limit.
	 * @return whether something happened
	 */
	boolean step(long limitNanos) {
		if (this.events.isEmpty() || this.events.nextTimeNanos() > limitNanos) {
			this.nowNanos = Math.max(this.nowNanos, limitNanos);
			return false;
		}
		this.events.pop();
		if (this.events.timeNanos() < this.nowNanos) {
			throw failure("time ran backwards to " + Durations.seconds(this.events.timeNanos()), null);
		}
		this.nowNanos = this.events.timeNanos();
		this.eventsDone++;
		dispatch();
		return true;
	}

	private void dispatch() {
		EventKind kind = this.events.kind();
		int target = this.events.target();
		int argument = this.events.argument();
		int packet = this.events.packet();
		long value = this.events.value();
		this.trace.add(this.nowNanos);
		this.trace.add(((long) target << 32) | ((long) kind.ordinal() << 28) | argument);
		if (packet != PacketSlab.NONE) {
			this.trace.addBytes(this.packets.bytes(packet), this.packets.length(packet));
		}
		switch (kind) {
			case DATAGRAM -> arrive(target, kind, argument, packet, 0);
			case FRAME -> {
				if (this.streams.onFrameEvent(this.nowNanos)) {
					arrive(target, kind, 0, packet, this.streams.source(value));
				}
			}
			case STREAM -> this.streams.onStreamEvent(this.nowNanos);
			case UNREACHABLE -> {
				SimulatedNode node = this.nodes.get(target);
				if (node.epoch() == argument >> 3) {
					input(node, kind, argument & 7, PacketSlab.NONE, value);
				}
			}
			case TIMER -> timer(this.nodes.get(target), argument);
			case WORK -> work(this.nodes.get(target), argument);
			case ACTION -> this.script.take(argument).run();
		}
	}

	private void arrive(int host, EventKind kind, int argument, int packet, long value) {
		@Nullable SimulatedNode node = this.hosts.resident(host);
		if (node == null || !node.isRunning()) {
			this.packets.release(packet);
			return;
		}
		input(node, kind, argument, packet, value);
	}

	private void input(SimulatedNode node, EventKind kind, int argument, int packet, long value) {
		if (!node.mustQueue()) {
			process(node, kind, argument, packet, value);
			return;
		}
		if (kind == EventKind.DATAGRAM && node.inputs().size() >= DATAGRAMS_WAITING_MAX) {
			this.inputsLost++;
			release(packet);
			return;
		}
		node.inputs().add(new Input(kind, argument, packet, value));
		node.scheduleWork();
	}

	void scheduleWork(SimulatedNode node, long delayNanos) {
		this.events.push(this.nowNanos + delayNanos, EventKind.WORK, node.index(), node.epoch(), PacketSlab.NONE, 0);
	}

	private void work(SimulatedNode node, int epoch) {
		if (node.epoch() != epoch) {
			return;
		}
		node.workStarted();
		int batch = (node.isSlow()) ? 1 : WORK_BATCH;
		while (batch-- > 0 && node.isResponsive() && !node.inputs().isEmpty()) {
			Input input = node.inputs().remove();
			process(node, input.kind(), input.argument(), input.packet(), input.value());
		}
		node.scheduleWork();
	}

	private void timer(SimulatedNode node, int epoch) {
		if (node.epoch() != epoch || node.timerNanos() != this.nowNanos) {
			return;
		}
		node.timerNanos(Long.MAX_VALUE);
		if (!node.isResponsive()) {
			return;
		}
		long deadline = node.engine().nextDeadline();
		if (deadline == GossipEngine.NO_DEADLINE) {
			return;
		}
		if (deadline - node.clock().localNanos(this.nowNanos) > 0) {
			arm(node);
			return;
		}
		fail(this.livelockGuard.onTimerStep(this.nowNanos, node));
		if (node.isSlow()) {
			input(node, EventKind.TIMER, 0, PacketSlab.NONE, 0);
		}
		else {
			process(node, EventKind.TIMER, 0, PacketSlab.NONE, 0);
		}
	}

	/** Schedules the deadline of a node, if nothing earlier is scheduled. */
	void arm(SimulatedNode node) {
		long deadline = node.engine().nextDeadline();
		if (deadline == GossipEngine.NO_DEADLINE || !node.isResponsive()) {
			return;
		}
		long atNanos = node.clock().worldNanos(deadline, this.nowNanos);
		if (atNanos < node.timerNanos()) {
			node.timerNanos(atNanos);
			this.events.push(atNanos, EventKind.TIMER, node.index(), node.epoch(), PacketSlab.NONE, 0);
		}
	}

	private void process(SimulatedNode node, EventKind kind, int argument, int packet, long value) {
		GossipEngine engine = node.engine();
		long local = node.clock().localNanos(this.nowNanos);
		this.statistics.stepping(node);
		if (packet != PacketSlab.NONE) {
			for (int i = 0; i < this.invariants.size(); i++) {
				this.invariants.get(i)
					.onReceive(this.simulation, node, this.packets.bytes(packet), this.packets.length(packet));
			}
		}
		try {
			switch (kind) {
				case DATAGRAM -> engine.onDatagram(local, this.hosts.address(argument), this.packets.bytes(packet), 0,
						this.packets.length(packet));
				case FRAME -> engine.onFrame(local, this.hosts.unpacked(value), this.packets.bytes(packet), 0,
						this.packets.length(packet));
				case UNREACHABLE -> engine.onUnreachable(local, this.hosts.unpacked(value), REASONS[argument]);
				default -> engine.onTimer(local);
			}
		}
		catch (RuntimeException ex) {
			throw failure(node.name() + " broke on " + kind + ": " + ex, ex);
		}
		release(packet);
		afterStep(node);
	}

	private void afterStep(SimulatedNode node) {
		if (this.statistics.takeJoinAttempt(node)) {
			joinSeeds(node);
			return;
		}
		for (int i = 0; i < this.invariants.size(); i++) {
			fail(this.invariants.get(i).afterStep(this.simulation, node));
		}
		arm(node);
		this.delivery.run();
		if (node.isRunning() && node.stopsWhenLeft() && node.phase() == ClusterPhase.LEFT) {
			node.crash();
		}
	}

	GossipEngine newEngine(SimulatedNode node, Effects effects) {
		GossipConfig config = this.settings.config()
			.toBuilder()
			.node((common) -> common.withName(node.name()).withZone(node.zone()))
			.build();
		SeededRandom random = new SeededRandom(stream((long) node.epoch() << 32 | node.index() + 16L));
		this.statistics.stepping(node);
		this.statistics.starting(node);
		return this.settings.engines()
			.apply(new EngineSetup(config, node.id(), this.instances.nextInt(), node.name(), node.address(), random,
					this.interner, effects, this.statistics, this.scratch));
	}

	/** Gives a node the seeds at their present addresses, as a name service would. */
	void joinSeeds(SimulatedNode node) {
		this.statistics.stepping(node);
		node.engine().join(node.clock().localNanos(this.nowNanos), seedsFor(node));
		afterStep(node);
	}

	private List<Address> seedsFor(SimulatedNode node) {
		List<Address> seeds = new ArrayList<>(this.settings.seeds());
		for (int i = 0; i < this.settings.seeds(); i++) {
			if (this.settings.seeds() > 1 || i != node.index()) {
				seeds.add(this.nodes.get(i).address());
			}
		}
		node.seedsVersion(this.seedsVersion);
		return seeds;
	}

	void startConverged() {
		this.nodes.forEach(SimulatedNode::create);
		List<Member> members = this.nodes.stream().map((node) -> this.interner.intern(node.engine().self())).toList();
		for (SimulatedNode node : this.nodes) {
			this.statistics.stepping(node);
			node.startConverged(seedsFor(node), members);
			this.statistics.knowsAll(node, members.size() - 1);
			afterStep(node);
		}
	}

	/**
	 * Takes note of a new address, which the others look up after a while if it is a
	 * seed's.
	 */
	void moved(SimulatedNode node) {
		if (node.index() < this.settings.seeds()) {
			this.seedsVersion++;
			at(this.nowNanos + SEEDS_TTL_NANOS, this::refreshSeeds);
		}
	}

	private void refreshSeeds() {
		boolean again = false;
		for (SimulatedNode node : this.nodes) {
			if (node.isRunning() && node.seedsVersion() != this.seedsVersion) {
				if (node.isResponsive()) {
					joinSeeds(node);
				}
				else {
					again = true;
				}
			}
		}
		if (again) {
			at(this.nowNanos + SEEDS_TTL_NANOS, this::refreshSeeds);
		}
	}

	/** Gives a node an input that is no packet. */
	void tell(SimulatedNode node, ObjLongConsumer<GossipEngine> input) {
		this.statistics.stepping(node);
		input.accept(node.engine(), node.clock().localNanos(this.nowNanos));
		afterStep(node);
	}

	void stopping(SimulatedNode node) {
		for (Invariant invariant : this.invariants) {
			invariant.beforeStop(this.simulation, node);
		}
		this.streams.closeAll(node);
		this.statistics.stopping(node);
	}

	void release(int packet) {
		if (packet != PacketSlab.NONE) {
			this.packets.release(packet);
		}
	}

	void sendDatagram(SimulatedNode node, Address to, byte[] buffer, int offset, int length) {
		for (int i = 0; i < this.invariants.size(); i++) {
			fail(this.invariants.get(i).onSend(this.simulation, node, true, length));
		}
		this.network.send(this.nowNanos, node, to, buffer, offset, length);
	}

	void sendFrame(SimulatedNode node, Address to, byte[] buffer, int offset, int length) {
		for (int i = 0; i < this.invariants.size(); i++) {
			fail(this.invariants.get(i).onSend(this.simulation, node, false, length));
		}
		this.streams.send(this.nowNanos, node, to, buffer, offset, length);
	}

	/** Broadcasts a message, and gives whether the node has let it. */
	boolean broadcast(SimulatedNode node, byte[] body) {
		this.statistics.stepping(node);
		boolean isSent = node.engine().broadcast(node.clock().localNanos(this.nowNanos), body) == null;
		afterStep(node);
		return isSent;
	}

	void onMessage(BiConsumer<SimulatedNode, GossipMessage> listener) {
		this.messageListener = listener;
	}

	void delivered(SimulatedNode node, GossipMessage message) {
		this.messageListener.accept(node, message);
	}

	void emitted(SimulatedNode node, MembershipEvent event) {
		this.delivery.add(node, event);
	}

	void at(long atNanos, Runnable action) {
		this.events.push(Math.max(atNanos, this.nowNanos), EventKind.ACTION, 0, this.script.add(action),
				PacketSlab.NONE, 0);
	}

	SimulationFailure failure(String violation, @Nullable Throwable cause) {
		return new SimulationFailure(this.settings, this.nowNanos, violation, cause);
	}

	/** Does nothing if nothing is wrong. */
	void fail(@Nullable String violation) {
		if (violation != null) {
			throw failure(violation, null);
		}
	}

	long nowNanos() {
		return this.nowNanos;
	}

	long eventsDone() {
		return this.eventsDone;
	}

	/** Datagrams that a socket could not hold while its process did not read. */
	long inputsLost() {
		return this.inputsLost;
	}

	SimulationSettings settings() {
		return this.settings;
	}

	Hosts hosts() {
		return this.hosts;
	}

	Network network() {
		return this.network;
	}

	StreamModel streams() {
		return this.streams;
	}

	PacketSlab packets() {
		return this.packets;
	}

	Statistics statistics() {
		return this.statistics;
	}

	TraceHash trace() {
		return this.trace;
	}

	List<SimulatedNode> nodes() {
		return this.nodes;
	}

	Zone zone(int index) {
		return this.zones[index];
	}

	List<Invariant> invariants() {
		return this.invariants;
	}

	List<SimulationListener> listeners() {
		return this.delivery.listeners();
	}

	SeededRandom randomStream(long number) {
		return new SeededRandom(stream(number));
	}

}
