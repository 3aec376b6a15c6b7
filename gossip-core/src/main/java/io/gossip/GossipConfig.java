package io.gossip;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The settings of a node, immutable and validated: one nested record a concern, each with
 * its {@code DEFAULTS} and, for every component, a {@code with} method.
 *
 * @param node who the node is
 * @param transport sockets and sizes
 * @param join how the node finds the cluster
 * @param failureDetection how absence is noticed
 * @param dissemination how news spreads
 * @param antiEntropy how missed news is found
 * @param healing how a cut is overcome
 * @param leave how the node goes
 * @param limits what is bounded, and by how much
 */
public record GossipConfig(Node node, Transport transport, Join join, FailureDetection failureDetection,
		Dissemination dissemination, AntiEntropy antiEntropy, Healing healing, Leave leave, Limits limits) {

	/**
	 * The settings, or a {@link GossipException.InvalidSetting} if one breaks its rule.
	 */
	public GossipConfig {
		GossipConfigRules.check(node, transport, join, failureDetection, dissemination, antiEntropy, healing, leave,
				limits);
	}

	/** The settings that suit a local network. */
	public static GossipConfig defaults() {
		return builder().build();
	}

	/** A builder that starts from the defaults. */
	public static Builder builder() {
		return new Builder();
	}

	/** A builder that starts from these settings. */
	public Builder toBuilder() {
		Builder builder = new Builder();
		builder.node = this.node;
		builder.transport = this.transport;
		builder.join = this.join;
		builder.failureDetection = this.failureDetection;
		builder.dissemination = this.dissemination;
		builder.antiEntropy = this.antiEntropy;
		builder.healing = this.healing;
		builder.leave = this.leave;
		builder.limits = this.limits;
		return builder;
	}

	/**
	 * Who the node is.
	 *
	 * @param cluster the name of the cluster; packets of another are dropped
	 * @param name the name of the node, unique in the cluster and stable over restarts;
	 * null for a random identity
	 * @param zone the failure domain
	 * @param metadata what the node publishes to all others
	 */
	public record Node(String cluster, @Nullable String name, Zone zone, SortedMap<String, String> metadata) {

		public static final Node DEFAULTS = new Node("default", null, Zone.NONE, Collections.emptySortedMap());

		/** The settings, with a copy of the metadata. */
		public Node {
			metadata = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, String>) metadata));
		}

		public Node withCluster(String cluster) {
			return new Node(cluster, this.name, this.zone, this.metadata);
		}

		public Node withName(@Nullable String name) {
			return new Node(this.cluster, name, this.zone, this.metadata);
		}

		public Node withZone(Zone zone) {
			return new Node(this.cluster, this.name, zone, this.metadata);
		}

		public Node withMetadata(SortedMap<String, String> metadata) {
			return new Node(this.cluster, this.name, this.zone, metadata);
		}

	}

	/**
	 * Sockets and sizes.
	 *
	 * @param bindAddress the address to listen on, a literal or a name of this host
	 * @param port the UDP and TCP port, 0 for any that is free
	 * @param portRange how many consecutive ports to try, from {@code port} on
	 * @param advertiseAddress the address that others reach; null to find one
	 * @param advertisePort the port that others reach this node at, 0 for the bound one
	 * @param datagramBudgetBytes the largest UDP payload to send, 576 to 8192 bytes
	 * @param frameBytesMax the largest frame on a stream, 4 KiB to 1 MiB
	 * @param connectionsMax the most streams open at once, in and out together
	 * @param connectTimeout how long a stream may take to connect
	 * @param idleTimeout how long an unused stream is kept
	 */
	public record Transport(String bindAddress, int port, int portRange, @Nullable String advertiseAddress,
			int advertisePort, int datagramBudgetBytes, int frameBytesMax, int connectionsMax, Duration connectTimeout,
			Duration idleTimeout) {

		public static final Transport DEFAULTS = new Transport("0.0.0.0", 7946, 1, null, 0, 1400, 65536, 256,
				Duration.ofSeconds(2), Duration.ofSeconds(15));

		public Transport withBindAddress(String bindAddress) {
			return new Transport(bindAddress, this.port, this.portRange, this.advertiseAddress, this.advertisePort,
					this.datagramBudgetBytes, this.frameBytesMax, this.connectionsMax, this.connectTimeout,
					this.idleTimeout);
		}

		public Transport withPort(int port) {
			return new Transport(this.bindAddress, port, this.portRange, this.advertiseAddress, this.advertisePort,
					this.datagramBudgetBytes, this.frameBytesMax, this.connectionsMax, this.connectTimeout,
					this.idleTimeout);
		}

		public Transport withPortRange(int portRange) {
			return new Transport(this.bindAddress, this.port, portRange, this.advertiseAddress, this.advertisePort,
					this.datagramBudgetBytes, this.frameBytesMax, this.connectionsMax, this.connectTimeout,
					this.idleTimeout);
		}

		public Transport withAdvertiseAddress(@Nullable String advertiseAddress) {
			return new Transport(this.bindAddress, this.port, this.portRange, advertiseAddress, this.advertisePort,
					this.datagramBudgetBytes, this.frameBytesMax, this.connectionsMax, this.connectTimeout,
					this.idleTimeout);
		}

		public Transport withAdvertisePort(int advertisePort) {
			return new Transport(this.bindAddress, this.port, this.portRange, this.advertiseAddress, advertisePort,
					this.datagramBudgetBytes, this.frameBytesMax, this.connectionsMax, this.connectTimeout,
					this.idleTimeout);
		}

		public Transport withDatagramBudgetBytes(int datagramBudgetBytes) {
			return new Transport(this.bindAddress, this.port, this.portRange, this.advertiseAddress, this.advertisePort,
					datagramBudgetBytes, this.frameBytesMax, this.connectionsMax, this.connectTimeout,
					this.idleTimeout);
		}

		public Transport withFrameBytesMax(int frameBytesMax) {
			return new Transport(this.bindAddress, this.port, this.portRange, this.advertiseAddress, this.advertisePort,
					this.datagramBudgetBytes, frameBytesMax, this.connectionsMax, this.connectTimeout,
					this.idleTimeout);
		}

		public Transport withConnectionsMax(int connectionsMax) {
			return new Transport(this.bindAddress, this.port, this.portRange, this.advertiseAddress, this.advertisePort,
					this.datagramBudgetBytes, this.frameBytesMax, connectionsMax, this.connectTimeout,
					this.idleTimeout);
		}

		public Transport withConnectTimeout(Duration connectTimeout) {
			return new Transport(this.bindAddress, this.port, this.portRange, this.advertiseAddress, this.advertisePort,
					this.datagramBudgetBytes, this.frameBytesMax, this.connectionsMax, connectTimeout,
					this.idleTimeout);
		}

		public Transport withIdleTimeout(Duration idleTimeout) {
			return new Transport(this.bindAddress, this.port, this.portRange, this.advertiseAddress, this.advertisePort,
					this.datagramBudgetBytes, this.frameBytesMax, this.connectionsMax, this.connectTimeout,
					idleTimeout);
		}

	}

	/**
	 * How the node finds the cluster.
	 *
	 * @param retryInitial the first pause between attempts
	 * @param retryMax the longest pause between attempts; they never end
	 * @param attemptTimeout how long an attempt waits for an answer
	 */
	public record Join(Duration retryInitial, Duration retryMax, Duration attemptTimeout) {

		public static final Join DEFAULTS = new Join(Duration.ofMillis(500), Duration.ofSeconds(30),
				Duration.ofSeconds(3));

		public Join withRetryInitial(Duration retryInitial) {
			return new Join(retryInitial, this.retryMax, this.attemptTimeout);
		}

		public Join withRetryMax(Duration retryMax) {
			return new Join(this.retryInitial, retryMax, this.attemptTimeout);
		}

		public Join withAttemptTimeout(Duration attemptTimeout) {
			return new Join(this.retryInitial, this.retryMax, attemptTimeout);
		}

	}

	/**
	 * How absence is noticed.
	 *
	 * @param probeInterval the time between two probes of a node, 10 ms or more
	 * @param probeTimeout the wait before helpers are asked, less than the interval
	 * @param indirectProbes how many helpers are asked, 0 to 16
	 * @param toleratedPause a member that stalls for less is not declared dead
	 * @param suspicionFactorMax the longest suspicion over the shortest, 1 to 100
	 * @param suspicionConfirmations how many accusers make it the shortest, 0 to 8
	 * @param localHealthMax the worst local health, which slows probes; 0 (off) to 32
	 */
	public record FailureDetection(Duration probeInterval, Duration probeTimeout, int indirectProbes,
			Duration toleratedPause, int suspicionFactorMax, int suspicionConfirmations, int localHealthMax) {

		public static final FailureDetection DEFAULTS = new FailureDetection(Duration.ofSeconds(1),
				Duration.ofMillis(500), 3, Duration.ofSeconds(2), 6, 3, 8);

		public FailureDetection withProbeInterval(Duration probeInterval) {
			return new FailureDetection(probeInterval, this.probeTimeout, this.indirectProbes, this.toleratedPause,
					this.suspicionFactorMax, this.suspicionConfirmations, this.localHealthMax);
		}

		public FailureDetection withProbeTimeout(Duration probeTimeout) {
			return new FailureDetection(this.probeInterval, probeTimeout, this.indirectProbes, this.toleratedPause,
					this.suspicionFactorMax, this.suspicionConfirmations, this.localHealthMax);
		}

		public FailureDetection withIndirectProbes(int indirectProbes) {
			return new FailureDetection(this.probeInterval, this.probeTimeout, indirectProbes, this.toleratedPause,
					this.suspicionFactorMax, this.suspicionConfirmations, this.localHealthMax);
		}

		public FailureDetection withToleratedPause(Duration toleratedPause) {
			return new FailureDetection(this.probeInterval, this.probeTimeout, this.indirectProbes, toleratedPause,
					this.suspicionFactorMax, this.suspicionConfirmations, this.localHealthMax);
		}

		public FailureDetection withSuspicionFactorMax(int suspicionFactorMax) {
			return new FailureDetection(this.probeInterval, this.probeTimeout, this.indirectProbes, this.toleratedPause,
					suspicionFactorMax, this.suspicionConfirmations, this.localHealthMax);
		}

		public FailureDetection withSuspicionConfirmations(int suspicionConfirmations) {
			return new FailureDetection(this.probeInterval, this.probeTimeout, this.indirectProbes, this.toleratedPause,
					this.suspicionFactorMax, suspicionConfirmations, this.localHealthMax);
		}

		public FailureDetection withLocalHealthMax(int localHealthMax) {
			return new FailureDetection(this.probeInterval, this.probeTimeout, this.indirectProbes, this.toleratedPause,
					this.suspicionFactorMax, this.suspicionConfirmations, localHealthMax);
		}

	}

	/**
	 * How news spreads.
	 *
	 * @param gossipInterval the time between two gossip ticks, 10 ms or more
	 * @param gossipFanout how many random members a tick sends to, 1 to 16
	 * @param eagerFanout how many members hear fresh news at once, 0 to 16
	 * @param eagerDelay how long fresh news waits for company
	 * @param sendsMax how often a node sends one piece of news, 1 to 64
	 */
	public record Dissemination(Duration gossipInterval, int gossipFanout, int eagerFanout, Duration eagerDelay,
			int sendsMax) {

		public static final Dissemination DEFAULTS = new Dissemination(Duration.ofMillis(200), 2, 3,
				Duration.ofMillis(5), 8);

		public Dissemination withGossipInterval(Duration gossipInterval) {
			return new Dissemination(gossipInterval, this.gossipFanout, this.eagerFanout, this.eagerDelay,
					this.sendsMax);
		}

		public Dissemination withGossipFanout(int gossipFanout) {
			return new Dissemination(this.gossipInterval, gossipFanout, this.eagerFanout, this.eagerDelay,
					this.sendsMax);
		}

		public Dissemination withEagerFanout(int eagerFanout) {
			return new Dissemination(this.gossipInterval, this.gossipFanout, eagerFanout, this.eagerDelay,
					this.sendsMax);
		}

		public Dissemination withEagerDelay(Duration eagerDelay) {
			return new Dissemination(this.gossipInterval, this.gossipFanout, this.eagerFanout, eagerDelay,
					this.sendsMax);
		}

		public Dissemination withSendsMax(int sendsMax) {
			return new Dissemination(this.gossipInterval, this.gossipFanout, this.eagerFanout, this.eagerDelay,
					sendsMax);
		}

	}

	/**
	 * How missed news is found.
	 *
	 * @param interval the time between two comparisons with a random member, jittered;
	 * zero switches them off
	 * @param divergenceDelay how long a view hash must differ to be asked about at once
	 */
	public record AntiEntropy(Duration interval, Duration divergenceDelay) {

		public static final AntiEntropy DEFAULTS = new AntiEntropy(Duration.ofSeconds(30), Duration.ofSeconds(2));

		public AntiEntropy withInterval(Duration interval) {
			return new AntiEntropy(interval, this.divergenceDelay);
		}

		public AntiEntropy withDivergenceDelay(Duration divergenceDelay) {
			return new AntiEntropy(this.interval, divergenceDelay);
		}

	}

	/**
	 * How a cut is overcome.
	 *
	 * @param interval the time between two attempts to reach a dead member or a seed
	 * @param retention how long the dead and the departed are remembered
	 */
	public record Healing(Duration interval, Duration retention) {

		public static final Healing DEFAULTS = new Healing(Duration.ofSeconds(10), Duration.ofHours(24));

		public Healing withInterval(Duration interval) {
			return new Healing(interval, this.retention);
		}

		public Healing withRetention(Duration retention) {
			return new Healing(this.interval, retention);
		}

	}

	/**
	 * How the node goes.
	 *
	 * @param timeout how long to wait until somebody has heard
	 */
	public record Leave(Duration timeout) {

		public static final Leave DEFAULTS = new Leave(Duration.ofSeconds(5));

		public Leave withTimeout(Duration timeout) {
			return new Leave(timeout);
		}

	}

	/**
	 * What is bounded, and by how much.
	 *
	 * @param membersMax the most members and tombstones in the table
	 * @param rumorsMax the most pieces of news waiting to be sent
	 * @param tombstonesMax the most dead and departed members remembered
	 * @param metadataBytesMax the largest encoded metadata of a member
	 * @param suspicionsMax the most suspicions that run at once
	 * @param correctionsPerSecond the most stale speakers told so in a second
	 * @param eventQueueMax the most events that wait for listeners uncoalesced
	 */
	public record Limits(int membersMax, int rumorsMax, int tombstonesMax, int metadataBytesMax, int suspicionsMax,
			int correctionsPerSecond, int eventQueueMax) {

		public static final Limits DEFAULTS = new Limits(20_000, 4_096, 2_048, 4_096, 4_096, 100, 10_000);

		public Limits withMembersMax(int membersMax) {
			return new Limits(membersMax, this.rumorsMax, this.tombstonesMax, this.metadataBytesMax, this.suspicionsMax,
					this.correctionsPerSecond, this.eventQueueMax);
		}

		public Limits withRumorsMax(int rumorsMax) {
			return new Limits(this.membersMax, rumorsMax, this.tombstonesMax, this.metadataBytesMax, this.suspicionsMax,
					this.correctionsPerSecond, this.eventQueueMax);
		}

		public Limits withTombstonesMax(int tombstonesMax) {
			return new Limits(this.membersMax, this.rumorsMax, tombstonesMax, this.metadataBytesMax, this.suspicionsMax,
					this.correctionsPerSecond, this.eventQueueMax);
		}

		public Limits withMetadataBytesMax(int metadataBytesMax) {
			return new Limits(this.membersMax, this.rumorsMax, this.tombstonesMax, metadataBytesMax, this.suspicionsMax,
					this.correctionsPerSecond, this.eventQueueMax);
		}

		public Limits withSuspicionsMax(int suspicionsMax) {
			return new Limits(this.membersMax, this.rumorsMax, this.tombstonesMax, this.metadataBytesMax, suspicionsMax,
					this.correctionsPerSecond, this.eventQueueMax);
		}

		public Limits withCorrectionsPerSecond(int correctionsPerSecond) {
			return new Limits(this.membersMax, this.rumorsMax, this.tombstonesMax, this.metadataBytesMax,
					this.suspicionsMax, correctionsPerSecond, this.eventQueueMax);
		}

		public Limits withEventQueueMax(int eventQueueMax) {
			return new Limits(this.membersMax, this.rumorsMax, this.tombstonesMax, this.metadataBytesMax,
					this.suspicionsMax, this.correctionsPerSecond, eventQueueMax);
		}

	}

	/** A collector of settings: a function gets those so far and gives the new ones. */
	public static final class Builder {

		private Node node = Node.DEFAULTS;

		private Transport transport = Transport.DEFAULTS;

		private Join join = Join.DEFAULTS;

		private FailureDetection failureDetection = FailureDetection.DEFAULTS;

		private Dissemination dissemination = Dissemination.DEFAULTS;

		private AntiEntropy antiEntropy = AntiEntropy.DEFAULTS;

		private Healing healing = Healing.DEFAULTS;

		private Leave leave = Leave.DEFAULTS;

		private Limits limits = Limits.DEFAULTS;

		private Builder() {
		}

		/** Changes {@link GossipConfig#node()}. */
		public Builder node(UnaryOperator<Node> change) {
			this.node = change.apply(this.node);
			return this;
		}

		/** Changes {@link GossipConfig#transport()}. */
		public Builder transport(UnaryOperator<Transport> change) {
			this.transport = change.apply(this.transport);
			return this;
		}

		/** Changes {@link GossipConfig#join()}. */
		public Builder join(UnaryOperator<Join> change) {
			this.join = change.apply(this.join);
			return this;
		}

		/** Changes {@link GossipConfig#failureDetection()}. */
		public Builder failureDetection(UnaryOperator<FailureDetection> change) {
			this.failureDetection = change.apply(this.failureDetection);
			return this;
		}

		/** Changes {@link GossipConfig#dissemination()}. */
		public Builder dissemination(UnaryOperator<Dissemination> change) {
			this.dissemination = change.apply(this.dissemination);
			return this;
		}

		/** Changes {@link GossipConfig#antiEntropy()}. */
		public Builder antiEntropy(UnaryOperator<AntiEntropy> change) {
			this.antiEntropy = change.apply(this.antiEntropy);
			return this;
		}

		/** Changes {@link GossipConfig#healing()}. */
		public Builder healing(UnaryOperator<Healing> change) {
			this.healing = change.apply(this.healing);
			return this;
		}

		/** Changes {@link GossipConfig#leave()}. */
		public Builder leave(UnaryOperator<Leave> change) {
			this.leave = change.apply(this.leave);
			return this;
		}

		/** Changes {@link GossipConfig#limits()}. */
		public Builder limits(UnaryOperator<Limits> change) {
			this.limits = change.apply(this.limits);
			return this;
		}

		/** The settings, checked as in {@link GossipConfig}. */
		public GossipConfig build() {
			return new GossipConfig(this.node, this.transport, this.join, this.failureDetection, this.dissemination,
					this.antiEntropy, this.healing, this.leave, this.limits);
		}

	}

}
