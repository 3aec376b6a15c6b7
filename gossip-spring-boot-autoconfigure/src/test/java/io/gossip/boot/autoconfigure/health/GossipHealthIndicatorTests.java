package io.gossip.boot.autoconfigure.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.gossip.ClusterPhase;
import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;
import io.gossip.boot.autoconfigure.GossipProperties;
import io.gossip.boot.autoconfigure.TestNode;
import io.gossip.boot.autoconfigure.context.SuspicionRate;
import io.gossip.netty.NettyGossipCluster;
import io.gossip.protocol.ProbeOutcome;
import io.gossip.protocol.ProtocolObserver;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class GossipHealthIndicatorTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(GossipAutoConfiguration.class, GossipHealthContributorAutoConfiguration.class,
						HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class))
		.withPropertyValues(TestNode.fastProperties());

	@Test
	void aNodeThatHasJoinedIsUp() {
		this.runner.withPropertyValues("gossip.node.name=one").run((context) -> {
			assertThat(context.getBean(HealthContributorRegistry.class).getContributor("gossip")).isNotNull();
			awaitPhase(context, ClusterPhase.JOINED);
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("cluster", "default")
				.containsEntry("phase", "joined")
				.containsEntry("isolated", false)
				.containsEntry("members", Map.of("alive", 1, "suspect", 0, "dead", 0, "left", 0))
				.containsEntry("localHealth", "0 of 8")
				.containsEntry("divergence", 0.0)
				.containsEntry("diverged", false)
				.containsEntry("suspicionsPerMinute", 0)
				.doesNotContainKeys("failed", "suspected", "reason");
			assertThat(health.getDetails().get("node")).asString().startsWith("one (127.0.0.1:");
			assertThat(health.getDetails().get("viewHash")).asString().matches("[0-9a-f]{16}");
		});
	}

	@Test
	void aNodeThatNoSeedAnswersIsUpAndSaysThatItIsIsolated() {
		this.runner.withPropertyValues("gossip.seeds=127.0.0.1:1").run((context) -> {
			GossipCluster cluster = context.getBean(GossipCluster.class);
			TestNode.await("some attempts", () -> cluster.status().joinAttempts() > 1);
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("phase", "joining")
				.containsEntry("isolated", true)
				.hasEntrySatisfying("joinAttempts", (attempts) -> assertThat((Integer) attempts).isGreaterThan(1));
		});
	}

	@Test
	void aNodeThatHasJustBegunToJoinIsOutOfServiceUntilTheFirstAttemptIsOver() throws IOException {
		// takes connections, and never answers
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			this.runner
				.withPropertyValues("gossip.seeds=127.0.0.1:" + silent.getLocalPort(), "gossip.join.attempt-timeout=1h")
				.run((context) -> {
					GossipCluster cluster = context.getBean(GossipCluster.class);
					TestNode.await("the first attempt", () -> cluster.status().joinAttempts() == 1);
					assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
				});
		}
	}

	@Test
	void isolationIsTheStatusThatTheSettingsSay() {
		this.runner.withPropertyValues("gossip.seeds=127.0.0.1:1", "gossip.health.isolated-status=OUT_OF_SERVICE")
			.run((context) -> {
				GossipCluster cluster = context.getBean(GossipCluster.class);
				TestNode.await("some attempts", () -> cluster.status().joinAttempts() > 1);
				assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			});
	}

	@Test
	void divergenceIsAConditionOnlyWhenItLasts() {
		AtomicLong clock = new AtomicLong();
		LastingDivergence divergence = new LastingDivergence(0.5, Duration.ofSeconds(60), clock::get);
		assertThat(divergence.isLasting(0.9)).isFalse();
		clock.addAndGet(TimeUnit.SECONDS.toNanos(59));
		assertThat(divergence.isLasting(0.9)).isFalse();
		clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
		assertThat(divergence.isLasting(0.6)).isTrue();
		assertThat(divergence.isLasting(0.5)).as("not above").isFalse();
		assertThat(divergence.isLasting(0.9)).as("from the beginning").isFalse();
	}

	@Test
	void lastingDivergenceIsTheStatusThatTheSettingsSay() {
		this.runner
			.withPropertyValues("gossip.health.diverged-status=OUT_OF_SERVICE", "gossip.health.divergence-threshold=-1",
					"gossip.health.divergence-delay=0")
			.run((context) -> {
				awaitPhase(context, ClusterPhase.JOINED);
				assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
				assertThat(health(context).getDetails()).containsEntry("diverged", true);
			});
		this.runner.withPropertyValues("gossip.health.divergence-threshold=-1", "gossip.health.divergence-delay=0")
			.run((context) -> {
				awaitPhase(context, ClusterPhase.JOINED);
				assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			});
	}

	@Test
	void theSuspicionsOfTheLastMinuteAreCounted() {
		AtomicLong clock = new AtomicLong();
		SuspicionRate rate = new SuspicionRate(clock::get);
		this.runner.run((context) -> {
			Member member = context.getBean(GossipCluster.class).localMember();
			rate.onSuspicionStarted(member);
			rate.onSuspicionStarted(member);
			clock.addAndGet(TimeUnit.SECONDS.toNanos(59));
			rate.onSuspicionStarted(member);
			assertThat(rate.perMinute()).isEqualTo(3);
			clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
			assertThat(rate.perMinute()).isOne();
			clock.addAndGet(TimeUnit.DAYS.toNanos(1));
			assertThat(rate.perMinute()).isZero();
		});
	}

	@Test
	void readinessAsksTheNodeWhereItIsPutThereAndLivenessNeverDoes() throws Exception {
		String[] properties = { "--server.port=0", "--server.address=127.0.0.1",
				"--management.endpoint.health.group.readiness.include=readinessState,gossip" };
		try (ConfigurableApplicationContext context = TestNode.application(Web.class)
			.web(WebApplicationType.SERVLET)
			.run(properties)) {
			awaitPhase(context, ClusterPhase.JOINED);
			assertThat(statusCode(context, "readiness")).isEqualTo(200);
			TestNode.cluster(context).stop();
			assertThat(statusCode(context, "readiness")).isEqualTo(503);
			assertThat(statusCode(context, "liveness")).isEqualTo(200);
		}
	}

	private static int statusCode(ConfigurableApplicationContext context, String group) throws Exception {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/health/" + group);
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

	@Test
	void aMemberThatWasKilledIsNamed() {
		this.runner.run((context) -> {
			String seed = "--gossip.seeds=" + context.getBean(GossipCluster.class).localMember().address();
			try (ConfigurableApplicationContext two = TestNode.run(Nothing.class, seed, "--gossip.node.name=two")) {
				GossipCluster cluster = context.getBean(GossipCluster.class);
				TestNode.await("two members", () -> cluster.view().count(MemberState.ALIVE) == 2);
				TestNode.cluster(two).stop();
				TestNode.await("a failed member", () -> cluster.view().count(MemberState.DEAD) == 1);
				Health health = health(context);
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails()).containsEntry("failed", List.of("two"))
					.containsEntry("members", Map.of("alive", 1, "suspect", 0, "dead", 1, "left", 0));
			}
		});
	}

	@Test
	void aNodeThatHasLeftOrIsStoppedIsOutOfService() {
		this.runner.run((context) -> {
			GossipCluster cluster = context.getBean(GossipCluster.class);
			awaitPhase(context, ClusterPhase.JOINED);
			cluster.leave().toCompletableFuture().join();
			awaitPhase(context, ClusterPhase.LEFT);
			assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			cluster.stop();
			assertThat(health(context).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health(context).getDetails()).containsEntry("phase", "stopped");
		});
	}

	@Test
	void aNodeThatWasNeverStartedIsOutOfService() {
		this.runner.run((context) -> {
			try (GossipCluster never = NettyGossipCluster.builder().build()) {
				Health health = new GossipHealthIndicator(never, GossipConfig.defaults(),
						context.getBean(GossipProperties.class).health(), new SuspicionRate(System::nanoTime))
					.health();
				assertThat(health).isNotNull();
				assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			}
		});
	}

	@Test
	void aNodeWhoseEngineBrokeIsDownAndSaysWhy() {
		this.runner.withUserConfiguration(BrokenObserver.class).run((context) -> {
			GossipCluster cluster = context.getBean(GossipCluster.class);
			String seed = "--gossip.seeds=" + cluster.localMember().address();
			try (ConfigurableApplicationContext two = TestNode.run(Nothing.class, seed)) {
				awaitPhase(context, ClusterPhase.FAILED);
				assertThat(two.isRunning()).isTrue();
			}
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails().get("reason")).asString().contains("planted failure of the engine");
		});
	}

	@Test
	void aNodeWhoseNameIsTakenIsDownAndSaysWhatToDo() {
		try (ConfigurableApplicationContext one = TestNode.run(Nothing.class);
				ConfigurableApplicationContext first = TestNode.run(Nothing.class, TestNode.seed(one),
						"--gossip.node.name=same")) {
			TestNode.awaitAlive(first, 2);
			TestNode.awaitAlive(one, 2);
			try (ConfigurableApplicationContext rival = TestNode.run(Nothing.class, TestNode.seed(one),
					"--gossip.node.name=same")) {
				awaitPhase(rival, ClusterPhase.CONFLICT);
				Health health = new GossipHealthIndicator(TestNode.cluster(rival), rival.getBean(GossipConfig.class),
						rival.getBean(GossipProperties.class).health(), rival.getBean(SuspicionRate.class))
					.health();
				assertThat(health).isNotNull();
				assertThat(health.getStatus()).isEqualTo(Status.DOWN);
				assertThat(health.getDetails().get("reason")).asString().contains("gossip.node.name");
			}
		}
	}

	@Test
	void itIsAbsentWhenDisabled() {
		this.runner.withPropertyValues("management.health.gossip.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(GossipHealthIndicator.class));
		this.runner.withPropertyValues("gossip.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(GossipHealthIndicator.class));
	}

	@Test
	void itIsAbsentWithoutTheHealthModule() {
		this.runner.withClassLoader(new FilteredClassLoader(ConditionalOnEnabledHealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(GossipCluster.class)
				.doesNotHaveBean(GossipHealthIndicator.class));
	}

	@Test
	void anOwnContributorReplacesIt() {
		this.runner.withUserConfiguration(OwnContributor.class)
			.run((context) -> assertThat(context).doesNotHaveBean(GossipHealthIndicator.class)
				.hasBean("gossipHealthIndicator"));
	}

	private static Health health(ApplicationContext context) {
		Health health = context.getBean(GossipHealthIndicator.class).health();
		assertThat(health).isNotNull();
		return health;
	}

	private static void awaitPhase(ApplicationContext context, ClusterPhase phase) {
		GossipCluster cluster = context.getBean(GossipCluster.class);
		TestNode.await(phase.name(), () -> cluster.status().phase() == phase);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Web {

	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnContributor {

		@Bean
		HealthIndicator gossipHealthIndicator() {
			return () -> Health.up().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BrokenObserver {

		@Bean
		ProtocolObserver brokenObserver() {
			return new ProtocolObserver() {

				@Override
				public void onProbe(ProbeOutcome outcome, long roundTripNanos) {
					throw new IllegalStateException("planted failure of the engine");
				}

			};
		}

	}

}
