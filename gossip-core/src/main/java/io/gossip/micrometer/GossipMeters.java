package io.gossip.micrometer;

import java.util.Locale;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/** The meters of a node, documented: names, types, units and tags. */
public enum GossipMeters implements MeterDocumentation {

	/** Members known to the node, by state. */
	MEMBERS("gossip.members", Meter.Type.GAUGE, "members", Tags.STATE),

	/** Members that became suspect here. */
	SUSPICIONS("gossip.suspicions", Meter.Type.COUNTER, "suspicions"),

	/** Suspicions that ended because the member showed that it is alive: false alarms. */
	SUSPICIONS_REFUTED("gossip.suspicions.refuted", Meter.Type.COUNTER, "suspicions"),

	/** Members that were declared dead here. */
	FAILURES("gossip.failures", Meter.Type.COUNTER, "failures"),

	/**
	 * Probes, by how they ended; the time is the round trip where there was an answer.
	 */
	PROBE("gossip.probe", Meter.Type.TIMER, null, Tags.OUTCOME),

	/** The age of news when this node first heard it: how fast the cluster converges. */
	CONVERGENCE("gossip.convergence", Meter.Type.TIMER, null),

	/**
	 * Packets, datagrams and frames alike. A received packet may serve several purposes,
	 * so its class is {@code any}.
	 */
	MESSAGES("gossip.messages", Meter.Type.COUNTER, "messages", Tags.DIRECTION, Tags.CLASS),

	/** Bytes of payload, without the headers of IP, UDP and TCP. */
	DATA("gossip.data", Meter.Type.COUNTER, "bytes", Tags.DIRECTION, Tags.CLASS),

	/** Where the node is in its life: 1 for the phase that it is in, 0 for the others. */
	PHASE("gossip.phase", Meter.Type.GAUGE, null, Tags.PHASE),

	/** Pieces of news that wait to be sent. */
	RUMORS_QUEUED("gossip.rumors.queued", Meter.Type.GAUGE, "rumors"),

	/** The age of the oldest news that is next in turn, zero if none waits. */
	RUMORS_OLDEST("gossip.rumors.oldest", Meter.Type.GAUGE, "seconds"),

	/** Inputs that were dropped, and work that was not done, by reason. */
	DROPS("gossip.drops", Meter.Type.COUNTER, "drops", Tags.REASON),

	/** The local health score: 0 is well, more slows this node's accusations down. */
	LOCAL_HEALTH("gossip.local.health", Meter.Type.GAUGE, null),

	/**
	 * The view hash, folded to 32 bits so that a double holds it exactly. Nodes with
	 * equal values hold the same membership.
	 */
	VIEW_HASH("gossip.view.hash", Meter.Type.GAUGE, null),

	/**
	 * The share (0 to 1) of the view hashes received of late that matched none of ours.
	 */
	VIEW_DIVERGENCE("gossip.view.divergence", Meter.Type.GAUGE, null),

	/** Zones that the node cannot reach as a whole. */
	ZONES_UNREACHABLE("gossip.zones.unreachable", Meter.Type.GAUGE, "zones"),

	/**
	 * Sentinels whose last view hash is not that of this node, or that were not heard.
	 */
	SENTINELS_DIVERGENT("gossip.sentinels.divergent", Meter.Type.GAUGE, "sentinels"),

	/** Claims about this node that it has refuted. */
	SELF_REFUTATIONS("gossip.self.refutations", Meter.Type.COUNTER, "refutations"),

	/** News that was heard though it was known already. */
	RUMORS_DUPLICATE("gossip.rumors.duplicate", Meter.Type.COUNTER, "rumors"),

	/** Messages of the application that this node has sent. */
	MESSAGES_SENT("gossip.messages.sent", Meter.Type.COUNTER, "messages"),

	/** Messages of the application that this node has taken. */
	MESSAGES_RECEIVED("gossip.messages.received", Meter.Type.COUNTER, "messages"),

	/** Broadcast messages that were heard though they were known already. */
	MESSAGES_DUPLICATE("gossip.messages.duplicate", Meter.Type.COUNTER, "messages"),

	/** Comparisons of full views that this node has begun. */
	SYNCS("gossip.syncs", Meter.Type.COUNTER, "syncs"),

	/** Attempts to join that no seed has answered. */
	JOIN_ATTEMPTS("gossip.join.attempts", Meter.Type.COUNTER, "attempts"),

	/** Another live process was found to have this node's identity. */
	IDENTITY_CONFLICTS("gossip.identity.conflicts", Meter.Type.COUNTER, "conflicts"),

	/** Times that this process stood still, such as for a garbage collection. */
	STALL("gossip.stall", Meter.Type.TIMER, null),

	/** Membership events that wait for the listeners. */
	EVENTS_QUEUED("gossip.events.queued", Meter.Type.GAUGE, "events"),

	/** Membership events that were merged into others because listeners were too slow. */
	EVENTS_COALESCED("gossip.events.coalesced", Meter.Type.COUNTER, "events"),

	/** Exceptions that membership listeners have thrown. */
	LISTENER_ERRORS("gossip.listener.errors", Meter.Type.COUNTER, "errors");

	private final String meterName;

	private final Meter.Type type;

	private final @Nullable String unit;

	@SuppressWarnings("ImmutableEnumChecker") // never handed out
	private final KeyName[] tags;

	GossipMeters(String meterName, Meter.Type type, @Nullable String unit, KeyName... tags) {
		this.meterName = meterName;
		this.type = type;
		this.unit = unit;
		this.tags = tags;
	}

	@Override
	public String getName() {
		return this.meterName;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.unit;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.tags.clone();
	}

	/** The tags of the meters. None names a member: there may be ten thousand. */
	public enum Tags implements KeyName {

		/** {@code alive}, {@code suspect}, {@code failed} or {@code left}. */
		STATE,

		/** {@code direct}, {@code indirect} or {@code timeout}. */
		OUTCOME,

		/** {@code sent} or {@code received}. */
		DIRECTION,

		/** {@code probe}, {@code rumor}, {@code bulk} or {@code any}. */
		CLASS,

		/** {@code joined}, {@code left}, {@code failed} and so on: a phase of life. */
		PHASE,

		/** Why, such as {@code wrong-cluster}. */
		REASON;

		@Override
		public String asString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
