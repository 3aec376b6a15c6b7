/** What the {@code context} package promises. */
@NullMarked
package io.gossip.boot.autoconfigure.context;

import org.jspecify.annotations.NullMarked;
