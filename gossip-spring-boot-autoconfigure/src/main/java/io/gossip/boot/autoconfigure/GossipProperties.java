package io.gossip.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.gossip.AntiEntropyMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the node as {@code gossip.*} properties. Every name below
 * {@code gossip.} is the name of the setting in {@link io.gossip.GossipConfig}, and every
 * default is the one there.
 *
 * @param enabled Whether to start a gossip node with the application.
 * @param cluster Name of the cluster. Packets of other clusters are dropped.
 * @param seeds Members to join through, each as host:port, host, [ipv6]:port or, for the
 * SRV records of a full domain name, as srv:_gossip._udp.example.org. A node without
 * seeds waits for others to join it.
 * @param seedsFile File that names further seeds, one a line. It is read again at every
 * attempt and need not be there yet.
 * @param node Who the node is.
 * @param transport Sockets and sizes.
 * @param join How the node finds the cluster.
 * @param failureDetection How absence is noticed.
 * @param dissemination How news spreads.
 * @param antiEntropy How missed news is found.
 * @param healing How a cut is overcome.
 * @param leave How the node goes.
 * @param limits What is bounded, and by how much.
 * @param discovery What Spring Cloud gets of the members.
 * @param health What is told of the node's health.
 * @param endpoint What the endpoint keeps.
 * @param sentinels Names of members whose view hash is compared with that of this node,
 * such as the load balancers.
 */
