package io.gossip.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.ClusterView;
import io.gossip.GossipException;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.MembershipListener;
import io.gossip.NodeId;
import io.gossip.Zone;
import io.gossip.protocol.Effects;
import io.gossip.protocol.engine.GossipEngine;

import org.jspecify.annotations.Nullable;

/**
 * A node of a world: a host, and on it a process that runs one engine. What it does is
 * scripted through its methods.
 */
public final class SimulatedNode {

	private static final int EPHEMERAL_FIRST = 32768;

	private static final int EPHEMERAL_COUNT = 28000;

	private final World world;

	private final int index;

	private final String name;

	private final NodeId id;

	private final int zoneIndex;

	private final Effects effects;

	private final List<Stream> streams = new ArrayList<>(2);

	private final List<Stream> inbound = new ArrayList<>(0);

	private final List<RecordedEvent> recorded = new ArrayList<>(0);

	private final List<MembershipListener> listeners = new ArrayList<>(0);

	private final ArrayDeque<Input> inputs = new ArrayDeque<>(1);

	private final NodeClock clock;

	private int host;

	private @Nullable GossipEngine engine;

	private int epoch;

	private boolean hostUp = true;

	private boolean paused;

	private boolean refusesStreams;

	private boolean stopsWhenLeft;

	private long pausedSinceNanos;

	private long unwellUntilNanos;

	/** As above, but for pauses that are to be tolerated. */
	private long excusedUntilNanos;

	private int keptIncarnation;

	private int keptContentVersion;

	private long serviceNanos;

	private boolean workScheduled;

	private long timerNanos = Long.MAX_VALUE;

	private int ephemeralsUsed;

	private int seedsVersion;

	SimulatedNode(World world, int index, int zoneIndex, long clockNanos) {
		this.world = world;
		this.index = index;
		this.zoneIndex = zoneIndex;
		this.name = "node-" + index;
		this.id = NodeId.ofName(world.settings().config().node().cluster(), this.name);
		this.effects = new NodeEffects(world, this);
		this.clock = new NodeClock(world.nowNanos(), clockNanos);
		this.host = world.hosts().add(this);
	}

	/** The number of the node, from 0 on. */
	public int index() {
		return this.index;
	}

	/** The name, such as {@code node-7}. */
	public String name() {
		return this.name;
	}

	/** The identity, which outlives restarts. */
	public NodeId id() {
		return this.id;
	}

	/** The number of the zone, from 0 on. */
	public int zoneIndex() {
		return this.zoneIndex;
	}

	/** The number of the rack within the zone, from 0 on; 0 if zones have no racks. */
	public int rackIndex() {
		return this.index / this.world.settings().zones() % this.world.settings().racksPerZone();
	}

	/** The zone, such as {@code zone-1}; none in a world of one zone. */
	public Zone zone() {
		return this.world.zone(this.zoneIndex);
	}

	/** Where the node listens now. */
	public Address address() {
		return this.world.hosts().address(this.host);
	}

	/** Whether the process runs, be it paused. */
	public boolean isRunning() {
		return this.engine != null;
	}

	/** Whether the process runs and is not paused. */
	public boolean isResponsive() {
		return this.engine != null && !this.paused;
	}

	/** Whether the process has not been restarted, paused or slowed of late. */
	public boolean isHealthy() {
		return isResponsive() && this.serviceNanos == 0 && this.world.nowNanos() >= this.unwellUntilNanos;
	}

	/**
	 * Whether nobody may declare the node dead who can reach it: as {@link #isHealthy()},
	 * but pauses of up to the tolerated length are no excuse.
	 */
	boolean mustLive() {
		return this.engine != null && this.serviceNanos == 0 && this.world.nowNanos() >= this.excusedUntilNanos
				&& !(this.paused && isPauseTooLong());
	}

	private boolean isPauseTooLong() {
		return this.world.nowNanos()
				- this.pausedSinceNanos > this.world.settings().config().failureDetection().toleratedPause().toNanos();
	}

	/** Whether the process runs and means to stay. */
	public boolean isStaying() {
		return this.engine != null && !this.stopsWhenLeft && this.engine.phase() != ClusterPhase.LEFT
				&& this.engine.phase() != ClusterPhase.LEAVING;
	}

