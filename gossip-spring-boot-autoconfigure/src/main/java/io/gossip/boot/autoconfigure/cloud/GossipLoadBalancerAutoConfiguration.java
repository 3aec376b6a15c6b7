package io.gossip.boot.autoconfigure.cloud;

import io.gossip.GossipCluster;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheManager;
import org.springframework.context.annotation.Bean;

/**
 * A load balancer that forgets a member at once. It changes nothing but the cache: zone
 * preference, hints, weights and other discovery clients stay as they are configured.
 */
@AutoConfiguration(after = GossipAutoConfiguration.class)
@ConditionalOnClass({ GossipCluster.class, LoadBalancerCacheManager.class })
@ConditionalOnSingleCandidate(GossipCluster.class)
@ConditionalOnDiscoveryEnabled
@ConditionalOnBooleanProperty(name = "gossip.discovery.enabled", matchIfMissing = true)
public final class GossipLoadBalancerAutoConfiguration {

	GossipLoadBalancerAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "gossipLoadBalancerCacheEvictor")
	LoadBalancerCacheEvictor gossipLoadBalancerCacheEvictor(GossipCluster cluster, Outages outages, BeanFactory beans) {
		// asked for by hand: Spring Cloud keeps its cache managers out of injection
		return new LoadBalancerCacheEvictor(cluster, beans.getBeanProvider(LoadBalancerCacheManager.class), outages);
	}

	@Bean
	@ConditionalOnMissingBean(name = "gossipOutages")
	Outages gossipOutages() {
		return new Outages();
	}

	/** Nobody injects the evictor, so a lazy one would never be. */
	@Bean
	static LazyInitializationExcludeFilter gossipLoadBalancerLazyInitializationExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(LoadBalancerCacheEvictor.class);
	}

}
