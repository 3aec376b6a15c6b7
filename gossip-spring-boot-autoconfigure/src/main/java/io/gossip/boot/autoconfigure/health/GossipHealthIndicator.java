package io.gossip.boot.autoconfigure.health;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.gossip.ClusterStatus;
import io.gossip.ClusterView;
import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.MemberState;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * A {@link HealthIndicator} of a gossip node. It is DOWN only where the node itself is
 * dead or refused, and OUT_OF_SERVICE where it goes or is not started. A node that sees
 * nobody is UP, and the details say so: a network partition must not take every instance
 * out of service.
 */
public class GossipHealthIndicator extends AbstractHealthIndicator {

	/** How many names of members a detail shows; all of them are in the endpoint. */
	static final int NAMES_MAX = 20;

	private final GossipCluster cluster;

	private final String clusterName;

	/**
	 * An indicator.
	 * @param cluster the node
	 * @param config its settings
	 */
	public GossipHealthIndicator(GossipCluster cluster, GossipConfig config) {
		super("Gossip health check failed");
		this.cluster = cluster;
		this.clusterName = config.node().cluster();
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ClusterStatus status = this.cluster.status();
		decide(builder, status);
		builder.withDetail("cluster", this.clusterName).withDetail("phase", lowerCase(status.phase()));
		switch (status.phase()) {
			case STOPPED -> {
			}
			case FAILED, CONFLICT -> describeNode(builder);
			default -> {
				describeNode(builder);
				describeMembers(builder, this.cluster.view());
				describeCondition(builder, status);
			}
		}
	}

	private static void decide(Health.Builder builder, ClusterStatus status) {
		switch (status.phase()) {
			case JOINING, JOINED -> builder.up();
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

	private static void describeCondition(Health.Builder builder, ClusterStatus status) {
		builder.withDetail("isolated", status.isolated());
		if (status.joinAttempts() > 0) {
			builder.withDetail("joinAttempts", status.joinAttempts());
		}
		builder.withDetail("localHealth", status.localHealth() + " of " + status.localHealthMax())
			.withDetail("divergence", status.divergence());
	}

	private static String lowerCase(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

}