	/** Whether the machine runs, so that it can at least refuse connections. */
	public boolean isHostUp() {
		return this.hostUp;
	}

	/** Where the node is in its life. */
	public ClusterPhase phase() {
		return (this.engine != null) ? this.engine.phase() : ClusterPhase.STOPPED;
	}

	/**
	 * The members as the node knows them.
	 * @throws IllegalStateException if the process does not run
	 */
	public ClusterView view() {
		return engine().view();
	}

	/** What this node holds of another, null if it does not know it. */
	public @Nullable MemberState stateOf(SimulatedNode other) {
		return view().find(other.id()).map((status) -> status.state()).orElse(null);
	}

	/**
	 * The incarnation that this node holds another one at, or itself.
	 * @throws IllegalStateException if it does not know it
	 */
	public long incarnationOf(SimulatedNode other) {
		return view().find(other.id())
			.orElseThrow(() -> new IllegalStateException(this.name + " does not know " + other.name()))
			.incarnation();
	}

	/** The engine, for tests that look inside. */
	GossipEngine engine() {
		if (this.engine == null) {
			throw new IllegalStateException(this.name + " does not run");
		}
		return this.engine;
	}

	/** What the node emitted since the world began, if the world records. */
	public List<RecordedEvent> events() {
		return Collections.unmodifiableList(this.recorded);
	}

	/** What the node emitted of one kind, in order, if the world records. */
	public <E extends MembershipEvent> List<E> events(Class<E> kind) {
		return this.recorded.stream().map(RecordedEvent::event).filter(kind::isInstance).map(kind::cast).toList();
	}

	/**
	 * Adds a listener to this node, which outlives restarts. It is called on the thread
	 * of the world, after the step that made the event.
	 */
	public void subscribe(MembershipListener listener) {
		this.listeners.add(listener);
	}

	/** Starts the process, at the same address. Does nothing if it runs. */
	public void start() {
		if (this.engine != null) {
			return;
		}
		create();
		this.world.joinSeeds(this);
	}

	/** Starts the process as one that has long known all others. */
	void startConverged(List<Address> seeds, List<Member> members) {
		engine().startConverged(this.clock.localNanos(this.world.nowNanos()), seeds, members);
	}

	/** Makes the process, which has to be started. */
	void create() {
		if (this.engine != null) {
			throw new IllegalStateException(this.name + " runs already");
		}
		if (this.epoch > 0) {
			becameWell();
		}
		this.epoch++;
		this.hostUp = true;
		this.stopsWhenLeft = false;
		this.timerNanos = Long.MAX_VALUE;
		this.engine = this.world.newEngine(this, this.effects);
	}

	/** Kills the process; its host refuses connections. */
	public void crash() {
		stop();
	}

	/** Takes the host away; nobody answers there. */
	public void vanish() {
		stop();
		this.hostUp = false;
	}

	/**
	 * Puts a filter before the host that refuses streams, or takes it away, while
	 * datagrams pass.
	 */
	public void refuseStreams(boolean refuses) {
		this.refusesStreams = refuses;
	}

	boolean refusesStreams() {
		return this.refusesStreams;
	}

	/** Starts the process anew at the same address; what it knew is lost. */
	public void restart() {
		stop();
		start();
	}

	/**
	 * Starts the process anew at the same address, as one that has kept its incarnation
	 * and the version of its content, but nothing else.
	 */
	public void restartRemembering() {
		stop();
		create();
		engine().resumeFrom(this.keptIncarnation, this.keptContentVersion);
		this.world.joinSeeds(this);
	}

	/** Starts the process anew at an address that nobody had before. */
	public void restartElsewhere() {
		stop();
		this.world.hosts().vacate(this.host);
		this.host = this.world.hosts().add(this);
		this.world.moved(this);
		start();
	}

	/** Tells the others that this node goes; it stops when the protocol says so. */
	public void leave() {
		this.stopsWhenLeft = true;
		tell(GossipEngine::leave);
	}

	/**
	 * Replaces what the node publishes.
	 * @throws GossipException if it is too large
	 */
	public void updateMetadata(Map<String, String> metadata) {
		tell((engine, nowNanos) -> engine.updateMetadata(nowNanos, new TreeMap<>(metadata)));
	}

