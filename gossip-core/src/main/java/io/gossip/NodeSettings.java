package io.gossip;

import java.nio.file.Path;
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
 * for a random identity, which a node keeps when it is stopped and started again
 * @param zone the failure domain
 * @param metadata what the node publishes to all others
 * @param stateDirectory where the node keeps its versions from one start to the next, so
 * that a new start is believed at once; null to learn them from the others. A node needs
 * a name for that
 */
public record NodeSettings(String cluster, @Nullable String name, Zone zone, SortedMap<String, String> metadata,
		@Nullable Path stateDirectory) {

	public static final NodeSettings DEFAULTS = new NodeSettings("default", null, Zone.NONE,
			Collections.emptySortedMap(), null);

	/** The settings, with a copy of the metadata. */
	public NodeSettings {
		metadata = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, String>) metadata));
	}

	public NodeSettings withCluster(String cluster) {
		return new NodeSettings(cluster, this.name, this.zone, this.metadata, this.stateDirectory);
	}

	public NodeSettings withName(@Nullable String name) {
		return new NodeSettings(this.cluster, name, this.zone, this.metadata, this.stateDirectory);
	}

	public NodeSettings withZone(Zone zone) {
		return new NodeSettings(this.cluster, this.name, zone, this.metadata, this.stateDirectory);
	}

	public NodeSettings withMetadata(SortedMap<String, String> metadata) {
		return new NodeSettings(this.cluster, this.name, this.zone, metadata, this.stateDirectory);
	}

	public NodeSettings withStateDirectory(@Nullable Path stateDirectory) {
		return new NodeSettings(this.cluster, this.name, this.zone, this.metadata, stateDirectory);
	}

}
