package io.gossip.boot.autoconfigure.endpoint;

import java.util.Map;

import io.gossip.ClusterStatus;
import org.jspecify.annotations.Nullable;

/**
 * How the protocol is doing on this node.
 *
 * @param isolated whether it was given seeds and yet sees nobody else
 * @param joinAttempts how many times it has asked the seeds since it last saw anybody
 * @param localHealth the local health score, 0 is well
 * @param localHealthMax the worst local health score
 * @param divergence the share of the last view hashes received that matched none of ours
 * @param divergentPeers how many members sent those that matched none
 * @param suspicionsPerMinute how many times a member became suspect here within the last
 * minute
 * @param suspicions how many times a member became suspect here
 * @param suspicionsRefuted how many of these were refuted
 * @param failures how many members were declared dead here
 * @param drops how many inputs were dropped, by reason
 * @param rival where another live process with the identity of this node answers, null if
 * there is none
 * @param failure why the node has ended, null while it has not
 */
public record StatusDescriptor(boolean isolated, int joinAttempts, int localHealth, int localHealthMax,
		double divergence, int divergentPeers, int suspicionsPerMinute, long suspicions, long suspicionsRefuted,
		long failures, Map<String, Long> drops, @Nullable String rival, @Nullable String failure) {

	static StatusDescriptor of(ClusterStatus status, int suspicionsPerMinute) {
		return new StatusDescriptor(status.isolated(), status.joinAttempts(), status.localHealth(),
				status.localHealthMax(), status.divergence(), status.divergentPeers(), suspicionsPerMinute,
				status.suspicions(), status.suspicionsRefuted(), status.failures(), status.drops(),
				(status.rival() != null) ? status.rival().toString() : null,
				(status.failure() != null) ? status.failure().toString() : null);
	}

}
