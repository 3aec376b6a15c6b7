/**
 * Whom to talk to: the order of probes and random peers. Uses {@code io.gossip},
 * {@code io.gossip.protocol}, the wire and the membership.
 */
@NullMarked
package io.gossip.protocol.peer;

import org.jspecify.annotations.NullMarked;
