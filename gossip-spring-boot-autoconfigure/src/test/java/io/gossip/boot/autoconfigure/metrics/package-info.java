/** What the {@code metrics} package promises. */
@NullMarked
package io.gossip.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
