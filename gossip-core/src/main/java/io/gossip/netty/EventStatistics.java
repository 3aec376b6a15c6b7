package io.gossip.netty;

/**
 * How the delivery of events is doing.
 *
 * @param queued how many events wait for the listeners now
 * @param coalesced how many events were merged into others because the listeners were too
 * slow
 * @param listenerErrors how often a listener has thrown
 */
public record EventStatistics(int queued, long coalesced, long listenerErrors) {
}
