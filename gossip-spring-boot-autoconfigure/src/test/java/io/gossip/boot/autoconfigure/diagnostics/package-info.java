/** What the {@code diagnostics} package promises. */
@NullMarked
package io.gossip.boot.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
