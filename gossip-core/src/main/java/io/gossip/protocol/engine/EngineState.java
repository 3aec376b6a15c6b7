package io.gossip.protocol.engine;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

import io.gossip.ClusterPhase;
import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.protocol.DeadlineHeap;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.Effects;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.antientropy.DigestTree;
import io.gossip.protocol.membership.Divergence;
import io.gossip.protocol.membership.MemberInterner;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.peer.ProbeOrder;
import io.gossip.protocol.peer.RingNeighbours;
import io.gossip.protocol.probe.AnnouncedPauses;
import io.gossip.protocol.probe.LocalHealth;
import io.gossip.protocol.probe.RoundTripTimes;
import io.gossip.protocol.probe.Suspicions;
import io.gossip.protocol.probe.ZoneGuard;
import io.gossip.protocol.rumor.MessageQueue;
import io.gossip.protocol.rumor.RumorQueue;
import io.gossip.protocol.wire.PacketHeader;

/** What the parts of one engine share: the siblings that the engine introduces. */
final class EngineState {

	/** How often a rumor is sent on gossip ticks, after the flood. */
	private static final int CROWD = 256;

	private static final int TICK_SENDS_CROWDED = 1;

	private static final int TICK_SENDS = 3;

	final GossipConfig config;

	final long selfId;

	final int selfInstance;

	final int clusterId;

	final RandomGenerator random;

	final MemberInterner interner;

	final Effects effects;

	final ProtocolObserver observer;

	final DigestTree digest = new DigestTree();

	final MembershipTable table;

	final ProbeOrder order;

	final RingNeighbours rings;

	final RumorQueue rumors;

	final MessageQueue messages;

	final ByteBudgets budgets;

	final Suspicions suspicions;

	final AnnouncedPauses pauses = new AnnouncedPauses();

	/** By slot: when a suspicion or a tombstone runs out. */
	final DeadlineHeap memberDeadlines = new DeadlineHeap(1);

	final ZoneGuard zones;

	final LocalHealth health;

	final RoundTripTimes roundTrips;

	final Divergence divergence = new Divergence();

	final EngineTimers timers = new EngineTimers();

	/** Times of records are kept as milliseconds since then, in 32 bits. */
	private long startNanos;

	private boolean started;

	private long lastHeardNanos;

	private boolean hasHeard;

	ClusterPhase phase = ClusterPhase.STOPPED;

	private boolean hasStalled;

	private long stalledNanos;

	private boolean hasJoined;

	private long joinedNanos;

	EngineState(EngineSetup setup) {
		this.config = setup.config();
		this.selfId = setup.id().value();
		this.selfInstance = setup.instance();
		this.clusterId = clusterId(this.config.node().cluster());
		this.random = setup.random();
		this.interner = setup.interner();
		this.effects = setup.effects();
		this.observer = setup.observer();
		this.table = new MembershipTable(16, this.digest);
		this.zones = new ZoneGuard(this.table);
		this.order = new ProbeOrder(this.table, this::isReachable, this.random);
		this.rings = new RingNeighbours(this.table, this::isReachable, this.selfId,
				this.config.dissemination().eagerFanout());
		this.rumors = new RumorQueue(this.config.limits().rumorsMax(), this.config.dissemination().sendsMax());
		this.messages = new MessageQueue(this.config.limits().messagesMax(), this.config.dissemination().sendsMax());
		this.budgets = new ByteBudgets(this.config, this.observer);
		this.suspicions = new Suspicions(this.config.limits().suspicionsMax());
		this.health = new LocalHealth(this.config.failureDetection().localHealthMax(), this.observer);
		this.roundTrips = new RoundTripTimes(this.config.failureDetection().probeTimeout().toNanos());
	}

	/** The four bytes that stand for a cluster's name. */
	static int clusterId(String name) {
		CRC32C crc = new CRC32C();
		crc.update(name.getBytes(StandardCharsets.UTF_8));
		return (int) crc.getValue();
	}

