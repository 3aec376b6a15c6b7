/**
 * The vocabulary of cluster membership: what applications import, and nothing of how it
 * works. It uses the JDK only; every other package may use it.
 */
@NullMarked
package io.gossip;

import org.jspecify.annotations.NullMarked;
