package io.gossip.protocol.engine;

import java.util.List;
import java.util.SortedMap;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.ClusterView;
import io.gossip.GossipConfig;
import io.gossip.GossipException;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.NodeId;
import io.gossip.NodeSettings;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.UnreachableReason;
import io.gossip.protocol.probe.PauseGuard;
import io.gossip.protocol.wire.MessageBody;
import org.jspecify.annotations.Nullable;

/**
 * One node of the protocol, without a thread, a clock, a socket or a random source of its
 * own. Inputs go in with the time and run to completion; what the node does to the world
 * goes out through its effects; {@link #nextDeadline()} tells when it next wants
 * {@link #onTimer}.
 *
 * <p>
 * It is used by one thread at a time, and is never re-entered: an effect or an observer
 * that calls it back is a bug, which it reports by an {@link IllegalStateException}.
 */
public final class GossipEngine {

	/** What {@link #nextDeadline()} gives when nothing is planned. */
	public static final long NO_DEADLINE = Long.MAX_VALUE;

	/** How many timers one step serves; what is left is due at once again. */
	private static final int TIMERS_PER_STEP = 32;

	private static final long STALL_NANOS_MIN = 100_000_000L;

	private final EngineState state;

	private final EngineParts parts;

	private final InboundRouter router;

	private final ViewBuilder views;

	private final EngineFigures figures;

	private final PauseGuard pauseGuard;

	private boolean stepping;

	private long lastViewHash;

	private long lastStepNanos;

	/**
	 * A node that has not started.
	 * @param setup what it is made of
	 */
	public GossipEngine(EngineSetup setup) {
		this(setup, new EngineFactory());
	}

	GossipEngine(EngineSetup setup, EngineFactory factory) {
		this.state = new EngineState(setup);
		this.parts = new EngineParts(setup, this.state, factory);
		this.router = new InboundRouter(this.state, this.parts);
		this.views = new ViewBuilder(this.state.table, this.state.zones);
		this.figures = new EngineFigures(this.state, this.parts.rival);
		this.pauseGuard = new PauseGuard(
				Math.max(setup.config().failureDetection().probeInterval().toNanos() / 2, STALL_NANOS_MIN));
	}

	/**
	 * Starts the node with the first call; later ones give it fresher seeds.
	 * @param nowNanos the time
	 * @param seeds where to look for the cluster; none if this node is the first
	 */
	public void join(long nowNanos, List<Address> seeds) {
		enter(nowNanos);
		try {
			this.parts.join.seeds(seeds);
			if (this.state.phase == ClusterPhase.STOPPED) {
				this.parts.self.enter(nowNanos);
				this.parts.join.begin(nowNanos);
				this.state.budgets.onForming(nowNanos);
				startTimers(nowNanos);
			}
		}
		finally {
			exit(nowNanos);
		}
	}

	/** Nodes that start together do not march in step: the first probe is at random. */
	private void startTimers(long nowNanos) {
		long interval = this.state.config.failureDetection().probeInterval().toNanos();
		this.state.timers.arm(EngineTimer.PROBE_TICK, nowNanos + (long) (this.state.random.nextDouble() * interval));
		this.parts.repair.begin(nowNanos);
		this.parts.healing.begin(nowNanos);
	}

	/**
	 * Starts the node as a member of a cluster that it knows already, in which nothing is
	 * under way. No events are emitted, nobody is told and no seed is asked: it is for
	 * experiments that begin with a cluster at rest.
	 * @param nowNanos the time
	 * @param seeds where to look for the cluster when everybody else is gone
	 * @param members all members; this node may be among them
	 */
	public void startConverged(long nowNanos, List<Address> seeds, List<Member> members) {
		enter(nowNanos);
		try {
			if (this.state.phase != ClusterPhase.STOPPED) {
				throw new IllegalStateException("the node has started already");
			}
			this.parts.self.enter(nowNanos);
			this.parts.records.adoptAll(nowNanos, members);
			this.parts.join.skip(seeds);
			startTimers(nowNanos);
		}
		finally {
			exit(nowNanos);
		}
	}

