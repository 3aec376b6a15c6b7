package io.gossip.boot.autoconfigure.metrics;

import io.gossip.GossipCluster;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;
import io.gossip.boot.autoconfigure.TestNode;
import io.gossip.micrometer.GossipMeters;
import io.gossip.micrometer.GossipMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class GossipMetricsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GossipAutoConfiguration.class, GossipMetricsAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
				SimpleMetricsExportAutoConfiguration.class))
		.withPropertyValues(TestNode.fastProperties());

	@Test
	void everyDocumentedMeterIsInTheRegistry() {
		this.runner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(GossipMeters.values()).isNotEmpty()
				.allSatisfy((meter) -> assertThat(registry.find(meter.getName()).meters()).as(meter.getName())
					.isNotEmpty());
		});
	}

	@Test
	void theMetersCountWhatTheNodeDoes() {
		this.runner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			awaitAlive(registry, 1);
			String seed = "--gossip.seeds=" + context.getBean(GossipCluster.class).localMember().address();
			try (ConfigurableApplicationContext two = TestNode.run(Nothing.class, seed)) {
				awaitAlive(registry, 2);
				TestNode.await("a probe that was answered",
						() -> registry.get("gossip.probe").tag("outcome", "direct").timer().count() > 0);
				TestNode.cluster(two).stop();
				TestNode.await("a failure", () -> registry.get("gossip.failures").functionCounter().count() == 1);
			}
		});
	}

	@Test
	void theNodeIsWatchedUnderLazyInitialization() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> awaitAlive(context.getBean(MeterRegistry.class), 1));
	}

	@Test
	void ownMetersReplaceOurs() {
		this.runner.withUserConfiguration(OwnMetrics.class).run((context) -> {
			assertThat(context).hasSingleBean(GossipMetrics.class);
			assertThat(context.getBean(MeterRegistry.class).get("gossip.members").meters()).isNotEmpty()
				.allSatisfy((meter) -> assertThat(meter.getId().getTag("node")).isEqualTo("own"));
			awaitAlive(context.getBean(MeterRegistry.class), 1);
		});
	}

	@Test
	void thereAreNoneWithoutARegistry() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(GossipAutoConfiguration.class, GossipMetricsAutoConfiguration.class))
			.withPropertyValues(TestNode.fastProperties())
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(GossipMetrics.class));
	}

	@Test
	void thereAreNoneWithoutMicrometer() {
		// without Spring Boot's own metrics, which do not start without it either
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(GossipAutoConfiguration.class, GossipMetricsAutoConfiguration.class))
			.withPropertyValues(TestNode.fastProperties())
			.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(GossipCluster.class)
				.doesNotHaveBean("gossipMetrics"));
	}

	@Test
	void thereAreNoneWhenGossipIsDisabled() {
		this.runner.withPropertyValues("gossip.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(GossipMetrics.class));
	}

	private static void awaitAlive(MeterRegistry registry, int members) {
		TestNode.await(members + " living members",
				() -> registry.get("gossip.members").tag("state", "alive").gauge().value() == members);
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMetrics {

		@Bean
		GossipMetrics ownMetrics() {
			return new GossipMetrics(Tags.of("node", "own"));
		}

		@Bean
		MeterRegistry ownRegistry() {
			return new SimpleMeterRegistry();
		}

	}

}
