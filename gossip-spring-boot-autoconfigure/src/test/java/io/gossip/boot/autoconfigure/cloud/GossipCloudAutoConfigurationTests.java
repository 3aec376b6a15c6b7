package io.gossip.boot.autoconfigure.cloud;

import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.MembershipEvent;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;
import io.gossip.boot.autoconfigure.TestNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationAutoConfiguration;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.cloud.client.serviceregistry.ServiceRegistryAutoConfiguration;
import org.springframework.cloud.loadbalancer.cache.LoadBalancerCacheManager;
import org.springframework.cloud.loadbalancer.config.LoadBalancerCacheAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/** When which of the beans for Spring Cloud are there. */
class GossipCloudAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GossipAutoConfiguration.class,
				GossipDiscoveryClientAutoConfiguration.class, GossipReactiveDiscoveryClientAutoConfiguration.class,
				GossipLoadBalancerAutoConfiguration.class, GossipServiceRegistryAutoConfiguration.class,
				AutoServiceRegistrationAutoConfiguration.class, LoadBalancerCacheAutoConfiguration.class))
		.withPropertyValues(TestNode.fastProperties());

	@Test
	void allAreThereByDefault() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(GossipDiscoveryClient.class)
			.hasSingleBean(GossipReactiveDiscoveryClient.class)
			.hasSingleBean(HeartbeatPublisher.class)
			.hasSingleBean(LoadBalancerCacheEvictor.class)
			.hasSingleBean(GossipServiceRegistry.class)
			.hasSingleBean(GossipRegistration.class)
			.hasSingleBean(GossipAutoServiceRegistration.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "gossip.discovery.enabled=false", "gossip.enabled=false",
			"spring.cloud.discovery.enabled=false" })
	void noneIsThereWhereItIsSwitchedOff(String property) {
		this.runner.withPropertyValues(property, "spring.cloud.service-registry.auto-registration.fail-fast=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(GossipDiscoveryClient.class)
				.doesNotHaveBean(GossipReactiveDiscoveryClient.class)
				.doesNotHaveBean(HeartbeatPublisher.class)
				.doesNotHaveBean(LoadBalancerCacheEvictor.class)
				.doesNotHaveBean(GossipServiceRegistry.class)
				.doesNotHaveBean(GossipAutoServiceRegistration.class));
	}

	@Test
	void besideAnotherRegistryThatOneIsMeantWhereThereCanBeOnlyOne() {
		this.runner.withUserConfiguration(AnotherRegistry.class)
			.withConfiguration(AutoConfigurations.of(ServiceRegistryAutoConfiguration.class))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(GossipServiceRegistry.class);
				assertThat(context.getBean(ServiceRegistry.class)).isNotInstanceOf(GossipServiceRegistry.class);
				assertThat(context.getBean(Registration.class)).isNotInstanceOf(GossipRegistration.class);
				assertThat(context.getBean(AutoServiceRegistration.class))
					.isNotInstanceOf(GossipAutoServiceRegistration.class);
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class AnotherRegistry {

		@Bean
		ServiceRegistry<Registration> anotherRegistry() {
			return new SimpleRegistry();
		}

		@Bean
		Registration anotherRegistration() {
			return new AnotherRegistration();
		}

		@Bean
		AutoServiceRegistration anotherAutoRegistration() {
			return new AutoServiceRegistration() {
			};
		}

	}

	private static final class SimpleRegistry implements ServiceRegistry<Registration> {

		@Override
		public void register(Registration registration) {
		}

		@Override
		public void deregister(Registration registration) {
		}

		@Override
		public void close() {
		}

		@Override
		public void setStatus(Registration registration, String status) {
		}

		@Override
		public <T> @Nullable T getStatus(Registration registration) {
			return null;
		}

	}

	private static final class AnotherRegistration extends DefaultServiceInstance implements Registration {

		AnotherRegistration() {
			super("id", "service", "localhost", 8080, false);
		}

	}

	@Test
	void eachKindOfClientHasItsSwitch() {
		this.runner.withPropertyValues("spring.cloud.discovery.blocking.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(GossipDiscoveryClient.class)
				.hasSingleBean(GossipReactiveDiscoveryClient.class)
				.hasSingleBean(HeartbeatPublisher.class));
		this.runner.withPropertyValues("spring.cloud.discovery.reactive.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(GossipReactiveDiscoveryClient.class)
				.hasSingleBean(GossipDiscoveryClient.class));
	}

	@Test
	void whereNothingIsCachedThereIsNothingToEvict() {
		this.runner.withPropertyValues("spring.cloud.loadbalancer.cache.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(LoadBalancerCacheManager.class);
			GossipCluster cluster = context.getBean(GossipCluster.class);
			context.getBean(LoadBalancerCacheEvictor.class).onEvent(new MembershipEvent.Left(cluster.localMember(), 1));
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { DiscoveryClient.class, LoadBalancerCacheManager.class, Flux.class,
			WebServerInitializedEvent.class })
	void whatIsNotOnTheClassPathIsNotMissed(Class<?> absent) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(GossipAutoConfiguration.class,
					GossipDiscoveryClientAutoConfiguration.class, GossipReactiveDiscoveryClientAutoConfiguration.class,
					GossipLoadBalancerAutoConfiguration.class, GossipServiceRegistryAutoConfiguration.class))
			.withPropertyValues(TestNode.fastProperties())
			.withPropertyValues("spring.cloud.service-registry.auto-registration.enabled="
					+ (absent == WebServerInitializedEvent.class))
			.withClassLoader(new FilteredClassLoader(absent))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(GossipCluster.class));
	}

	@Test
	void anInstanceThatDoesNotRegisterItselfSaysSo() {
		this.runner.withPropertyValues("spring.cloud.service-registry.auto-registration.enabled=false")
			.run((context) -> {
				assertThat(context).doesNotHaveBean(GossipAutoServiceRegistration.class);
				GossipCluster cluster = context.getBean(GossipCluster.class);
				assertThat(cluster.localMember().metadata()).containsEntry("service.status", "UNREGISTERED");
				context.getBean(GossipServiceRegistry.class).register(context.getBean(GossipRegistration.class));
				TestNode.await("registered", () -> !cluster.localMember().metadata().containsKey("service.status"));
			});
	}

	@Test
	void ownBeansReplaceOurs() {
		this.runner.withUserConfiguration(Own.class)
			.run((context) -> assertThat(context).hasSingleBean(GossipDiscoveryClient.class)
				.hasBean("ownClient")
				.hasSingleBean(GossipReactiveDiscoveryClient.class)
				.hasBean("ownReactiveClient")
				.hasSingleBean(GossipServiceRegistry.class)
				.hasBean("ownRegistry")
				.hasSingleBean(GossipRegistration.class)
				.hasBean("ownRegistration"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Own {

		@Bean
		GossipDiscoveryClient ownClient(GossipCluster cluster) {
			return new GossipDiscoveryClient(cluster);
		}

		@Bean
		GossipReactiveDiscoveryClient ownReactiveClient(GossipCluster cluster) {
			return new GossipReactiveDiscoveryClient(cluster);
		}

		@Bean
		GossipServiceRegistry ownRegistry(GossipCluster cluster) {
			return new GossipServiceRegistry(cluster, true);
		}

		@Bean
		GossipRegistration ownRegistration(GossipCluster cluster, GossipConfig config, Environment environment) {
			return new GossipRegistration(cluster, config, environment);
		}

	}

}
