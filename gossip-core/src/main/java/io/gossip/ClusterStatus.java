package io.gossip;

import java.time.Duration;
import java.util.SortedMap;

import org.jspecify.annotations.Nullable;

/**
 * How a node is doing: a snapshot for health checks and diagnostics.
 *
 * @param phase where the node is in its life
 * @param isolated whether it has been given seeds and yet sees nobody else
 * @param joinAttempts how many times it has asked the seeds since it last saw anybody
 * @param localHealth the local health score: 0 is well, the maximum is worst
 * @param localHealthMax the maximum of the score
 * @param divergence the share (0 to 1) of the last view hashes received that matched none
 * of ours
 * @param divergentPeers how many members sent those that matched none
 * @param rumorsQueued how many pieces of news wait to be sent
 * @param oldestRumorAge how long ago the oldest of the news that is next in turn was
 * made; zero if none waits. More than a few seconds: a budget of bytes holds news up
 * @param messagesQueued how many messages of the application wait to be passed on
 * @param suspicions how many times a member became suspect here, since the start
 * @param suspicionsRefuted how many of these were refuted
 * @param failures how many members were declared dead here, since the start
 * @param drops how many inputs were dropped, by reason, since the start; sorted by name,
 * reasons that never occurred left out
 * @param rival where another live process answers that has the identity of this node;
 * null if none has been heard of for two minutes
 * @param failure why the engine has ended, null while it has not
 */
public record ClusterStatus(ClusterPhase phase, boolean isolated, int joinAttempts, int localHealth, int localHealthMax,
		double divergence, int divergentPeers, int rumorsQueued, Duration oldestRumorAge, int messagesQueued,
		long suspicions, long suspicionsRefuted, long failures, SortedMap<String, Long> drops, @Nullable Address rival,
		@Nullable Throwable failure) {
}
