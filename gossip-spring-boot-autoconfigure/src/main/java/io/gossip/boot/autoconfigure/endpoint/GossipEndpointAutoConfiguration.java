package io.gossip.boot.autoconfigure.endpoint;

import java.time.Clock;

import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;
import io.gossip.boot.autoconfigure.GossipProperties;
import io.gossip.boot.autoconfigure.context.GossipLifecycle;
import io.gossip.boot.autoconfigure.context.SuspicionRate;

import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** The {@code /actuator/gossip} endpoint, where it is exposed. */
@AutoConfiguration(after = GossipAutoConfiguration.class)
@ConditionalOnClass({ GossipCluster.class, Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnSingleCandidate(GossipCluster.class)
@ConditionalOnBean({ GossipConfig.class, GossipProperties.class, SuspicionRate.class, GossipLifecycle.class })
@ConditionalOnAvailableEndpoint(GossipEndpoint.class)
public final class GossipEndpointAutoConfiguration {

	GossipEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GossipEndpoint gossipEndpoint(GossipCluster cluster, GossipConfig config, SuspicionRate suspicions,
			RecentEvents events, GossipLifecycle lifecycle) {
		return new GossipEndpoint(cluster, config, suspicions, events, lifecycle);
	}

	@Bean
	@ConditionalOnMissingBean
	RecentEvents gossipRecentEvents(GossipCluster cluster, GossipProperties properties) {
		return new RecentEvents(cluster, properties.endpoint().eventsMax(), Clock.systemUTC());
	}

	/** Events that happen before somebody looks are to be seen as well. */
	@Bean
	static LazyInitializationExcludeFilter gossipEndpointLazyInitializationExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(RecentEvents.class);
	}

}
