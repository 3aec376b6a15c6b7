package io.gossip.simulator;

import java.util.Arrays;
import java.util.function.IntConsumer;

import io.gossip.Address;
import io.gossip.Member;
import io.gossip.MembershipEvent;
import io.gossip.Zone;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProbeOutcome;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.TrafficClass;

import org.jspecify.annotations.Nullable;

/**
 * What is counted in a world: one observer for all nodes, that knows which one steps. It
 * holds a handful of numbers for each node, never one for each pair.
 */
final class Statistics implements ProtocolObserver {

	/** What IP and UDP add to a datagram. */
	static final int DATAGRAM_OVERHEAD_BYTES = 28;

	/** What IP and TCP add to a frame, roughly: headers, length and acknowledgement. */
	static final int FRAME_OVERHEAD_BYTES = 96;

	private static final int CLASSES = TrafficClass.values().length;

	private final World world;

	private final IdIndex byId = new IdIndex();

	private final long[] drops = new long[DropReason.values().length];

	private final long[] probes = new long[ProbeOutcome.values().length];

	private final Histogram rumorAges = new Histogram();

	private final BurstMeter bursts = new BurstMeter();

	/** The same without the frames of repair: snapshots and large records. */
	private final BurstMeter talk = new BurstMeter();

	private final FalsePositives falsePositives;

	private long[] bytesSent = new long[16 * CLASSES];

	/** By class: what all nodes sent into another zone than their own. */
	private final long[] bytesBetweenZones = new long[CLASSES];

	private long[] messagesSent = new long[16 * CLASSES];

	private int[] membersIn = new int[16];

	private long[] selfIncarnations = new long[16];

	private boolean[] joinAttempts = new boolean[16];

	/** By node: one bit for each zone that it has ever found cut off. */
	private long[] zonesCut = new long[16];

	private IntConsumer onUnreachable = (node) -> {
	};

	private int current;

	private long rumorsHeard;

	private long rumorDuplicates;

	private long hashesCompared;

	private long hashesDivergent;

	private long events;

	private long suspicions;

	private long failures;

	private long syncs;

	private long conflicts;

	private long sinceNanos;

	private @Nullable String violation;

	Statistics(World world) {
		this.world = world;
		this.falsePositives = new FalsePositives(world);
	}

	void register(SimulatedNode node) {
		int index = node.index();
		this.byId.put(node.id().value(), index);
		this.bursts.register(index);
		this.talk.register(index);
		this.falsePositives.register(index);
		if (index == this.membersIn.length) {
			int capacity = 2 * index;
			this.bytesSent = Arrays.copyOf(this.bytesSent, capacity * CLASSES);
			this.messagesSent = Arrays.copyOf(this.messagesSent, capacity * CLASSES);
			this.membersIn = Arrays.copyOf(this.membersIn, capacity);
			this.selfIncarnations = Arrays.copyOf(this.selfIncarnations, capacity);
			this.joinAttempts = Arrays.copyOf(this.joinAttempts, capacity);
			this.zonesCut = Arrays.copyOf(this.zonesCut, capacity);
		}
	}

	/** Forgets what was measured; what is known of the nodes stays. */
	void reset() {
		Arrays.fill(this.bytesSent, 0);
		Arrays.fill(this.messagesSent, 0);
		Arrays.fill(this.bytesBetweenZones, 0);
		this.bursts.reset();
		this.talk.reset();
		this.events = 0;
		this.rumorsHeard = 0;
		this.rumorDuplicates = 0;
		this.hashesCompared = 0;
		this.hashesDivergent = 0;
		this.sinceNanos = this.world.nowNanos();
	}

	void stepping(SimulatedNode node) {
		this.current = node.index();
	}

	void starting(SimulatedNode node) {
		this.membersIn[node.index()] = 0;
		this.selfIncarnations[node.index()] = 0;
		this.zonesCut[node.index()] = 0;
	}

	/** Takes note that a node began with others that it has heard no event of. */
	void knowsAll(SimulatedNode node, int others) {
		this.membersIn[node.index()] = others;
	}

	void stopping(SimulatedNode node) {
		this.membersIn[node.index()] = 0;
	}

	/** Whether the node wants its seeds looked up again; forgets it. */
	boolean takeJoinAttempt(SimulatedNode node) {
		boolean attempt = this.joinAttempts[node.index()];
		this.joinAttempts[node.index()] = false;
		return attempt;
	}

	/** The node of an identity, null if it is of no node of this world. */
	@Nullable SimulatedNode nodeOf(Member member) {
		int index = this.byId.get(member.id().value());
		return (index >= 0) ? this.world.nodes().get(index) : null;
	}

	void onEvent(SimulatedNode observer, MembershipEvent event) {
		SimulatedNode subject = nodeOf(event.member());
		if (subject == null) {
			return;
		}
		this.events++;
		if (event instanceof MembershipEvent.Joined) {
			this.membersIn[observer.index()]++;
		}
		else if (event instanceof MembershipEvent.Left) {
			this.membersIn[observer.index()]--;
		}
		else if (event instanceof MembershipEvent.Failed failed) {
			this.membersIn[observer.index()]--;
			this.failures++;
			int accuser = (failed.accuser() != null) ? this.byId.get(failed.accuser().value()) : -1;
			this.falsePositives.onFailed(observer, subject, event,
					(accuser >= 0) ? this.world.nodes().get(accuser) : observer);
		}
		else if (event instanceof MembershipEvent.Suspected) {
			this.suspicions++;
			this.falsePositives.onSuspected(observer, subject, event);
		}
	}

	@Override
	public void onDatagramSent(TrafficClass trafficClass, int bytes) {
		sent(trafficClass, bytes + DATAGRAM_OVERHEAD_BYTES);
		this.talk.add(this.current, this.world.nowNanos(), bytes + DATAGRAM_OVERHEAD_BYTES);
	}

