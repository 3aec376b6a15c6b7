package io.gossip.boot.autoconfigure.endpoint;

import io.gossip.ClusterStatus;
import io.gossip.GossipConfig;
import io.gossip.netty.EventStatistics;

/**
 * What waits, and how much of it may.
 *
 * @param rumors how many pieces of news wait to be sent
 * @param rumorsMax how many may
 * @param oldestRumorMillis how long ago the oldest of the news that is next in turn was
 * made
 * @param messages how many messages of the application wait to be passed on
 * @param messagesMax how many may
 * @param events how many membership events wait for listeners
 * @param eventsMax how many may before they are merged
 * @param eventsCoalesced how many were merged into others
 * @param listenerErrors how often a listener has thrown
 * @param datagramBudgetBytes the largest datagram that is sent
 */
public record QueuesDescriptor(int rumors, int rumorsMax, long oldestRumorMillis, int messages, int messagesMax,
		int events, int eventsMax, long eventsCoalesced, long listenerErrors, int datagramBudgetBytes) {

	static QueuesDescriptor of(ClusterStatus status, EventStatistics events, GossipConfig config) {
		return new QueuesDescriptor(status.rumorsQueued(), config.limits().rumorsMax(),
				status.oldestRumorAge().toMillis(), status.messagesQueued(), config.limits().messagesMax(),
				events.queued(), config.limits().eventQueueMax(), events.coalesced(), events.listenerErrors(),
				config.transport().datagramBudgetBytes());
	}

}
