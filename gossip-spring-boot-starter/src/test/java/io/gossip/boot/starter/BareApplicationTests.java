package io.gossip.boot.starter;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.gossip.ClusterPhase;
import io.gossip.GossipCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

class BareApplicationTests {

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
			"org.springframework.boot.health.contributor.HealthIndicator",
			"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
			"org.springframework.boot.web.server.context.WebServerInitializedEvent",
			"org.springframework.test.context.ContextCustomizerFactory", "tools.jackson.databind.ObjectMapper",
			"jakarta.servlet.Servlet", "org.springframework.cloud.client.discovery.DiscoveryClient",
			"reactor.core.publisher.Flux", "io.micrometer.core.instrument.MeterRegistry" })
	void theStarterBringsNoneOfTheOptionalTechnology(String className) {
		assertThat(ClassUtils.isPresent(className, getClass().getClassLoader())).isFalse();
	}

	@Test
	void theStarterAloneRunsANode() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			GossipCluster cluster = context.getBean(GossipCluster.class);
			cluster.joined().toCompletableFuture().get(30, TimeUnit.SECONDS);
			assertThat(cluster.status().phase()).isEqualTo(ClusterPhase.JOINED);
			assertThat(context.getEnvironment().getProperty("local.gossip.port", Integer.class)).isPositive();
		}
	}

	@Test
	void itHasNoBeansButThoseOfTheNode() {
		try (ConfigurableApplicationContext context = run()) {
			List<String> names = Stream.of(context.getBeanDefinitionNames())
				.filter((name) -> name.contains("gossip"))
				.filter((name) -> !name.contains("."))
				.toList();
			assertThat(names).containsExactlyInAnyOrder("gossipPropertiesConfigCustomizer", "gossipConfig",
					"gossipConnectionDetails", "gossipSeedProvider", "gossipLocalMetadata", "gossipCluster",
					"gossipLifecycle", "gossipMembershipEventPublisher", "gossipSuspicionRate",
					"gossipLazyInitializationExcludeFilter");
		}
	}

	private static ConfigurableApplicationContext run() {
		return SpringApplication.run(Bare.class, "--gossip.transport.port=0",
				"--gossip.transport.bind-address=127.0.0.1", "--spring.main.banner-mode=off");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Bare {

	}

}