	@Override
	public void onFrameSent(TrafficClass trafficClass, int bytes) {
		sent(trafficClass, bytes + FRAME_OVERHEAD_BYTES);
		if (trafficClass != TrafficClass.BULK) {
			this.talk.add(this.current, this.world.nowNanos(), bytes + FRAME_OVERHEAD_BYTES);
		}
	}

	private void sent(TrafficClass trafficClass, int bytes) {
		int cell = this.current * CLASSES + trafficClass.ordinal();
		this.bytesSent[cell] += bytes;
		this.messagesSent[cell]++;
		this.bursts.add(this.current, this.world.nowNanos(), bytes);
	}

	/** Takes note of where a node sends something. */
	void sentTo(SimulatedNode from, Address to, TrafficClass trafficClass, int bytes) {
		SimulatedNode receiver = this.world.hosts().resident(this.world.hosts().host(to));
		if (receiver != null && receiver.zoneIndex() != from.zoneIndex()) {
			this.bytesBetweenZones[trafficClass.ordinal()] += bytes;
		}
	}

	/** What all nodes sent into another zone than their own. */
	long bytesBetweenZones(TrafficClass trafficClass) {
		return this.bytesBetweenZones[trafficClass.ordinal()];
	}

	@Override
	public void onDropped(DropReason reason) {
		this.drops[reason.ordinal()]++;
	}

	@Override
	public void onProbe(ProbeOutcome outcome, long roundTripNanos) {
		this.probes[outcome.ordinal()]++;
	}

	@Override
	public void onSelfRefuted(int incarnation) {
		long previous = this.selfIncarnations[this.current];
		if (incarnation <= previous && this.violation == null) {
			this.violation = this.world.nodes().get(this.current).name() + " refuted with incarnation " + incarnation
					+ " after it had " + previous;
		}
		this.selfIncarnations[this.current] = incarnation;
	}

	@Override
	public void onRumorHeard(long ageNanos) {
		this.rumorsHeard++;
		this.rumorAges.add(ageNanos);
	}

	@Override
	public void onRumorDuplicate() {
		this.rumorDuplicates++;
	}

	@Override
	public void onViewHashCompared(boolean divergent) {
		this.hashesCompared++;
		this.hashesDivergent += divergent ? 1 : 0;
	}

	@Override
	public void onJoinAttempt(int attempt, long retryDelayNanos) {
		this.joinAttempts[this.current] = attempt > 1;
	}

	@Override
	public void onIdentityConflict(Member self, Address rival) {
		this.conflicts++;
	}

	@Override
	public void onZoneUnreachable(Zone zone) {
		for (int i = 0; i < this.world.settings().zones(); i++) {
			this.zonesCut[this.current] |= this.world.zone(i).equals(zone) ? 1L << i : 0;
		}
		this.onUnreachable.accept(this.current);
	}

	/** Whether a node, since it started, has found a zone cut off. */
	boolean hasCut(SimulatedNode node, int zoneIndex) {
		return (this.zonesCut[node.index()] & (1L << zoneIndex)) != 0;
	}

	/** Has the number of every node passed on that finds a zone unreachable. */
	void onUnreachable(IntConsumer listener) {
		this.onUnreachable = listener;
	}

	@Override
	public void onSyncStarted() {
		this.syncs++;
	}

	/** What an observation proved wrong; forgets it. */
	@Nullable String takeViolation() {
		String found = this.violation;
		this.violation = null;
		return found;
	}

	long bytesSent(int node, TrafficClass trafficClass) {
		return this.bytesSent[node * CLASSES + trafficClass.ordinal()];
	}

	/** What a node sent, in all classes. */
	long bytesSent(int node) {
		long bytes = 0;
		for (int i = node * CLASSES; i < (node + 1) * CLASSES; i++) {
			bytes += this.bytesSent[i];
		}
		return bytes;
	}

	long messagesSent(int node, TrafficClass trafficClass) {
		return this.messagesSent[node * CLASSES + trafficClass.ordinal()];
	}

	/** How many others a node has seen come in and not go. */
	int membersIn(int node) {
		return this.membersIn[node];
	}

	/** How often a node heard a piece of news, on average; 1 is best. */
	double copiesPerRumor() {
		return (this.rumorsHeard == 0) ? 0 : (double) (this.rumorsHeard + this.rumorDuplicates) / this.rumorsHeard;
	}

	Histogram rumorAges() {
		return this.rumorAges;
	}

	/** The share of the received view hashes that matched none of the receiver's. */
	double divergence() {
		return (this.hashesCompared == 0) ? 0 : (double) this.hashesDivergent / this.hashesCompared;
	}

	long drops(DropReason reason) {
		return this.drops[reason.ordinal()];
	}

	long probes(ProbeOutcome outcome) {
		return this.probes[outcome.ordinal()];
	}

	/** The mistakes of failure detection. */
	FalsePositives falsePositives() {
		return this.falsePositives;
	}

	/** The most that a node sent within a second. */
	BurstMeter bursts() {
		return this.bursts;
	}

	/** What each node sent in a second, but for snapshots and large records. */
	BurstMeter talk() {
		return this.talk;
	}

	/** How many events there were at all nodes, of all kinds. */
	long events() {
		return this.events;
	}

	/** How many events of suspicion there were, at all nodes. */
	long suspicions() {
		return this.suspicions;
	}

	/** How many events of failure there were, at all nodes. */
	long failures() {
		return this.failures;
	}

	long syncs() {
		return this.syncs;
	}

	long conflicts() {
		return this.conflicts;
	}

	/** Since when bytes and messages are counted. */
	long sinceNanos() {
		return this.sinceNanos;
	}

}
