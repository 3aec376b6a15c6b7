/**
 * What ties a node to an application context: when it starts and stops, and how its
 * events become application events. Uses {@code io.gossip} and Spring's context only.
 */
@NullMarked
package io.gossip.boot.autoconfigure.context;

import org.jspecify.annotations.NullMarked;
