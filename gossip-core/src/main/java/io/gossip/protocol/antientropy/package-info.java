/**
 * Repair: the digest tree and the walk down to what differs. Uses {@code io.gossip},
 * {@code io.gossip.protocol}, the wire and the membership.
 */
@NullMarked
package io.gossip.protocol.antientropy;

import org.jspecify.annotations.NullMarked;