	/**
	 * Takes what an earlier start of this node has kept of itself, so that this one
	 * begins above it and need not learn it from the others. To be called before
	 * {@link #join}.
	 * @param incarnation the last incarnation, 0 if it is not known
	 * @param contentVersion the last content version, 0 if it is not known
	 * @throws IllegalStateException if the node has started
	 * @throws IllegalArgumentException if they cannot be of an earlier start
	 */
	public void resumeFrom(int incarnation, int contentVersion) {
		if (this.state.phase != ClusterPhase.STOPPED) {
			throw new IllegalStateException("a node resumes before it joins, not when it is " + this.state.phase);
		}
		this.parts.self.resumeFrom(incarnation, contentVersion);
	}

	/**
	 * Takes a datagram.
	 * @param nowNanos the time
	 * @param from where it came from
	 * @param buffer the bytes, borrowed until the return
	 * @param offset where they start
	 * @param length how many they are
	 */
	public void onDatagram(long nowNanos, Address from, byte[] buffer, int offset, int length) {
		enter(nowNanos);
		try {
			this.state.observer.onDatagramReceived(length);
			this.router.onPacket(nowNanos, from, false, buffer, offset, length);
		}
		finally {
			exit(nowNanos);
		}
	}

	/**
	 * Takes a frame of a stream.
	 * @param nowNanos the time
	 * @param from the other end of the stream, to which answers go
	 * @param buffer the bytes, borrowed until the return
	 * @param offset where they start
	 * @param length how many they are
	 */
	public void onFrame(long nowNanos, Address from, byte[] buffer, int offset, int length) {
		enter(nowNanos);
		try {
			this.state.observer.onFrameReceived(length);
			this.router.onPacket(nowNanos, from, true, buffer, offset, length);
		}
		finally {
			exit(nowNanos);
		}
	}

	/**
	 * Does what is due. A call when nothing is due does nothing.
	 * @param nowNanos the time
	 */
	public void onTimer(long nowNanos) {
		enter(nowNanos);
		try {
			for (int served = 0; served < TIMERS_PER_STEP; served++) {
				EngineTimer timer = this.state.timers.takeDue(nowNanos);
				if (timer == null) {
					break;
				}
				fire(nowNanos, timer);
			}
		}
		finally {
			exit(nowNanos);
		}
	}

	/**
	 * Takes note that a frame could not be delivered.
	 * @param nowNanos the time
	 * @param to the receiver
	 * @param why the reason
	 */
	public void onUnreachable(long nowNanos, Address to, UnreachableReason why) {
		enter(nowNanos);
		try {
			// Whatever the reason, a snapshot with a gap is none; the joiner asks again.
			this.parts.snapshots.onUnreachable(to);
			this.parts.join.onUnreachable(nowNanos, to, why);
			this.parts.detector.onStreamFailed(nowNanos, to, why);
			if (why == UnreachableReason.REFUSED && this.parts.rival.onRefused(to)) {
				takeOver(nowNanos);
			}
		}
		finally {
			exit(nowNanos);
		}
	}

	/**
	 * Takes note that the transport can or cannot take more; while it cannot, repair
	 * waits, and if that does not help soon, news, but never a probe.
	 * @param nowNanos the time
	 * @param isWritable whether it can
	 */
	public void onWritable(long nowNanos, boolean isWritable) {
		enter(nowNanos);
		try {
			this.state.budgets.onWritable(nowNanos, isWritable);
		}
		finally {
			exit(nowNanos);
		}
	}

	/**
	 * Tells the others at once that this node is about to stand still, so that they wait
	 * for it before they declare it dead, within what their settings allow.
	 * @param nowNanos the time
	 * @param pauseNanos how long it will take at most
	 */
	public void announcePause(long nowNanos, long pauseNanos) {
		enter(nowNanos);
		try {
			if (this.state.phase == ClusterPhase.JOINING || this.state.phase == ClusterPhase.JOINED) {
				this.parts.pauses.announce(nowNanos, pauseNanos);
				// It may stand still before any timer fires.
				this.parts.dissemination.onEagerTimer(nowNanos);
			}
		}
		finally {
			exit(nowNanos);
		}
	}

