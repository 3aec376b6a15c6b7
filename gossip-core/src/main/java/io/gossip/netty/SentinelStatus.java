package io.gossip.netty;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A named member whose view hash is compared with that of this node whenever it is heard.
 *
 * @param name the name of the member
 * @param viewHash the hash it sent last, null if it was not heard
 * @param heardAgo how long ago that was, null if it was not heard
 * @param matchedAgo how long ago its hash was last that of this node, null if it never
 * was
 */
public record SentinelStatus(String name, @Nullable Long viewHash, @Nullable Duration heardAgo,
		@Nullable Duration matchedAgo) {
}
