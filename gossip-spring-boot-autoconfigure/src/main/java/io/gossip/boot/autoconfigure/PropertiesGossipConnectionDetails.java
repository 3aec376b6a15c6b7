package io.gossip.boot.autoconfigure;

import java.util.List;

/** The seeds of the {@code gossip.seeds} property. */
final class PropertiesGossipConnectionDetails implements GossipConnectionDetails {

	private final GossipProperties properties;

	PropertiesGossipConnectionDetails(GossipProperties properties) {
		this.properties = properties;
	}

	@Override
	public List<String> getSeeds() {
		return this.properties.seeds();
	}

}
