/**
 * Keeps the nodes of tests apart from real clusters. Only the Spring TestContext
 * Framework looks into it; {@code spring-test} is optional.
 */
@NullMarked
package io.gossip.boot.autoconfigure.test;

import org.jspecify.annotations.NullMarked;
