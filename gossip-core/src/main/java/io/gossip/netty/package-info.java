/**
 * The driver that runs the engine on real sockets and real time. Uses Netty,
 * {@code io.gossip}, {@code io.gossip.protocol} and {@code io.gossip.protocol.engine}
 * (and the interner that the engine is given), the JDK's JNDI for SRV records, and logs
 * through SLF4J.
 *
 * <p>
 * One event loop owns a node: the engine, the streams and all that an
 * {@code EventLoopDriver} holds are touched by its thread only. What other threads see is
 * published through volatile fields. Listeners run on the thread of the
 * {@code EventDispatcher}, name resolution on that of the {@code SeedResolver}, writes to
 * the state directory on that of the {@code StateKeeper}; none of them ever runs on the
 * loop.
 */
@NullMarked
package io.gossip.netty;

import org.jspecify.annotations.NullMarked;
