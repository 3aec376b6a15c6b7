/**
 * Keeps the nodes of tests apart from real clusters. Uses {@code spring-test}, which is
 * optional: only the Spring TestContext Framework looks into this package.
 */
@NullMarked
package io.gossip.boot.autoconfigure.test;

import org.jspecify.annotations.NullMarked;
