/**
 * What a node holds of all others: the member table, the order of versions, its own
 * incarnation, the view hash. Uses {@code io.gossip}, {@code io.gossip.protocol} and the
 * wire.
 */
@NullMarked
package io.gossip.protocol.membership;

import org.jspecify.annotations.NullMarked;
