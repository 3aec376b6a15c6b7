package io.gossip.boot.autoconfigure.metrics;

import io.gossip.GossipCluster;
import io.gossip.micrometer.GossipMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The bond between the meters and the node. The node is built with the meters as its
 * observer, so they cannot know it when they are built.
 */
final class WatchingMeterBinder implements MeterBinder {

	private final GossipMetrics metrics;

	WatchingMeterBinder(GossipMetrics metrics, GossipCluster cluster) {
		this.metrics = metrics.watch(cluster);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		// the meters are a binder as well; each registry is bound once
		this.metrics.bindTo(registry);
	}

}
