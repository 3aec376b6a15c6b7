/**
 * An application that is a node of a cluster, and a demo of three of them in one JVM.
 *
 * <p>
 * {@code SampleApplication}, {@code MembershipLogger}, the classes named {@code Quote...}
 * and {@code application.yml} are the part to copy. {@code ClusterDemo} and the classes
 * named {@code Demo...} tell a story on a terminal and are of no use elsewhere. May use
 * {@code io.gossip}, Spring and the JDK; never {@code io.gossip.protocol} or
 * {@code io.gossip.netty}.
 */
@NullMarked
package io.gossip.sample;

import org.jspecify.annotations.NullMarked;