	/**
	 * Begins to leave: the phase becomes LEAVING, and LEFT when enough members have
	 * heard.
	 * @param nowNanos the time
	 */
	public void leave(long nowNanos) {
		enter(nowNanos);
		try {
			if (this.state.phase == ClusterPhase.JOINING || this.state.phase == ClusterPhase.JOINED) {
				this.parts.leave.begin(nowNanos, this.parts.join.askedInVain());
			}
		}
		finally {
			exit(nowNanos);
		}
	}

	/**
	 * Replaces the metadata of this node.
	 * @param nowNanos the time
	 * @param metadata keys and values, unmodifiable
	 * @throws GossipException.InvalidSetting if it breaks the rules of
	 * {@link NodeSettings#metadata()}
	 */
	public void updateMetadata(long nowNanos, SortedMap<String, String> metadata) {
		// The rules are those of a start, or others would drop the record.
		GossipConfig updated = this.state.config.toBuilder().node((node) -> node.withMetadata(metadata)).build();
		enter(nowNanos);
		try {
			if (this.state.isActive()) {
				this.parts.self.updateMetadata(nowNanos, updated.node().metadata());
			}
		}
		finally {
			exit(nowNanos);
		}
	}

	/** Sends an encoded message to all members; gives why not, null if it goes. */
	public @Nullable DropReason broadcast(long nowNanos, byte[] body) {
		enter(nowNanos);
		try {
			return this.parts.messages.broadcast(nowNanos, body);
		}
		finally {
			exit(nowNanos);
		}
	}

	/**
	 * Sends a message to one member, over a stream.
	 * @param nowNanos the time
	 * @param target the member
	 * @param body what {@link MessageBody#encode} has made
	 * @return why it is not sent, null if it was handed to the effects
	 */
	public @Nullable DropReason send(long nowNanos, NodeId target, byte[] body) {
		enter(nowNanos);
		try {
			return this.parts.messages.send(target.value(), body);
		}
		finally {
			exit(nowNanos);
		}
	}

	/**
	 * Shrinks the datagrams that are sent, or lets them grow up to the setting again.
	 * @param bytes the largest UDP payload, 576 or more
	 */
	public void datagramBudget(int bytes) {
		this.parts.packets.budget(Math.max(bytes, 576));
	}

	/** When {@link #onTimer} wants to be called, {@link #NO_DEADLINE} if it does not. */
	public long nextDeadline() {
		return this.state.timers.nextDeadline();
	}

	/** The members as this node knows them; the same instance until something changed. */
	public ClusterView view() {
		return this.views.view();
	}

	/** Where the node is in its life. */
	public ClusterPhase phase() {
		return this.state.phase;
	}

	/** This node as it presents itself. */
	public Member self() {
		return this.parts.self.member();
	}

	/** The incarnation of this node. */
	public int incarnation() {
		return this.parts.self.incarnation();
	}

	/** The hash over (id, instance, content version) of the members that are in. */
	public long viewHash() {
		return this.state.table.viewHash();
	}

	/** The local health score, 0 is well. */
	public int localHealth() {
		return this.state.health.score();
	}

	/** What else is of interest to those who watch a node. */
	public EngineFigures figures() {
		return this.figures;
	}

	/** How many rumors wait to be sent. */
	public int rumorsQueued() {
		return this.state.rumors.size();
	}

	/** Whether there are seeds, and yet nobody else is seen. */
	public boolean isolated() {
		return this.state.isActive() && this.parts.join.isIsolated();
	}

	/** How many times the seeds were asked in vain. */
	public int joinAttempts() {
		return this.parts.join.attempts();
	}

	/** How many suspicions run. */
	public int suspicionsRunning() {
		return this.state.suspicions.size();
	}

	/** How many members have a state; cheaper than a view. */
	public int count(MemberState memberState) {
		return this.state.table.count(memberState);
	}

