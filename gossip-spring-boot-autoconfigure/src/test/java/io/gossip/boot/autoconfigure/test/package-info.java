/** What the {@code test} package promises. */
@NullMarked
package io.gossip.boot.autoconfigure.test;

import org.jspecify.annotations.NullMarked;