	/** A time as milliseconds of this node, which wrap after 24 days. */
	int millis(long nowNanos) {
		if (!this.started) {
			this.started = true;
			this.startNanos = nowNanos;
		}
		return (int) ((nowNanos - this.startNanos) / 1_000_000);
	}

	/** Whether this node takes part: it speaks, and is spoken to. */
	boolean isActive() {
		return this.phase == ClusterPhase.JOINING || this.phase == ClusterPhase.JOINED
				|| this.phase == ClusterPhase.LEAVING;
	}

	/** Takes note that a member has spoken to this node itself. */
	void heard(long nowNanos, int slot) {
		this.table.heard(slot, millis(nowNanos));
		this.lastHeardNanos = nowNanos;
		this.hasHeard = true;
	}

	/** Whether any member has spoken to this node since a time. */
	boolean hasHeardSince(long sinceNanos) {
		return this.hasHeard && this.lastHeardNanos - sinceNanos > 0;
	}

	/** Takes note that this node has stood still until now. */
	void stalled(long nowNanos) {
		this.hasStalled = true;
		this.stalledNanos = nowNanos;
	}

	/** Whether this node has stood still since a time, and may have missed much. */
	boolean hasStalledSince(long sinceNanos) {
		return this.hasStalled && this.stalledNanos - sinceNanos > 0;
	}

	/** Takes note that a seed has answered, and this node is a member from now on. */
	void joined(long nowNanos) {
		this.phase = ClusterPhase.JOINED;
		this.hasJoined = true;
		this.joinedNanos = nowNanos;
	}

	/** Whether this node joins, or has become a member since a time. */
	boolean isNewSince(long sinceNanos) {
		return this.phase == ClusterPhase.JOINING || (this.hasJoined && this.joinedNanos - sinceNanos > 0);
	}

	/** How long ago this node last heard from a member itself. */
	long heardAgoNanos(long nowNanos, int slot) {
		return (millis(nowNanos) - this.table.heardMillis(slot)) * 1_000_000L;
	}

	/** Whether a member is not of a zone that is cut off. */
	boolean isReachable(int slot) {
		return !this.zones.isCut(this.table.zone(slot));
	}

	/**
	 * The state of a member as others are told. Nobody of a zone that is cut off stands
	 * accused: whoever hears it may reach the zone.
	 */
	MemberState told(int slot) {
		MemberState held = this.table.state(slot);
		return (held == MemberState.SUSPECT && !isReachable(slot)) ? MemberState.ALIVE : held;
	}

	/** Counts a piece of news, which repair is not. */
	void countRumor(long nowNanos, PacketHeader header, boolean isNew, long bornNanos) {
		if (header.isHearsay()) {
			return;
		}
		if (isNew) {
			this.observer.onRumorHeard(nowNanos - bornNanos);
		}
		else {
			this.observer.onRumorDuplicate();
		}
	}

	void drop(DropReason reason) {
		this.observer.onDropped(reason);
	}

	/**
	 * How often one rumor is sent: enough that the last one hears it with near certainty,
	 * and never more than the setting.
	 */
	int sendsLimit() {
		int rounds = 32 - Integer.numberOfLeadingZeros(this.table.sizeIn());
		// When everybody has news, each need not tell it as often; anti-entropy finds the
		// rest.
		int tickSends = isCrowded() ? TICK_SENDS_CROWDED : TICK_SENDS;
		int enough = Math.min(2 + rounds, this.config.dissemination().eagerFanout() + tickSends);
		return Math.min(this.config.dissemination().sendsMax(), enough);
	}

	/** Whether more rumors wait than a few ticks can tell. */
	boolean isCrowded() {
		return this.rumors.size() > CROWD;
	}

	/**
	 * A time with up to a quarter taken off at random, so that nodes do not march in
	 * step.
	 */
	long jitter(long nanos) {
		return nanos - (long) (this.random.nextDouble() * 0.25 * nanos);
	}

}
