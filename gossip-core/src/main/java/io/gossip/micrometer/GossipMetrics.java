package io.gossip.micrometer;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.ClusterStatus;
import io.gossip.GossipCluster;
import io.gossip.GossipMessage;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.netty.EventStatistics;
import io.gossip.netty.NettyGossipCluster;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProbeOutcome;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.TrafficClass;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * The bridge from one node to {@link GossipMeters}. Hand it to the node as its observer,
 * {@link #watch} the node, and bind it to any number of registries, in any order.
 *
 * <p>
 * The counts live here and the registries read them, so they agree, survive restarts of
 * the node, and cost the event loop an addition. Registries keep weak references only:
 * keep this object for as long as its meters are wanted.
 */
public final class GossipMetrics implements MeterBinder, ProtocolObserver {

	private static final TrafficClass[] CLASSES = TrafficClass.values();

	private static final ProbeOutcome[] OUTCOMES = ProbeOutcome.values();

	private static final DropReason[] REASONS = DropReason.values();

	/**
	 * Quantiles over all nodes need the same buckets on each; few, for each is a series.
	 */
	private static final Duration[] BUCKETS = LongStream.of(2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)
		.mapToObj(Duration::ofMillis)
		.toArray(Duration[]::new);

	/** The index of received traffic, of which the class is not known. */
	private static final int RECEIVED = CLASSES.length;

	private final Tags tags;

	private final AtomicLongArray messages = new AtomicLongArray(CLASSES.length + 1);

	private final AtomicLongArray bytes = new AtomicLongArray(CLASSES.length + 1);

	private final AtomicLongArray drops = new AtomicLongArray(REASONS.length);

	private final AtomicLong suspicions = new AtomicLong();

	private final AtomicLong suspicionsRefuted = new AtomicLong();

	private final AtomicLong failures = new AtomicLong();

	private final AtomicLong selfRefutations = new AtomicLong();

	private final AtomicLong rumorsDuplicate = new AtomicLong();

	private final AtomicLong messagesSent = new AtomicLong();

	private final AtomicLong messagesReceived = new AtomicLong();

	private final AtomicLong messagesDuplicate = new AtomicLong();

	private final AtomicLong syncs = new AtomicLong();

	private final AtomicLong joinAttempts = new AtomicLong();

	private final AtomicLong identityConflicts = new AtomicLong();

	private final CopyOnWriteArrayList<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	private volatile Timer[] convergenceTimers = {};

	private volatile Timer[] stallTimers = {};

	/** By registry, then by outcome. */
	private volatile Timer[][] probeTimers = {};

	private volatile @Nullable GossipCluster cluster;

	/** Meters without tags of their own. */
	public GossipMetrics() {
		this(Tags.empty());
	}

	/**
	 * Meters with additional tags, which several nodes need that share a registry.
	 * @param tags the tags
	 */
	public GossipMetrics(Iterable<Tag> tags) {
		this.tags = Tags.of(tags);
	}

	/**
	 * Takes the figures that are a state (members, queues, the view hash) from a node.
	 * They are NaN before.
	 * @param watched the node
	 * @return this
	 */
	public GossipMetrics watch(GossipCluster watched) {
		this.cluster = watched;
		return this;
	}

	@Override
	public synchronized void bindTo(MeterRegistry registry) {
		if (!this.registries.addIfAbsent(registry)) {
			return;
		}
		bindCounters(registry);
		bindGauges(registry);
		bindEvents(registry);
		Timer[] timers = new Timer[OUTCOMES.length];
		for (ProbeOutcome outcome : OUTCOMES) {
			timers[outcome.ordinal()] = Timer.builder(GossipMeters.PROBE.getName())
				.description("Probes by how they ended, with the round trip where there was an answer")
				.tags(this.tags)
				.tag(GossipMeters.Tags.OUTCOME.asString(), label(outcome))
				.serviceLevelObjectives(BUCKETS)
				.register(registry);
		}
		this.probeTimers = appended(this.probeTimers, timers);
		this.convergenceTimers = appended(this.convergenceTimers,
				Timer.builder(GossipMeters.CONVERGENCE.getName())
					.description("The age of news when this node first heard it")
					.tags(this.tags)
					.serviceLevelObjectives(BUCKETS)
					.register(registry));
		this.stallTimers = appended(this.stallTimers,
				Timer.builder(GossipMeters.STALL.getName())
					.description("Times that this process stood still")
					.tags(this.tags)
					.register(registry));
	}

	private void bindCounters(MeterRegistry registry) {
		count(registry, GossipMeters.SUSPICIONS, "Members that became suspect", Tags.empty(),
				(self) -> self.suspicions.get());
		count(registry, GossipMeters.SUSPICIONS_REFUTED, "Suspicions that were refuted", Tags.empty(),
				(self) -> self.suspicionsRefuted.get());
		count(registry, GossipMeters.FAILURES, "Members that were declared dead", Tags.empty(),
				(self) -> self.failures.get());
		count(registry, GossipMeters.SELF_REFUTATIONS, "Claims about this node that it has refuted", Tags.empty(),
				(self) -> self.selfRefutations.get());
		count(registry, GossipMeters.RUMORS_DUPLICATE, "News heard though it was known", Tags.empty(),
				(self) -> self.rumorsDuplicate.get());
		count(registry, GossipMeters.MESSAGES_SENT, "Messages of the application sent", Tags.empty(),
				(self) -> self.messagesSent.get());
		count(registry, GossipMeters.MESSAGES_RECEIVED, "Messages of the application taken", Tags.empty(),
				(self) -> self.messagesReceived.get());
		count(registry, GossipMeters.MESSAGES_DUPLICATE, "Broadcast messages heard though known", Tags.empty(),
				(self) -> self.messagesDuplicate.get());
		count(registry, GossipMeters.SYNCS, "Comparisons of full views that were begun", Tags.empty(),
				(self) -> self.syncs.get());
		count(registry, GossipMeters.JOIN_ATTEMPTS, "Attempts to join that no seed has answered", Tags.empty(),
				(self) -> self.joinAttempts.get());
		count(registry, GossipMeters.IDENTITY_CONFLICTS, "Times that another process had this identity", Tags.empty(),
				(self) -> self.identityConflicts.get());
		bindTraffic(registry);
	}

	private void bindTraffic(MeterRegistry registry) {
		for (int i = 0; i <= RECEIVED; i++) {
			int index = i;
			Tags direction = Tags.of(GossipMeters.Tags.DIRECTION.asString(), (i == RECEIVED) ? "received" : "sent",
					GossipMeters.Tags.CLASS.asString(), (i == RECEIVED) ? "any" : label(CLASSES[i]));
			count(registry, GossipMeters.MESSAGES, "Packets, by direction and purpose", direction,
					(self) -> self.messages.get(index));
			count(registry, GossipMeters.DATA, "Bytes of payload, by direction and purpose", direction,
					(self) -> self.bytes.get(index));
		}
		for (DropReason reason : REASONS) {
			count(registry, GossipMeters.DROPS, "Inputs dropped and work not done, by reason",
					Tags.of(GossipMeters.Tags.REASON.asString(), reason.label()),
					(self) -> self.drops.get(reason.ordinal()));
		}
	}

	private void bindGauges(MeterRegistry registry) {
		for (MemberState state : MemberState.values()) {
			gauge(registry, GossipMeters.MEMBERS, "Members known, by state",
					Tags.of(GossipMeters.Tags.STATE.asString(), label(state)), (node) -> node.view().count(state));
		}
		for (ClusterPhase phase : ClusterPhase.values()) {
			gauge(registry, GossipMeters.PHASE, "1 for the phase of life that the node is in, 0 for the others",
					Tags.of(GossipMeters.Tags.PHASE.asString(), label(phase)),
					status((status) -> (status.phase() == phase) ? 1 : 0));
		}
		gauge(registry, GossipMeters.RUMORS_QUEUED, "Pieces of news that wait to be sent", Tags.empty(),
				status(ClusterStatus::rumorsQueued));
		gauge(registry, GossipMeters.RUMORS_OLDEST, "Age of the oldest news that is next to be sent", Tags.empty(),
				status((status) -> status.oldestRumorAge().toNanos() / 1e9));
		gauge(registry, GossipMeters.LOCAL_HEALTH, "Local health score, 0 is well", Tags.empty(),
				status(ClusterStatus::localHealth));
		gauge(registry, GossipMeters.VIEW_HASH, "View hash, folded to 32 bits", Tags.empty(),
				(node) -> folded(node.view().hash()));
		gauge(registry, GossipMeters.VIEW_DIVERGENCE, "Share of received view hashes that matched none of ours",
				Tags.empty(), status(ClusterStatus::divergence));
		gauge(registry, GossipMeters.ZONES_UNREACHABLE, "Zones that cannot be reached as a whole", Tags.empty(),
				(node) -> node.view().unreachableZones().size());
		gauge(registry, GossipMeters.SENTINELS_DIVERGENT, "Sentinels that hold another view, or were not heard",
				Tags.empty(), GossipMetrics::sentinelsDivergent);
	}

	private static long sentinelsDivergent(GossipCluster node) {
		if (!(node instanceof NettyGossipCluster netty)) {
			return 0;
		}
		long ownHash = node.view().hash();
		return netty.sentinels()
			.stream()
			.filter((sentinel) -> sentinel.viewHash() == null || sentinel.viewHash() != ownHash)
			.count();
	}

	private void bindEvents(MeterRegistry registry) {
		gauge(registry, GossipMeters.EVENTS_QUEUED, "Membership events that wait for listeners", Tags.empty(),
				(node) -> events(node, EventStatistics::queued));
		count(registry, GossipMeters.EVENTS_COALESCED, "Membership events merged because listeners were too slow",
				Tags.empty(), (self) -> events(self.cluster, EventStatistics::coalesced));
		count(registry, GossipMeters.LISTENER_ERRORS, "Exceptions thrown by membership listeners", Tags.empty(),
				(self) -> events(self.cluster, EventStatistics::listenerErrors));
	}

	private void count(MeterRegistry registry, GossipMeters meter, String description, Tags own,
			ToDoubleFunction<GossipMetrics> value) {
		FunctionCounter.builder(meter.getName(), this, value)
			.description(description)
			.baseUnit(meter.getBaseUnit())
			.tags(this.tags.and(own))
			.register(registry);
	}

	private void gauge(MeterRegistry registry, GossipMeters meter, String description, Tags own,
			ToDoubleFunction<GossipCluster> value) {
		Gauge.builder(meter.getName(), this, (self) -> {
			GossipCluster watched = self.cluster;
			return (watched != null) ? value.applyAsDouble(watched) : Double.NaN;
		}).description(description).baseUnit(meter.getBaseUnit()).tags(this.tags.and(own)).register(registry);
	}

	private static ToDoubleFunction<GossipCluster> status(ToDoubleFunction<ClusterStatus> value) {
		return (node) -> value.applyAsDouble(node.status());
	}

	private static long events(@Nullable GossipCluster node, ToLongFunction<EventStatistics> value) {
		return (node instanceof NettyGossipCluster netty) ? value.applyAsLong(netty.eventStatistics()) : 0;
	}

	private static long folded(long hash) {
		return (hash ^ (hash >>> 32)) & 0xFFFFFFFFL;
	}

	private static String label(MemberState state) {
		return (state == MemberState.DEAD) ? "failed" : label((Enum<?>) state);
	}

	private static String label(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	private static <T> T[] appended(T[] array, T last) {
		T[] longer = Arrays.copyOf(array, array.length + 1);
		longer[array.length] = last;
		return longer;
	}

	@Override
	public void onDatagramSent(TrafficClass trafficClass, int length) {
		add(trafficClass.ordinal(), length);
	}

	@Override
	public void onFrameSent(TrafficClass trafficClass, int length) {
		add(trafficClass.ordinal(), length);
	}

	@Override
	public void onDatagramReceived(int length) {
		add(RECEIVED, length);
	}

	@Override
	public void onFrameReceived(int length) {
		add(RECEIVED, length);
	}

	private void add(int index, int length) {
		this.messages.incrementAndGet(index);
		this.bytes.addAndGet(index, length);
	}

	@Override
	public void onDropped(DropReason reason) {
		this.drops.incrementAndGet(reason.ordinal());
	}

	@Override
	public void onProbe(ProbeOutcome outcome, long roundTripNanos) {
		long nanos = (outcome == ProbeOutcome.TIMEOUT) ? 0 : Math.max(0, roundTripNanos);
		for (Timer[] timers : this.probeTimers) {
			timers[outcome.ordinal()].record(nanos, TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public void onRumorHeard(long ageNanos) {
		for (Timer timer : this.convergenceTimers) {
			timer.record(Math.max(0, ageNanos), TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public void onSuspicionStarted(Member subject) {
		this.suspicions.incrementAndGet();
	}

	@Override
	public void onSuspicionRefuted(Member subject) {
		this.suspicionsRefuted.incrementAndGet();
	}

	@Override
	public void onFailure(Member subject) {
		this.failures.incrementAndGet();
	}

	@Override
	public void onSelfRefuted(int incarnation) {
		this.selfRefutations.incrementAndGet();
	}

	@Override
	public void onRumorDuplicate() {
		this.rumorsDuplicate.incrementAndGet();
	}

	@Override
	public void onMessageSent(GossipMessage.Kind kind, int bytes) {
		this.messagesSent.incrementAndGet();
	}

	@Override
	public void onMessageReceived(GossipMessage.Kind kind, int bytes) {
		this.messagesReceived.incrementAndGet();
	}

	@Override
	public void onMessageDuplicate() {
		this.messagesDuplicate.incrementAndGet();
	}

	@Override
	public void onSyncStarted() {
		this.syncs.incrementAndGet();
	}

	@Override
	public void onJoinAttempt(int attempt, long retryDelayNanos) {
		this.joinAttempts.incrementAndGet();
	}

	@Override
	public void onIdentityConflict(Member self, Address rival) {
		this.identityConflicts.incrementAndGet();
	}

	@Override
	public void onStall(long stallNanos) {
		for (Timer timer : this.stallTimers) {
			timer.record(Math.max(0, stallNanos), TimeUnit.NANOSECONDS);
		}
	}

}
