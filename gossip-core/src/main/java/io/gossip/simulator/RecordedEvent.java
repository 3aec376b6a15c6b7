package io.gossip.simulator;

import java.time.Duration;

import io.gossip.MembershipEvent;

/**
 * A membership event as a node of the world emitted it.
 *
 * @param at the virtual time
 * @param event the event
 */
public record RecordedEvent(Duration at, MembershipEvent event) {
}
