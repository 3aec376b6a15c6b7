package io.gossip.simulator;

/**
 * An input that waits for a process that is paused or slow.
 *
 * @param kind what it is
 * @param argument as in the event
 * @param packet the packet, or none
 * @param value as in the event
 */
record Input(EventKind kind, int argument, int packet, long value) {
}
