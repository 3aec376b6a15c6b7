/** What the {@code web} package promises. */
@NullMarked
package io.gossip.boot.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
