/** What the {@code endpoint} package promises. */
@NullMarked
package io.gossip.boot.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
