/**
 * The members as Spring Cloud's services: discovery, registration, and a load balancer
 * that forgets who is gone at once. Uses {@code io.gossip}, the {@code context} package
 * and Spring Cloud Commons, which is optional, as is its load balancer.
 */
@NullMarked
package io.gossip.boot.autoconfigure.cloud;

import org.jspecify.annotations.NullMarked;
