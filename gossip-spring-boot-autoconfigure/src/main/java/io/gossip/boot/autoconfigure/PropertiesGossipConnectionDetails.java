package io.gossip.boot.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.gossip.SeedProvider;
import io.gossip.netty.NettyGossipCluster;

/**
 * The seeds of the {@code gossip.seeds} and {@code gossip.seeds-file} properties, refused
 * at once if malformed. What is in the file is read later, and anew at every attempt.
 */
final class PropertiesGossipConnectionDetails implements GossipConnectionDetails {

	private final List<String> seeds;

	PropertiesGossipConnectionDetails(GossipProperties properties) {
		List<String> all = new ArrayList<>(properties.seeds());
		// the builder parses them, whereas a provider is asked only when the node joins
		NettyGossipCluster.builder().seeds(all.toArray(String[]::new));
		Path file = PathSetting.parse("seeds-file", properties.seedsFile(), "a file");
		if (file != null) {
			all.addAll(SeedProvider.ofFile(file).seeds());
		}
		this.seeds = List.copyOf(all);
	}

	@Override
	public List<String> getSeeds() {
		return this.seeds;
	}

}
