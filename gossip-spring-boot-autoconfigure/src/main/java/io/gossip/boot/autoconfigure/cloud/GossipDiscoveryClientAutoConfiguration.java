package io.gossip.boot.autoconfigure.cloud;

import io.gossip.GossipCluster;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.client.ConditionalOnBlockingDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The members as a {@link DiscoveryClient}, unless {@code gossip.discovery.enabled} is
 * false.
 */
@AutoConfiguration(after = GossipAutoConfiguration.class,
		before = { SimpleDiscoveryClientAutoConfiguration.class, CommonsClientAutoConfiguration.class,
				ReactiveCommonsClientAutoConfiguration.class })
@ConditionalOnClass({ GossipCluster.class, DiscoveryClient.class })
@ConditionalOnSingleCandidate(GossipCluster.class)
@ConditionalOnDiscoveryEnabled
@ConditionalOnBooleanProperty(name = "gossip.discovery.enabled", matchIfMissing = true)
public final class GossipDiscoveryClientAutoConfiguration {

	GossipDiscoveryClientAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "gossipHeartbeatPublisher")
	HeartbeatPublisher gossipHeartbeatPublisher(ApplicationEventPublisher publisher) {
		return new HeartbeatPublisher(publisher);
	}

	/** The client of those who may block. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBlockingDiscoveryEnabled
	static class BlockingConfiguration {

		@Bean
		@ConditionalOnMissingBean
		GossipDiscoveryClient gossipDiscoveryClient(GossipCluster cluster) {
			return new GossipDiscoveryClient(cluster);
		}

	}

}
