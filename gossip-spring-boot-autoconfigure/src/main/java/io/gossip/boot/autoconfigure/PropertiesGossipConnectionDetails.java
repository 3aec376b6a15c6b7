package io.gossip.boot.autoconfigure;

import java.util.List;

import io.gossip.netty.NettyGossipCluster;

/** The seeds of the {@code gossip.seeds} property, refused at once if malformed. */
final class PropertiesGossipConnectionDetails implements GossipConnectionDetails {

	private final List<String> seeds;

	PropertiesGossipConnectionDetails(GossipProperties properties) {
		this.seeds = List.copyOf(properties.seeds());
		// the builder parses them, whereas a provider is asked only when the node joins
		NettyGossipCluster.builder().seeds(this.seeds.toArray(String[]::new));
	}

	@Override
	public List<String> getSeeds() {
		return this.seeds;
	}

}
