package io.gossip.boot.autoconfigure.endpoint;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.gossip.ClusterPhase;
import io.gossip.ClusterStatus;
import io.gossip.ClusterView;
import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.Member;
import io.gossip.MemberStatus;
import io.gossip.boot.autoconfigure.context.GossipLifecycle;
import io.gossip.boot.autoconfigure.context.SuspicionRate;
import io.gossip.netty.EventStatistics;
import io.gossip.netty.NettyGossipCluster;
import io.gossip.netty.SentinelStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The {@link Endpoint @Endpoint} that shows a cluster as this node knows it, addresses
 * and metadata included. It lets the node leave and rejoin only where
 * {@code management.endpoint.gossip.access} is {@code unrestricted}.
 */
@Endpoint(id = "gossip", defaultAccess = Access.READ_ONLY)
public class GossipEndpoint {

	/** Living members first, then by name; the identity decides among equal names. */
	private static final Comparator<MemberStatus> ORDER = Comparator
		.<MemberStatus, Boolean>comparing((status) -> !status.state().isIn())
		.thenComparing((status) -> status.member().name())
		.thenComparing((status) -> status.member().id());

	private final GossipCluster cluster;

	private final GossipConfig config;

	private final SuspicionRate suspicions;

	private final RecentEvents events;

	private final GossipLifecycle lifecycle;

	/**
	 * An endpoint.
	 * @param cluster the node
	 * @param config its settings
	 * @param suspicions how many members became suspect of late
	 * @param events what has happened of late
	 * @param lifecycle what starts and stops the node
	 */
	public GossipEndpoint(GossipCluster cluster, GossipConfig config, SuspicionRate suspicions, RecentEvents events,
			GossipLifecycle lifecycle) {
		this.cluster = cluster;
		this.config = config;
		this.suspicions = suspicions;
		this.events = events;
		this.lifecycle = lifecycle;
	}

	/** The whole cluster; members that are remembered as dead or left are included. */
	@ReadOperation
	public GossipDescriptor gossip() {
		ClusterView view = this.cluster.view();
		ClusterStatus status = this.cluster.status();
		NettyGossipCluster netty = (this.cluster instanceof NettyGossipCluster ours) ? ours : null;
		EventStatistics statistics = (netty != null) ? netty.eventStatistics() : new EventStatistics(0, 0, 0);
		List<SentinelStatus> sentinels = (netty != null) ? netty.sentinels() : List.of();
		return new GossipDescriptor(node(view), this.config.node().cluster(), GossipDescriptor.hex(view.hash()),
				view.all().stream().sorted(ORDER).map(MemberDescriptor::of).toList(), ZoneDescriptor.of(view),
				StatusDescriptor.of(status, this.suspicions.perMinute()),
				QueuesDescriptor.of(status, statistics, this.config), BudgetDescriptor.of(status, this.config),
				sentinels.stream().map((sentinel) -> SentinelDescriptor.of(sentinel, view.hash())).toList(),
				this.events.newestFirst());
	}

	/**
	 * Lets the node leave the cluster while the application goes on, or starts it anew.
	 * @param action {@code leave} or {@code rejoin}
	 * @return where the node is in its life afterwards
	 */
	@WriteOperation
	public NodeDescriptor change(Action action) {
		switch (action) {
			case LEAVE -> this.lifecycle.leaveOnly();
			case REJOIN -> this.lifecycle.rejoin();
		}
		return node(this.cluster.view());
	}

	/** What a node can be asked to do. */
	public enum Action {

		/** Tell the others that it goes, and be a member no more. */
		LEAVE,

		/** Start anew, as a new instance of the same node. */
		REJOIN

	}

	/**
	 * One member.
	 * @param member its identity or its name
	 * @return the member, null (and so 404) if there is none
	 */
	@ReadOperation
	public @Nullable MemberDescriptor member(@Selector String member) {
		return this.cluster.view()
			.all()
			.stream()
			.filter((status) -> isNamed(status.member(), member))
			.min(ORDER)
			.map(MemberDescriptor::of)
			.orElse(null);
	}

	private static boolean isNamed(Member member, String idOrName) {
		return member.id().toString().equalsIgnoreCase(idOrName) || member.name().equals(idOrName);
	}

	private NodeDescriptor node(ClusterView view) {
		ClusterPhase phase = this.cluster.status().phase();
		if (phase == ClusterPhase.STOPPED) {
			// it may never have been started, and then it is nobody yet
			return NodeDescriptor.stopped();
		}
		Member self = this.cluster.localMember();
		Optional<MemberStatus> status = view.find(self.id());
		return NodeDescriptor.of(self, status.map(MemberStatus::incarnation).orElse(null), phase);
	}

}
