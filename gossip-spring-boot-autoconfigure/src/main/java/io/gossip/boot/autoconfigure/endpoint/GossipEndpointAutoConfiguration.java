package io.gossip.boot.autoconfigure.endpoint;

import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The {@code /actuator/gossip} endpoint, where it is exposed. */
@AutoConfiguration(after = GossipAutoConfiguration.class)
@ConditionalOnClass({ GossipCluster.class, Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean({ GossipCluster.class, GossipConfig.class })
@ConditionalOnAvailableEndpoint(GossipEndpoint.class)
public final class GossipEndpointAutoConfiguration {

	GossipEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GossipEndpoint gossipEndpoint(GossipCluster cluster, GossipConfig config) {
		return new GossipEndpoint(cluster, config);
	}

}
