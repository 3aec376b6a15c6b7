/**
 * A gossip node as beans: settings from {@code gossip.*}, the node itself, and the seams
 * by which an application changes either. Uses {@code io.gossip},
 * {@code io.gossip.netty}, the observer seam of {@code io.gossip.protocol} and the
 * {@code context} package.
 */
@NullMarked
package io.gossip.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
