/**
 * The health of a node, for {@code /actuator/health}. Uses {@code io.gossip} and Spring
 * Boot's health module, which is optional.
 */
@NullMarked
package io.gossip.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
