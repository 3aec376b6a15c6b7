package io.gossip.boot.autoconfigure.endpoint;

import io.gossip.netty.SentinelStatus;
import org.jspecify.annotations.Nullable;

/**
 * A named member whose view hash is compared with that of this node.
 *
 * @param name the name of the member
 * @param viewHash what it sent last, sixteen hexadecimal digits; null if it was not heard
 * @param equal whether that is the hash of this node right now
 * @param heardMillisAgo how long ago it was heard, null if it was not
 * @param matchedMillisAgo how long ago both were equal, null if they never were
 */
public record SentinelDescriptor(String name, @Nullable String viewHash, boolean equal, @Nullable Long heardMillisAgo,
		@Nullable Long matchedMillisAgo) {

	static SentinelDescriptor of(SentinelStatus status, long ownHash) {
		Long hash = status.viewHash();
		return new SentinelDescriptor(status.name(), (hash != null) ? GossipDescriptor.hex(hash) : null,
				hash != null && hash == ownHash, (status.heardAgo() != null) ? status.heardAgo().toMillis() : null,
				(status.matchedAgo() != null) ? status.matchedAgo().toMillis() : null);
	}

}
