/**
 * The {@code /actuator/gossip} endpoint: the members as this node knows them. Uses
 * {@code io.gossip}, {@code io.gossip.netty}, the {@code context} package and Spring
 * Boot's actuator, which is optional.
 */
@NullMarked
package io.gossip.boot.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
