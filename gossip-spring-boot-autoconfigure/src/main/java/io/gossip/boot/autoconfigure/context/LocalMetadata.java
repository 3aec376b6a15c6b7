package io.gossip.boot.autoconfigure.context;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gossip.GossipCluster;

/**
 * What the node publishes of itself at a start: what it was configured with or what the
 * application has made of that, before the start or since, and what the contributors know
 * by now.
 */
public final class LocalMetadata {

	private final List<MemberMetadataContributor> contributors;

	private Map<String, String> contributed = Map.of();

	/**
	 * The metadata of a node.
	 * @param contributors who knows more, in their order
	 */
	public LocalMetadata(List<MemberMetadataContributor> contributors) {
		this.contributors = List.copyOf(contributors);
	}

	/**
	 * Gives a node that is stopped the metadata for its next start.
	 * @param cluster the node
	 */
	void applyTo(GossipCluster cluster) {
		if (this.contributors.isEmpty()) {
			return;
		}
		Map<String, String> base = new TreeMap<>((Map<String, String>) cluster.metadata());
		// what a contributor said of the last start, such as a port, may not hold any
		// more
		this.contributed.forEach(base::remove);
		Map<String, String> metadata = new TreeMap<>(base);
		this.contributors.forEach((contributor) -> contributor.contribute(metadata));
		Map<String, String> additions = new TreeMap<>(metadata);
		additions.entrySet().removeAll(base.entrySet());
		this.contributed = additions;
		cluster.updateMetadata(metadata);
	}

}