@ConfigurationProperties("gossip")
public record GossipProperties(@DefaultValue("true") boolean enabled, @DefaultValue("default") String cluster,
		@DefaultValue List<String> seeds, @Nullable String seedsFile, @DefaultValue Node node,
		@DefaultValue Transport transport, @DefaultValue Join join, @DefaultValue FailureDetection failureDetection,
		@DefaultValue Dissemination dissemination, @DefaultValue AntiEntropy antiEntropy, @DefaultValue Healing healing,
		@DefaultValue Leave leave, @DefaultValue Limits limits, @DefaultValue Discovery discovery,
		@DefaultValue Health health, @DefaultValue Endpoint endpoint, @DefaultValue List<String> sentinels) {

	/**
	 * Who the node is.
	 *
	 * @param name Name of the node, unique in the cluster and stable over restarts. A
	 * random identity for each start of the application if not set.
	 * @param zone Failure domain that the node is in, such as an availability zone.
	 * @param metadata Keys and values that the node publishes to all other members.
	 * 'service' and 'http.port' are added unless given here.
	 * @param stateDirectory Directory in which a node with a name keeps its versions, so
	 * that the others believe it at once after a restart. It learns them from the others
	 * if not set.
	 */
	public record Node(@Nullable String name, @DefaultValue("") String zone, @DefaultValue Map<String, String> metadata,
			@Nullable String stateDirectory) {
	}

	/**
	 * Sockets and sizes.
	 *
	 * @param bindAddress Address to listen on.
	 * @param port Port to listen on, UDP and TCP, or 0 for any that is free. The first
	 * free one of 7946 to 7955 if not set.
	 * @param portRange Number of consecutive ports to try, from the port on. 10 if no
	 * port is set, otherwise 1.
	 * @param advertiseAddress Address that the others reach this node at. Found by itself
	 * if not set.
	 * @param advertisePort Port that the others reach this node at, or 0 for the one that
	 * it listens on.
	 * @param datagramBudgetBytes Largest datagram payload to send. A number without a
	 * unit is in bytes.
	 * @param frameBytesMax Largest frame on a stream. A number without a unit is in
	 * bytes.
	 * @param connectionsMax Most streams open at once, in and out together.
	 * @param connectTimeout Time that a stream may take to connect.
	 * @param idleTimeout Time that an unused stream is kept.
	 */
	public record Transport(@DefaultValue("0.0.0.0") String bindAddress, @Nullable Integer port,
			@Nullable Integer portRange, @Nullable String advertiseAddress, @DefaultValue("0") int advertisePort,
			@DefaultValue("1400B") DataSize datagramBudgetBytes, @DefaultValue("64KB") DataSize frameBytesMax,
			@DefaultValue("256") int connectionsMax, @DefaultValue("2s") Duration connectTimeout,
			@DefaultValue("15s") Duration idleTimeout) {
	}

	/**
	 * How the node finds the cluster.
	 *
	 * @param retryInitial First pause between two attempts to reach a seed.
	 * @param retryMax Longest pause between two attempts to reach a seed. They never end.
	 * @param attemptTimeout Time that an attempt waits for an answer.
	 * @param snapshotBytesPerSecond Most that the node tells joiners in a second when it
	 * is their seed, and four times what it does when a busy seed has named it; as much
	 * as all members take where that is more. A number without a unit is in bytes.
	 * @param required Whether the application fails to start where the node does not
	 * join.
	 * @param timeout Time that a node that is required to join may take for it.
	 */
	public record Join(@DefaultValue("500ms") Duration retryInitial, @DefaultValue("30s") Duration retryMax,
			@DefaultValue("3s") Duration attemptTimeout, @DefaultValue("512KB") DataSize snapshotBytesPerSecond,
			@DefaultValue("false") boolean required, @DefaultValue("30s") Duration timeout) {
	}

	/**
	 * How absence is noticed.
	 *
	 * @param probeInterval Time between two probes.
	 * @param probeTimeout Longest time that a ping may take before helpers are asked, and
	 * the first: later it follows from measured round trips. At most half of the probe
	 * interval.
	 * @param indirectProbes Number of helpers that are asked when a ping is not answered.
	 * @param toleratedPause Stall that a member may have without being declared dead.
	 * @param suspicionFactorMax Number of times the minimum suspicion that an unconfirmed
	 * one lasts.
	 * @param suspicionConfirmations Number of independent accusers that shorten a
	 * suspicion to its minimum.
	 * @param localHealthMax Worst local health score, by which probes slow down. 0
	 * switches it off.
	 * @param zoneUnreachableTimeout Time that the members of another zone which is cut
	 * off as a whole are not declared dead. 0 treats them one by one.
	 * @param announcedPauseMax Longest time that a member which has announced a pause is
	 * waited for. 0 ignores announcements.
	 */
	public record FailureDetection(@DefaultValue("1s") Duration probeInterval,
			@DefaultValue("500ms") Duration probeTimeout, @DefaultValue("3") int indirectProbes,
			@DefaultValue("2s") Duration toleratedPause, @DefaultValue("6") int suspicionFactorMax,
			@DefaultValue("3") int suspicionConfirmations, @DefaultValue("8") int localHealthMax,
			@DefaultValue("6m") Duration zoneUnreachableTimeout, @DefaultValue("1m") Duration announcedPauseMax) {
	}

	/**
	 * How news spreads.
	 *
	 * @param gossipInterval Time between two gossip ticks.
	 * @param gossipFanout Number of random members that a tick sends to.
	 * @param eagerFanout Number of members that hear fresh news at once.
	 * @param eagerDelay Time that fresh news waits for company.
	 * @param sendsMax Number of times that a node sends one piece of news. 0 switches
	 * rumors and broadcasts off.
	 * @param bytesPerSecond Most bytes of news that a node sends in a second, those on
	 * probes included, which never wait; what is beyond waits. A number without a unit is
	 * in bytes.
	 * @param crossZonePercent Share of the packets of news, in percent, that may go to
	 * members of other zones. 100 if zones do not matter.
	 */
	public record Dissemination(@DefaultValue("200ms") Duration gossipInterval, @DefaultValue("2") int gossipFanout,
			@DefaultValue("3") int eagerFanout, @DefaultValue("5ms") Duration eagerDelay,
			@DefaultValue("8") int sendsMax, @DefaultValue("20KB") DataSize bytesPerSecond,
			@DefaultValue("25") int crossZonePercent) {
	}

	/**
	 * How missed news is found.
	 *
	 * @param interval Time between two comparisons with a random member, jittered. 0
	 * switches them off.
	 * @param divergenceDelay Time that the view hash of a peer must differ before it is
	 * compared with at once; a quarter of it where rumors are switched off.
	 * @param mode Direction of records in the comparisons that this node starts.
	 * @param bytesPerSecond Most bytes of comparisons and single records that a node
	 * sends in a second; what is beyond is left to the next comparison. A number without
	 * a unit is in bytes.
	 */
	public record AntiEntropy(@DefaultValue("30s") Duration interval, @DefaultValue("2s") Duration divergenceDelay,
			@DefaultValue("push-pull") AntiEntropyMode mode, @DefaultValue("8KB") DataSize bytesPerSecond) {
	}

	/**
	 * How a cut is overcome.
	 *
	 * @param interval Time between two attempts to reach a dead member or a seed.
	 * @param retention Time that the dead and the departed are remembered.
	 */
	public record Healing(@DefaultValue("10s") Duration interval, @DefaultValue("24h") Duration retention) {
	}

	/**
	 * How the node goes.
	 *
	 * @param timeout Time to wait, when the application stops, until somebody has heard
	 * that the node leaves.
	 * @param drainDelay Time that a web server serves on after the node has left, so that
	 * requests of those who have not heard yet find it.
	 */
	public record Leave(@DefaultValue("5s") Duration timeout, @DefaultValue("2s") Duration drainDelay) {
	}

	/**
	 * What is bounded, and by how much.
	 *
	 * @param membersMax Most members, the remembered ones included.
	 * @param rumorsMax Most pieces of news waiting to be sent.
	 * @param tombstonesMax Most dead and departed members remembered.
	 * @param metadataBytesMax Largest encoded metadata of this node; up to 6144 bytes are
	 * taken from others. A number without a unit is in bytes.
	 * @param suspicionsMax Most suspicions that run at once.
	 * @param correctionsPerSecond Most stale speakers that are told so in a second.
	 * @param eventQueueMax Most events waiting for listeners before they are coalesced.
	 * @param broadcastsPerSecond Most messages broadcast by this node in a second.
	 * @param messagesMax Most broadcast messages waiting to be passed on.
	 * @param messageQueueMax Most messages waiting for listeners; more are lost.
	 */
	public record Limits(@DefaultValue("20000") int membersMax, @DefaultValue("4096") int rumorsMax,
			@DefaultValue("10000") int tombstonesMax, @DefaultValue("4096B") DataSize metadataBytesMax,
			@DefaultValue("4096") int suspicionsMax, @DefaultValue("100") int correctionsPerSecond,
			@DefaultValue("10000") int eventQueueMax, @DefaultValue("20") int broadcastsPerSecond,
			@DefaultValue("256") int messagesMax, @DefaultValue("1000") int messageQueueMax) {
	}

	/**
	 * What Spring Cloud gets of the members.
	 *
	 * @param enabled Whether members are the instances of Spring Cloud's discovery, its
	 * service registry and its load balancer.
	 */
	public record Discovery(@DefaultValue("true") boolean enabled) {
	}

	/**
	 * What is told of the node's health.
	 *
	 * @param isolatedStatus Status of a node that was given seeds and sees nobody else.
	 * UP unless such a node should get no requests.
	 * @param divergedStatus Status of a node whose view has differed from that of most
	 * others for the divergence delay.
	 * @param divergenceThreshold Share of the view hashes received of late, 0 to 1, that
	 * has to differ for the node to count as diverged.
	 * @param divergenceDelay Time that the views have to differ for the node to count as
	 * diverged, as the health checks see it.
	 */
	public record Health(@DefaultValue("UP") String isolatedStatus, @DefaultValue("UP") String divergedStatus,
			@DefaultValue("0.5") double divergenceThreshold, @DefaultValue("1m") Duration divergenceDelay) {
	}

	/**
	 * What the endpoint keeps.
	 *
	 * @param eventsMax Most membership events that the endpoint remembers, the newest
	 * ones. 0 for none.
	 */
	public record Endpoint(@DefaultValue("100") int eventsMax) {
	}

}
