package io.gossip.boot.autoconfigure.cloud;

import io.gossip.GossipCluster;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnReactiveDiscoveryEnabled;
import org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.discovery.composite.reactive.ReactiveCompositeDiscoveryClientAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The members as a {@link ReactiveDiscoveryClient}, unless
 * {@code gossip.discovery.enabled} is false.
 */
@AutoConfiguration(after = { GossipAutoConfiguration.class, ReactiveCompositeDiscoveryClientAutoConfiguration.class },
		before = ReactiveCommonsClientAutoConfiguration.class)
@ConditionalOnClass({ GossipCluster.class, ReactiveDiscoveryClient.class, Flux.class })
@ConditionalOnSingleCandidate(GossipCluster.class)
@ConditionalOnDiscoveryEnabled
@ConditionalOnReactiveDiscoveryEnabled
@ConditionalOnBooleanProperty(name = "gossip.discovery.enabled", matchIfMissing = true)
public final class GossipReactiveDiscoveryClientAutoConfiguration {

	GossipReactiveDiscoveryClientAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	GossipReactiveDiscoveryClient gossipReactiveDiscoveryClient(GossipCluster cluster) {
		return new GossipReactiveDiscoveryClient(cluster);
	}

}
