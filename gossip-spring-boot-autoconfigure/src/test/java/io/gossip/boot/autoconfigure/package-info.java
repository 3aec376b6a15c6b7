/** What the beans of a gossip node promise. */
@NullMarked
package io.gossip.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
