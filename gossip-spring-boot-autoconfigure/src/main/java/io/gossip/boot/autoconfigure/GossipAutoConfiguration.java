package io.gossip.boot.autoconfigure;

import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.SeedProvider;
import io.gossip.boot.autoconfigure.context.GossipLifecycle;
import io.gossip.boot.autoconfigure.context.LocalMetadata;
import io.gossip.boot.autoconfigure.context.MemberMetadataContributor;
import io.gossip.boot.autoconfigure.context.MembershipEventPublisher;
import io.gossip.boot.autoconfigure.context.SuspicionRate;
import io.gossip.netty.NettyGossipCluster;
import io.gossip.protocol.CompositeObserver;
import io.gossip.protocol.ProtocolObserver;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * A gossip node, unless {@code gossip.enabled} is false. No bean here is an executor: one
 * would make Spring Boot withhold the executors of the application.
 */
@AutoConfiguration
@ConditionalOnClass(GossipCluster.class)
@ConditionalOnBooleanProperty(name = "gossip.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GossipProperties.class)
public final class GossipAutoConfiguration {

	GossipAutoConfiguration() {
	}

	@Bean
	PropertiesGossipConfigCustomizer gossipPropertiesConfigCustomizer(GossipProperties properties,
			Environment environment) {
		String service = environment.getProperty("spring.application.name", "");
		return new PropertiesGossipConfigCustomizer(properties, service.isBlank() ? "application" : service);
	}

	@Bean
	@ConditionalOnMissingBean
	GossipConfig gossipConfig(ObjectProvider<GossipConfigCustomizer> customizers) {
		GossipConfig.Builder builder = GossipConfig.builder();
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnSingleCandidate(GossipCluster.class)
	GossipLifecycle gossipLifecycle(GossipCluster cluster, ObjectProvider<LocalMetadata> metadata, GossipConfig config,
			GossipProperties properties, ApplicationContext context) {
		GossipProperties.Join join = properties.join();
		GossipLifecycle.Limits limits = new GossipLifecycle.Limits((join.required()) ? join.timeout() : null,
				config.leave().timeout(), properties.leave().drainDelay());
		return new GossipLifecycle(cluster, metadata.getIfAvailable(), limits, context);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnSingleCandidate(GossipCluster.class)
	MembershipEventPublisher gossipMembershipEventPublisher(GossipCluster cluster, ApplicationContext context) {
		return new MembershipEventPublisher(cluster, context);
	}

	@Bean
	@ConditionalOnMissingBean
	SuspicionRate gossipSuspicionRate() {
		return new SuspicionRate(System::nanoTime);
	}

	@Bean
	static LazyInitializationExcludeFilter gossipLazyInitializationExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(GossipLifecycle.class, MembershipEventPublisher.class);
	}

	/** The node, unless the application brings its own. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(GossipCluster.class)
	static class ClusterConfiguration {

		@Bean
		@ConditionalOnMissingBean(GossipConnectionDetails.class)
		PropertiesGossipConnectionDetails gossipConnectionDetails(GossipProperties properties) {
			return new PropertiesGossipConnectionDetails(properties);
		}

		@Bean
		@ConditionalOnMissingBean
		SeedProvider gossipSeedProvider(GossipConnectionDetails connectionDetails) {
			return new IsolatedSeeds.OfDetails(connectionDetails);
		}

		@Bean
		LocalMetadata gossipLocalMetadata(ObjectProvider<MemberMetadataContributor> contributors) {
			return new LocalMetadata(contributors.orderedStream().toList());
		}

		@Bean(destroyMethod = "close")
		NettyGossipCluster gossipCluster(GossipConfig config, SeedProvider seedProvider,
				ObjectProvider<ProtocolObserver> observers, GossipProperties properties, Environment environment) {
			NettyGossipCluster.Builder builder = NettyGossipCluster.builder()
				.config(config)
				.sentinels(properties.sentinels())
				.seedProvider(IsolatedSeeds.of(seedProvider, properties, environment))
				.observer(CompositeObserver.of(observers.orderedStream().toArray(ProtocolObserver[]::new)));
			if (Threading.VIRTUAL.isActive(environment)) {
				builder
					.dispatcherThreadFactory(new VirtualThreadTaskExecutor("gossip-events-").getVirtualThreadFactory());
			}
			return builder.build();
		}

	}

}
