package io.gossip.boot.autoconfigure;

import io.gossip.GossipConfig;

/**
 * A last word on the settings of the node, as a bean. Customizers run in their order; the
 * one that applies the {@code gossip.*} properties has order 0.
 */
@FunctionalInterface
public interface GossipConfigCustomizer {

	/**
	 * Changes the settings.
	 * @param builder the settings so far
	 */
	void customize(GossipConfig.Builder builder);

}
