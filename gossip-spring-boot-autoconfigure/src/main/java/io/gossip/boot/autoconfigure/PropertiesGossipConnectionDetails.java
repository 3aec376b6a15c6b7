package io.gossip.boot.autoconfigure;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.gossip.GossipException;
import io.gossip.SeedProvider;
import io.gossip.netty.NettyGossipCluster;

import org.springframework.util.StringUtils;

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
		if (StringUtils.hasText(properties.seedsFile())) {
			all.addAll(SeedProvider.ofFile(path(properties.seedsFile())).seeds());
		}
		this.seeds = List.copyOf(all);
	}

	private static Path path(String file) {
		try {
			return Path.of(file);
		}
		catch (InvalidPathException ex) {
			throw new GossipException.InvalidSetting("seeds-file", "'" + file + "'",
					"must be the path of a file: " + ex.getMessage());
		}
	}

	@Override
	public List<String> getSeeds() {
		return this.seeds;
	}

}
