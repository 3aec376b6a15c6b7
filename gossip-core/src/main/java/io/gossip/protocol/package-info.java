/**
 * The contract between the sans-IO engine and the drivers that run it in real or virtual
 * time. Uses {@code io.gossip} and the JDK only.
 *
 * <p>
 * Seven laws hold in this package and below it:
 * <ol>
 * <li>An input runs to completion and is never re-entered; listeners never run inside a
 * step.</li>
 * <li>Buffers are borrowed both ways: nobody keeps a reference after the call.</li>
 * <li>A packet is validated whole and then applied; a bad one is one counted
 * {@link io.gossip.protocol.DropReason} and changes nothing.</li>
 * <li>Time is {@code long nowNanos}, monotonic, compared by subtraction. No wall clock
 * crosses the wire: ages and versions do.</li>
 * <li>Work per step is bounded; what is left re-arms at now.</li>
 * <li>Order is explicit: slots, arrays, (deadline, sequence) heaps, sorted keys. Nothing
 * iterates a hash collection.</li>
 * <li>Randomness is injected.</li>
 * </ol>
 */
@NullMarked
package io.gossip.protocol;

import org.jspecify.annotations.NullMarked;
