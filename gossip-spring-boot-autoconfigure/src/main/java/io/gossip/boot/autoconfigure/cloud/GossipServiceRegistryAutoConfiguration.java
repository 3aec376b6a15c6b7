package io.gossip.boot.autoconfigure.cloud;

import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationAutoConfiguration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationProperties;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.cloud.client.serviceregistry.ServiceRegistryAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.env.Environment;

/**
 * This node as an entry of Spring Cloud's service registry, and with it the status that
 * {@code /actuator/serviceregistry} shows and changes. Beside another registry, such as
 * Eureka's, that one is meant where there can be only one.
 */
@AutoConfiguration(after = GossipAutoConfiguration.class,
		before = { ServiceRegistryAutoConfiguration.class, AutoServiceRegistrationAutoConfiguration.class })
@ConditionalOnClass({ GossipCluster.class, ServiceRegistry.class })
@ConditionalOnSingleCandidate(GossipCluster.class)
@ConditionalOnBean(GossipConfig.class)
@ConditionalOnDiscoveryEnabled
@ConditionalOnBooleanProperty(name = "gossip.discovery.enabled", matchIfMissing = true)
public final class GossipServiceRegistryAutoConfiguration {

	private static final String AUTO_REGISTRATION = "spring.cloud.service-registry.auto-registration.enabled";

	GossipServiceRegistryAutoConfiguration() {
	}

	@Bean
	@Fallback
	@ConditionalOnMissingBean
	GossipServiceRegistry gossipServiceRegistry(GossipCluster cluster, Environment environment) {
		return new GossipServiceRegistry(cluster, environment.getProperty(AUTO_REGISTRATION, Boolean.class, true));
	}

	@Bean
	@Fallback
	@ConditionalOnMissingBean
	GossipRegistration gossipRegistration(GossipCluster cluster, GossipConfig config, Environment environment) {
		return new GossipRegistration(cluster, config, environment);
	}

	/** The registration by itself, which needs the events of a web server. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.boot.web.server.context.WebServerInitializedEvent")
	@ConditionalOnBooleanProperty(name = AUTO_REGISTRATION, matchIfMissing = true)
	static class AutoRegistrationConfiguration {

		@Bean
		@Fallback
		@ConditionalOnMissingBean
		GossipAutoServiceRegistration gossipAutoServiceRegistration(ApplicationContext context,
				GossipServiceRegistry registry, AutoServiceRegistrationProperties properties,
				GossipRegistration registration) {
			return new GossipAutoServiceRegistration(context, registry, properties, registration);
		}

	}

}
