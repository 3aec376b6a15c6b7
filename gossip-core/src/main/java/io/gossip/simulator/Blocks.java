package io.gossip.simulator;

import java.time.Duration;

/**
 * Which members are put out of action again and again.
 *
 * @param members how many members
 * @param blocked how long each time
 * @param interval how long they are well in between
 */
record Blocks(int members, Duration blocked, Duration interval) {
}
