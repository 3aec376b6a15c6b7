/**
 * The meters of a node. Uses Micrometer, {@code io.gossip}, {@code io.gossip.protocol}
 * and {@code io.gossip.netty}. Nothing else in this library needs Micrometer, so it may
 * be absent.
 */
@NullMarked
package io.gossip.micrometer;

import org.jspecify.annotations.NullMarked;
