/**
 * The bytes: bounds-checked cursors, message types, the decoder that validates a packet
 * whole before it calls the typed methods of a handler, and the encoder. Uses
 * {@code io.gossip} and {@code io.gossip.protocol}. The format is described in
 * PROTOCOL.md.
 */
@NullMarked
package io.gossip.protocol.wire;

import org.jspecify.annotations.NullMarked;
