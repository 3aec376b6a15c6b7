package io.gossip.boot.autoconfigure.endpoint;

import java.util.List;

import io.gossip.ClusterStatus;
import io.gossip.GossipConfig;
import io.gossip.protocol.DropReason;

/**
 * What a class of traffic may send, and how often it had to wait. Probes have no budget:
 * they always go.
 *
 * @param traffic {@code rumor}, {@code message} (of the application), {@code bulk}
 * (comparisons and records) or {@code snapshot} (what joiners are told)
 * @param bytesPerSecond how many bytes it may send in a second; a node that has just
 * joined may send more news and repair
 * @param postponed how often something had to wait for bytes, or was left to others
 */
public record BudgetDescriptor(String traffic, long bytesPerSecond, long postponed) {

	private static final long MESSAGES_FACTOR = 4;

	static List<BudgetDescriptor> of(ClusterStatus status, GossipConfig config) {
		return List.of(
				new BudgetDescriptor("rumor", config.dissemination().bytesPerSecond(),
						drops(status, DropReason.RUMOR_BUDGET)),
				new BudgetDescriptor("message", MESSAGES_FACTOR * config.dissemination().bytesPerSecond(),
						drops(status, DropReason.MESSAGE_BUDGET)),
				new BudgetDescriptor("bulk", config.antiEntropy().bytesPerSecond(),
						drops(status, DropReason.BULK_BUDGET)),
				new BudgetDescriptor("snapshot", config.join().snapshotBytesPerSecond(),
						drops(status, DropReason.SNAPSHOTS_LIMIT)));
	}

	private static long drops(ClusterStatus status, DropReason reason) {
		return status.drops().getOrDefault(reason.label(), 0L);
	}

}
