/**
 * The composition: one node of the protocol as a value. Uses every other package of the
 * protocol; drivers use it.
 */
@NullMarked
package io.gossip.protocol.engine;

import org.jspecify.annotations.NullMarked;
