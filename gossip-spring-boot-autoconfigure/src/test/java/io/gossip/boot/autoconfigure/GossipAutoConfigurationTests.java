package io.gossip.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

import io.gossip.ClusterPhase;
import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.NodeSettings;
import io.gossip.SeedProvider;
import io.gossip.Zone;
import io.gossip.boot.autoconfigure.context.GossipLifecycle;
import io.gossip.boot.autoconfigure.context.MembershipEventPublisher;
import io.gossip.boot.autoconfigure.endpoint.GossipEndpoint;
import io.gossip.boot.autoconfigure.endpoint.GossipEndpointAutoConfiguration;
import io.gossip.boot.autoconfigure.health.GossipHealthContributorAutoConfiguration;
import io.gossip.netty.NettyGossipCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

class GossipAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GossipAutoConfiguration.class))
		.withPropertyValues(TestNode.fastProperties());

	@ParameterizedTest
	@ValueSource(strings = { "gossip.enabled=false", "gossip.enabled=true" })
	void nodesOfTheApplicationAreNoReasonToFailTheStart(String property) {
		this.runner.withUserConfiguration(TwoNodes.class)
			.withConfiguration(AutoConfigurations.of(GossipHealthContributorAutoConfiguration.class,
					GossipEndpointAutoConfiguration.class))
			.withPropertyValues(property, "management.endpoints.web.exposure.include=*")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(GossipEndpoint.class)
				.doesNotHaveBean("gossipHealthContributor"));
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoNodes {

		@Bean(destroyMethod = "close")
		NettyGossipCluster one() {
			return NettyGossipCluster.builder().build();
		}

		@Bean(destroyMethod = "close")
		NettyGossipCluster two() {
			return NettyGossipCluster.builder().build();
		}

	}

	@Test
	void aNodeRunsAloneByDefault() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(GossipCluster.class)
				.hasSingleBean(NettyGossipCluster.class)
				.hasSingleBean(GossipConfig.class)
				.hasSingleBean(SeedProvider.class)
				.hasSingleBean(GossipConnectionDetails.class)
				.hasSingleBean(GossipLifecycle.class)
				.hasSingleBean(MembershipEventPublisher.class);
			GossipCluster cluster = context.getBean(GossipCluster.class);
			TestNode.await("JOINED", () -> cluster.status().phase() == ClusterPhase.JOINED);
			assertThat(cluster.view().size()).isOne();
			assertThat(cluster.localMember().address().isLoopback()).isTrue();
		});
	}

	@Test
	void closingTheContextStopsTheNodeForGood() {
		this.runner.run((context) -> {
			GossipCluster cluster = context.getBean(GossipCluster.class);
			context.close();
			assertThat(cluster.status().phase()).isEqualTo(ClusterPhase.STOPPED);
			// Futures complete on a thread of their own, soon after.
			assertThat(cluster.terminated().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(30));
		});
	}

	@Test
	void nothingIsThereWhenDisabled() {
		this.runner.withPropertyValues("gossip.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(GossipCluster.class)
				.doesNotHaveBean(GossipLifecycle.class)
				.doesNotHaveBean(GossipProperties.class));
	}

	@Test
	void nothingIsThereWithoutTheCore() {
		this.runner.withClassLoader(new FilteredClassLoader(GossipCluster.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GossipProperties.class));
	}

	@Test
	void theNodeIsNamedAfterThePropertyAndElseAtRandom() {
		this.runner.withPropertyValues("gossip.node.name=alpha", "gossip.cluster=blue")
			.run((context) -> assertThat(context.getBean(GossipCluster.class).localMember().name()).isEqualTo("alpha"));
		this.runner.run((context) -> {
			var self = context.getBean(GossipCluster.class).localMember();
			assertThat(self.name()).isEqualTo(self.id().toString());
		});
	}

	@Test
	void theServiceIsTheNameOfTheApplication() {
		this.runner.withPropertyValues("spring.application.name=quotes")
			.run((context) -> assertThat(context.getBean(GossipCluster.class).localMember().metadata())
				.containsEntry("service", "quotes"));
		this.runner.run((context) -> assertThat(context.getBean(GossipConfig.class).node().metadata())
			.containsEntry("service", "application"));
	}

	@Test
	void anOwnConfigReplacesTheProperties() {
		this.runner.withUserConfiguration(OwnConfig.class).run((context) -> {
			assertThat(context).hasSingleBean(GossipConfig.class);
			assertThat(context.getBean(GossipCluster.class).localMember().name()).isEqualTo("own");
		});
	}

	@Test
	void anOwnClusterReplacesOursAndIsStartedAndStopped() {
		this.runner.withUserConfiguration(OwnCluster.class).run((context) -> {
			assertThat(context).hasSingleBean(GossipCluster.class)
				.hasBean("ownCluster")
				.doesNotHaveBean(GossipConnectionDetails.class);
			GossipCluster cluster = context.getBean(GossipCluster.class);
			assertThat(cluster.localMember().name()).isEqualTo("own");
			assertThat(cluster.localMember().metadata()).isEmpty();
			context.close();
			assertThat(cluster.status().phase()).isEqualTo(ClusterPhase.STOPPED);
		});
	}

	@Test
	void ownConnectionDetailsReplaceTheSeeds() {
		this.runner.withUserConfiguration(OwnConnectionDetails.class)
			.withPropertyValues("gossip.seeds=127.0.0.1:1")
			.run((context) -> {
				assertThat(context).hasSingleBean(GossipConnectionDetails.class);
				assertThat(context.getBean(SeedProvider.class).seeds()).containsExactly("127.0.0.1:2");
			});
	}

	@Test
	void anOwnSeedProviderReplacesOurs() {
		this.runner.withUserConfiguration(OwnSeedProvider.class)
			.run((context) -> assertThat(context.getBean(SeedProvider.class).seeds()).containsExactly("127.0.0.1:3"));
	}

	@Test
	void theSeedsAreThoseOfTheProperty() {
		this.runner.withPropertyValues("gossip.seeds=127.0.0.1:1,[::1]:2")
			.run((context) -> assertThat(context.getBean(SeedProvider.class).seeds()).containsExactly("127.0.0.1:1",
					"[::1]:2"));
	}

	@Test
	void theSeedsOfTheFileComeAfterThoseOfTheProperty() {
		this.runner.withPropertyValues("gossip.seeds=srv:_gossip._udp.example.org", "gossip.seeds-file=/etc/seeds")
			.run((context) -> assertThat(context.getBean(SeedProvider.class).seeds())
				.containsExactly("srv:_gossip._udp.example.org", "file:" + Path.of("/etc/seeds").toAbsolutePath()));
		this.runner.withPropertyValues("gossip.seeds-file=")
			.run((context) -> assertThat(context.getBean(SeedProvider.class).seeds()).isEmpty());
	}

	@Test
	void ownLifecycleAndPublisherReplaceOurs() {
		this.runner.withUserConfiguration(OwnLifecycle.class)
			.run((context) -> assertThat(context).hasSingleBean(GossipLifecycle.class)
				.hasBean("ownLifecycle")
				.hasSingleBean(MembershipEventPublisher.class)
				.hasBean("ownPublisher"));
	}

	@Test
	void customizersRunInTheirOrderAroundTheProperties() {
		this.runner.withUserConfiguration(Customizers.class)
			.withPropertyValues("gossip.node.name=property", "gossip.node.zone=property")
			.run((context) -> {
				NodeSettings node = context.getBean(GossipConfig.class).node();
				assertThat(node.name()).isEqualTo("property");
				assertThat(node.zone().name()).isEqualTo("late over property");
			});
	}

	@Test
	void theExecutorsOfTheApplicationStay() {
		this.runner
			.withConfiguration(
					AutoConfigurations.of(TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class))
			.run((context) -> assertThat(context.getBeanNamesForType(Executor.class))
				.containsExactly("applicationTaskExecutor"));
	}

	@Test
	void theNodeStartsUnderLazyInitialization() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				assertThat(context.getSourceApplicationContext()
					.getBeanFactory()
					.containsSingleton("gossipMembershipEventPublisher")).isTrue();
				assertThat(context.getBean(GossipLifecycle.class).isRunning()).isTrue();
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConfig {

		@Bean
		GossipConfig ownConfig() {
			return GossipConfig.builder()
				.node((node) -> node.withName("own"))
				.transport((transport) -> transport.withBindAddress("127.0.0.1").withPort(0))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCluster {

		@Bean
		GossipCluster ownCluster() {
			return NettyGossipCluster.builder().config(new OwnConfig().ownConfig()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConnectionDetails {

		@Bean
		GossipConnectionDetails ownConnectionDetails() {
			return () -> List.of("127.0.0.1:2");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSeedProvider {

		@Bean
		SeedProvider ownSeedProvider() {
			return () -> List.of("127.0.0.1:3");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnLifecycle {

		@Bean
		GossipLifecycle ownLifecycle(GossipCluster cluster, GossipConfig config, ApplicationContext context) {
			return new GossipLifecycle(cluster, null,
					new GossipLifecycle.Limits(null, config.leave().timeout(), Duration.ZERO), context);
		}

		@Bean
		MembershipEventPublisher ownPublisher(GossipCluster cluster, ApplicationContext context) {
			return new MembershipEventPublisher(cluster, context);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(-1)
		GossipConfigCustomizer early() {
			return (builder) -> builder.node((node) -> node.withName("early"));
		}

		@Bean
		@Order(1)
		GossipConfigCustomizer late() {
			return (builder) -> builder.node((node) -> node.withZone(new Zone("late over " + node.zone().name())));
		}

	}

}
