/**
 * Failure detection: probes, helpers, local health and suspicion (SWIM, section 3;
 * Lifeguard, section IV). Uses {@code io.gossip}, {@code io.gossip.protocol}, the wire,
 * the membership and the peers.
 */
@NullMarked
package io.gossip.protocol.probe;

import org.jspecify.annotations.NullMarked;
