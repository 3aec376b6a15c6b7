package io.gossip.boot.autoconfigure.health;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.gossip.ClusterPhase;
import io.gossip.ClusterStatus;
import io.gossip.ClusterView;
import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.Zone;
import io.gossip.boot.autoconfigure.GossipProperties;
import io.gossip.boot.autoconfigure.context.SuspicionRate;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * A {@link HealthIndicator} of a gossip node. It is DOWN only where the node itself is
 * dead or refused, and OUT_OF_SERVICE where it comes or goes or is not started. A node
 * that sees nobody, or whose view differs from that of the others, is UP, and the details
 * say so: a network partition must not take every instance out of service. The settings
 * can give such a node another status.
 */
public class GossipHealthIndicator extends AbstractHealthIndicator {

	/** How many names of members a detail shows; all of them are in the endpoint. */
	static final int NAMES_MAX = 20;

	private final GossipCluster cluster;

	private final String clusterName;

	private final GossipProperties.Health settings;

	private final SuspicionRate suspicions;

	private final LastingDivergence divergence;

	/**
	 * An indicator.
	 * @param cluster the node
	 * @param config its settings
	 * @param settings which condition has which status
	 * @param suspicions how many members became suspect of late
	 */
	public GossipHealthIndicator(GossipCluster cluster, GossipConfig config, GossipProperties.Health settings,
			SuspicionRate suspicions) {
		super("Gossip health check failed");
		this.cluster = cluster;
		this.clusterName = config.node().cluster();
		this.settings = settings;
		this.suspicions = suspicions;
		this.divergence = new LastingDivergence(settings.divergenceThreshold(), settings.divergenceDelay(),
				System::nanoTime);
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ClusterStatus status = this.cluster.status();
		boolean isDiverged = this.divergence.isLasting(status.divergence());
		decide(builder, status, isDiverged);
		builder.withDetail("cluster", this.clusterName).withDetail("phase", lowerCase(status.phase()));
		switch (status.phase()) {
			case STOPPED -> {
			}
			case FAILED, CONFLICT -> describeNode(builder);
			default -> {
				describeNode(builder);
				describeMembers(builder, this.cluster.view());
				describeCondition(builder, status);
				builder.withDetail("diverged", isDiverged);
			}
		}
	}

	private void decide(Health.Builder builder, ClusterStatus status, boolean isDiverged) {
		switch (status.phase()) {
			case JOINING, JOINED -> builder.status(statusOfMember(status, isDiverged));
			case STOPPED, LEAVING, LEFT -> builder.outOfService();
			case CONFLICT -> builder.down()
				.withDetail("reason",
						"another live process has the identity of this node; give each a 'gossip.node.name'"
								+ " of its own, or none");
			case FAILED -> {
				builder.down();
				if (status.failure() != null) {
					// as a detail, not as the exception, which would be logged at every
					// check
					builder.withDetail("reason", status.failure().toString());
				}
			}
		}
	}

	/**
	 * A node joins until a seed has answered or the first attempt went by in silence;
	 * from then on it is a cluster of its own that goes on looking.
	 */
	private Status statusOfMember(ClusterStatus status, boolean isDiverged) {
		if (status.phase() == ClusterPhase.JOINING && status.joinAttempts() <= 1) {
			return Status.OUT_OF_SERVICE;
		}
		if (status.isolated()) {
			return new Status(this.settings.isolatedStatus());
		}
		return (isDiverged) ? new Status(this.settings.divergedStatus()) : Status.UP;
	}

	private void describeNode(Health.Builder builder) {
		builder.withDetail("node", this.cluster.localMember().toString());
	}

	private static void describeMembers(Health.Builder builder, ClusterView view) {
		Map<String, Integer> members = new TreeMap<>();
		for (MemberState state : MemberState.values()) {
			members.put(lowerCase(state), view.count(state));
		}
		builder.withDetail("members", members);
		withNames(builder, "suspected", view, MemberState.SUSPECT);
		withNames(builder, "failed", view, MemberState.DEAD);
		if (!view.unreachableZones().isEmpty()) {
			builder.withDetail("unreachableZones",
					view.unreachableZones().stream().map(Zone::name).sorted().limit(NAMES_MAX).toList());
		}
		builder.withDetail("viewHash", String.format(Locale.ROOT, "%016x", view.hash()));
	}

	private static void withNames(Health.Builder builder, String detail, ClusterView view, MemberState state) {
		int count = view.count(state);
		if (count == 0) {
			return;
		}
		List<String> names = view.all()
			.stream()
			.filter((member) -> member.state() == state)
			.map((member) -> member.member().name())
			.sorted()
			.limit(NAMES_MAX)
			.toList();
		builder.withDetail(detail, names);
		if (count > NAMES_MAX) {
			builder.withDetail(detail + "NotShown", count - NAMES_MAX);
		}
	}

	private void describeCondition(Health.Builder builder, ClusterStatus status) {
		builder.withDetail("isolated", status.isolated());
		if (status.rival() != null) {
			builder.withDetail("conflict", "another live process at " + status.rival()
					+ " has the identity of this node; give each a 'gossip.node.name' of its own, or stop one");
		}
		if (status.joinAttempts() > 0) {
			builder.withDetail("joinAttempts", status.joinAttempts());
		}
		builder.withDetail("localHealth", status.localHealth() + " of " + status.localHealthMax())
			.withDetail("suspicionsPerMinute", this.suspicions.perMinute())
			.withDetail("divergence", status.divergence())
			.withDetail("divergentPeers", status.divergentPeers());
	}

	private static String lowerCase(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

}
