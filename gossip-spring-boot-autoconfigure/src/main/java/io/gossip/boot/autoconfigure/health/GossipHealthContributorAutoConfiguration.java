package io.gossip.boot.autoconfigure.health;

import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;
import io.gossip.boot.autoconfigure.GossipProperties;
import io.gossip.boot.autoconfigure.context.SuspicionRate;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * The node's part of {@code /actuator/health}, unless
 * {@code management.health.gossip.enabled} is false. It is in neither probe group: put it
 * into readiness if a node that has left must get no requests, and never into liveness.
 */
@AutoConfiguration(after = GossipAutoConfiguration.class)
@ConditionalOnClass({ GossipCluster.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnSingleCandidate(GossipCluster.class)
@ConditionalOnBean({ GossipConfig.class, GossipProperties.class, SuspicionRate.class })
@ConditionalOnEnabledHealthIndicator("gossip")
public final class GossipHealthContributorAutoConfiguration {

	GossipHealthContributorAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = { "gossipHealthIndicator", "gossipHealthContributor" })
	GossipHealthIndicator gossipHealthContributor(GossipCluster cluster, GossipConfig config,
			GossipProperties properties, SuspicionRate suspicions) {
		return new GossipHealthIndicator(cluster, config, properties.health(), suspicions);
	}

}
