package io.gossip;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Who the node is.
 *
 * @param cluster the name of the cluster; packets of another are dropped
 * @param name the name of the node, unique in the cluster and stable over restarts; null
 * for a random identity
 * @param zone the failure domain
 * @param metadata what the node publishes to all others
 */
public record NodeSettings(String cluster, @Nullable String name, Zone zone, SortedMap<String, String> metadata) {

	public static final NodeSettings DEFAULTS = new NodeSettings("default", null, Zone.NONE,
			Collections.emptySortedMap());

	/** The settings, with a copy of the metadata. */
	public NodeSettings {
		metadata = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, String>) metadata));
	}

	public NodeSettings withCluster(String cluster) {
		return new NodeSettings(cluster, this.name, this.zone, this.metadata);
	}

	public NodeSettings withName(@Nullable String name) {
		return new NodeSettings(this.cluster, name, this.zone, this.metadata);
	}

	public NodeSettings withZone(Zone zone) {
		return new NodeSettings(this.cluster, this.name, zone, this.metadata);
	}

	public NodeSettings withMetadata(SortedMap<String, String> metadata) {
		return new NodeSettings(this.cluster, this.name, this.zone, metadata);
	}

}