	private void enter(long nowNanos) {
		if (this.stepping) {
			throw new IllegalStateException(
					"the engine was called from within one of its own steps; effects and observers must not call it");
		}
		this.stepping = true;
		long deadline = nextDeadline();
		if (deadline != NO_DEADLINE) {
			// One stall counts once, however many packets come in before the timer does.
			boolean hasStepped = this.lastStepNanos - deadline > 0;
			long stall = this.pauseGuard.stallNanos(nowNanos, hasStepped ? this.lastStepNanos : deadline);
			if (stall > 0) {
				onStall(nowNanos, stall);
			}
		}
		this.lastStepNanos = nowNanos;
	}

	/** What this node missed while it stood still proves nothing about the others. */
	private void onStall(long nowNanos, long stallNanos) {
		this.state.stalled(nowNanos);
		this.state.observer.onStall(stallNanos);
		this.state.health.add(1);
		this.parts.detector.voidRounds();
		this.parts.zones.tests().onStall();
		this.parts.records.extendSuspicions(stallNanos);
	}

	private void exit(long nowNanos) {
		long hash = this.state.table.viewHash();
		if (hash != this.lastViewHash) {
			this.state.divergence.onOwnHash(nowNanos, this.lastViewHash, hash);
			this.lastViewHash = hash;
		}
		// A member in company looks for nobody, which is most of its life: no need to
		// ask.
		boolean isSettled = this.state.phase == ClusterPhase.JOINED && this.state.table.sizeIn() > 1;
		if (this.state.isActive() && !isSettled) {
			boolean isAtRest = this.parts.join.isToldInShares();
			if (isAtRest) {
				this.state.budgets.onAtRest(nowNanos);
			}
			if (this.parts.join.completeIfSettled(nowNanos, this.parts.rival.isChecking())) {
				this.parts.repair.onJoined(nowNanos);
				if (!isAtRest) {
					this.state.budgets.onForming(nowNanos);
				}
			}
			this.parts.join.resumeIfNeeded(nowNanos);
		}
		if (this.parts.detector.isProbing()
				&& (this.state.phase == ClusterPhase.JOINING || this.state.phase == ClusterPhase.JOINED)) {
			this.state.timers.arm(EngineTimer.PROBE_ROUNDS, this.parts.detector.nextDeadline());
		}
		else {
			this.state.timers.disarm(EngineTimer.PROBE_ROUNDS);
		}
		this.parts.dissemination.arm(nowNanos);
		this.stepping = false;
	}

	private void fire(long nowNanos, EngineTimer timer) {
		switch (timer) {
			case MEMBERS -> this.parts.records.onMembersTimer(nowNanos);
			case PROBE_TICK -> onProbeTick(nowNanos);
			case PROBE_ROUNDS -> this.parts.detector.onRoundsTimer(nowNanos);
			case RELAYS -> this.parts.peers.onRelaysTimer(nowNanos);
			case RIVAL -> onRivalTimer(nowNanos);
			case LEAVE -> this.parts.leave.onTimer(nowNanos);
			case JOIN -> this.parts.join.onTimer(nowNanos);
			case EAGER -> this.parts.dissemination.onEagerTimer(nowNanos);
			case GOSSIP -> this.parts.dissemination.onGossipTimer(nowNanos);
			case SNAPSHOT -> this.parts.snapshots.onTimer(nowNanos);
			case SYNC -> this.parts.repair.onTimer(nowNanos);
			case ZONES -> this.parts.zones.onTimer(nowNanos);
			case HEAL -> this.parts.healing.onTimer(nowNanos);
		}
	}

	private void onProbeTick(long nowNanos) {
		this.state.timers.arm(EngineTimer.PROBE_TICK, this.parts.detector.onTick(nowNanos));
	}

	private void onRivalTimer(long nowNanos) {
		if (this.parts.rival.onTimer(nowNanos)) {
			takeOver(nowNanos);
		}
	}

	private void takeOver(long nowNanos) {
		this.parts.self.takeOver(nowNanos, this.parts.rival.incarnation(), this.parts.rival.contentVersion());
	}

}
