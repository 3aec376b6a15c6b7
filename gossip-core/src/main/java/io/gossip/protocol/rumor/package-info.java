/**
 * What to piggyback: news waits here, least sent first, until it was sent often enough.
 * Uses {@code io.gossip}, {@code io.gossip.protocol}, the wire and the membership.
 */
@NullMarked
package io.gossip.protocol.rumor;

import org.jspecify.annotations.NullMarked;
