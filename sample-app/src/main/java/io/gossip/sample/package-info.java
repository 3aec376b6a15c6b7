/**
 * An application that is a node of a cluster, and a demo of three of them in one JVM.
 *
 * <p>
 * {@code SampleApplication}, {@code MembershipLogger}, {@code application.yml} and, for
 * calls by the name of a service, {@code QuoteClientConfiguration}, {@code QuoteClient}
 * and {@code QuoteController} are the part to copy. {@code ClusterDemo} and the classes
 * named {@code Demo...} tell a story on a terminal and are of no use elsewhere. May use
 * {@code io.gossip}, Spring and the JDK; never {@code io.gossip.protocol} or
 * {@code io.gossip.netty}.
 */
@NullMarked
package io.gossip.sample;

import org.jspecify.annotations.NullMarked;
