/** What the {@code health} package promises. */
@NullMarked
package io.gossip.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
