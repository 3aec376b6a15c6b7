/**
 * The meters of a node, in the registry of the application. Uses
 * {@code io.gossip.micrometer}; Micrometer's auto-configuration is optional.
 */
@NullMarked
package io.gossip.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