	/** Gives the engine an input that is no packet. */
	void tell(ObjLongConsumer<GossipEngine> input) {
		this.world.tell(this, input);
	}

	/** Announces that the process is going to stop for a while. */
	public void announcePause(Duration duration) {
		tell((engine, nowNanos) -> engine.announcePause(nowNanos, duration.toNanos()));
	}

	/** Stops the process without ending it; what arrives waits, within limits. */
	public void pause() {
		if (!this.paused) {
			this.paused = true;
			this.pausedSinceNanos = this.world.nowNanos();
		}
	}

	/** Stops the process for a while. */
	public void pause(Duration duration) {
		pause();
		int pausedEpoch = this.epoch;
		this.world.at(this.world.nowNanos() + duration.toNanos(), () -> {
			if (this.epoch == pausedEpoch) {
				resume();
			}
		});
	}

	/** Lets the process go on. */
	public void resume() {
		if (!this.paused) {
			return;
		}
		this.paused = false;
		this.unwellUntilNanos = this.world.nowNanos() + World.CONVALESCENCE_NANOS;
		if (isPauseTooLong()) {
			becameWell();
		}
		if (this.engine != null) {
			scheduleWork();
			this.world.arm(this);
		}
	}

	/** Makes each input take this long; zero for none. */
	public void slow(Duration perInput) {
		this.serviceNanos = perInput.toNanos();
		becameWell();
	}

	/**
	 * Makes the clock run fast or slow from now on.
	 * @param partsPerMillion how much it gains in a second, in microseconds; negative for
	 * a slow one
	 */
	public void clockGain(long partsPerMillion) {
		this.clock.gain(this.world.nowNanos(), partsPerMillion * 1000);
		if (this.engine != null) {
			this.world.arm(this);
		}
	}

	private void becameWell() {
		this.unwellUntilNanos = this.world.nowNanos() + World.CONVALESCENCE_NANOS;
		this.excusedUntilNanos = this.unwellUntilNanos;
	}

	private void stop() {
		if (this.engine == null) {
			return;
		}
		this.world.stopping(this);
		this.keptIncarnation = this.engine.incarnation();
		this.keptContentVersion = this.engine.self().contentVersion();
		this.engine = null;
		this.epoch++;
		this.paused = false;
		this.inbound.clear();
		this.timerNanos = Long.MAX_VALUE;
		this.workScheduled = false;
		while (!this.inputs.isEmpty()) {
			this.world.release(this.inputs.remove().packet());
		}
		becameWell();
	}

	boolean mustQueue() {
		return this.paused || this.serviceNanos > 0 || !this.inputs.isEmpty();
	}

	ArrayDeque<Input> inputs() {
		return this.inputs;
	}

	void scheduleWork() {
		if (!this.workScheduled && !this.paused && !this.inputs.isEmpty()) {
			this.workScheduled = true;
			this.world.scheduleWork(this, this.serviceNanos);
		}
	}

	void workStarted() {
		this.workScheduled = false;
	}

	boolean isSlow() {
		return this.serviceNanos > 0;
	}

	boolean stopsWhenLeft() {
		return this.stopsWhenLeft;
	}

	List<RecordedEvent> recorded() {
		return this.recorded;
	}

	List<MembershipListener> listeners() {
		return this.listeners;
	}

	NodeClock clock() {
		return this.clock;
	}

	/** The number of this run of the process, a new one at every start and stop. */
	int epoch() {
		return this.epoch;
	}

	int host() {
		return this.host;
	}

	long timerNanos() {
		return this.timerNanos;
	}

	void timerNanos(long atNanos) {
		this.timerNanos = atNanos;
	}

	/** The streams that this process has opened. */
	List<Stream> streams() {
		return this.streams;
	}

	/** The streams that others have opened to this process. */
	List<Stream> inbound() {
		return this.inbound;
	}

	/** Which addresses of the seeds this process knows. */
	int seedsVersion() {
		return this.seedsVersion;
	}

	void seedsVersion(int version) {
		this.seedsVersion = version;
	}

	Address nextEphemeral() {
		return address().withPort(EPHEMERAL_FIRST + this.ephemeralsUsed++ % EPHEMERAL_COUNT);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
