package io.gossip.boot.autoconfigure.endpoint;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.gossip.ClusterPhase;
import io.gossip.ClusterView;
import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.Member;
import io.gossip.MemberStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * The {@link Endpoint @Endpoint} that shows a cluster as this node knows it. It shows
 * addresses and metadata, and takes no request to change anything.
 */
@Endpoint(id = "gossip")
public class GossipEndpoint {

	/** Living members first, then by name; the identity decides among equal names. */
	private static final Comparator<MemberStatus> ORDER = Comparator
		.<MemberStatus, Boolean>comparing((status) -> !status.state().isIn())
		.thenComparing((status) -> status.member().name())
		.thenComparing((status) -> status.member().id());

	private final GossipCluster cluster;

	private final String clusterName;

	/**
	 * An endpoint.
	 * @param cluster the node
	 * @param config its settings
	 */
	public GossipEndpoint(GossipCluster cluster, GossipConfig config) {
		this.cluster = cluster;
		this.clusterName = config.node().cluster();
	}

	/** The whole cluster; members that are remembered as dead or left are included. */
	@ReadOperation
	public GossipDescriptor gossip() {
		ClusterView view = this.cluster.view();
		List<MemberDescriptor> members = view.all().stream().sorted(ORDER).map(MemberDescriptor::of).toList();
		return new GossipDescriptor(node(view), this.clusterName, GossipDescriptor.hex(view.hash()), members,
				StatusDescriptor.of(this.cluster.status()));
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
