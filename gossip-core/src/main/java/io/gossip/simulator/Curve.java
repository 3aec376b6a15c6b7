package io.gossip.simulator;

/**
 * How a share grows over time, to be drawn.
 *
 * @param title what grows, over what time
 * @param nanos when each part of the whole was reached
 */
record Curve(String title, Samples nanos) {
}
