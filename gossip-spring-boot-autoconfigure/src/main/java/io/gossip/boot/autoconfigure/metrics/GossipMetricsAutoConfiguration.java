package io.gossip.boot.autoconfigure.metrics;

import io.gossip.GossipCluster;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;
import io.gossip.micrometer.GossipMetrics;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * The meters of the node, in every registry of the application. They observe the node
 * because every {@code ProtocolObserver} bean does.
 */
@AutoConfiguration(after = GossipAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({ GossipCluster.class, MeterRegistry.class })
@ConditionalOnSingleCandidate(GossipCluster.class)
@ConditionalOnBean(MeterRegistry.class)
public final class GossipMetricsAutoConfiguration {

	GossipMetricsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GossipMetrics gossipMetrics() {
		return new GossipMetrics();
	}

	@Bean
	WatchingMeterBinder gossipWatchingMeterBinder(GossipMetrics metrics, GossipCluster cluster) {
		return new WatchingMeterBinder(metrics, cluster);
	}

}
