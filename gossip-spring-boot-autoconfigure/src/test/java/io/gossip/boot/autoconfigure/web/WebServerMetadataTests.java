package io.gossip.boot.autoconfigure.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.gossip.ClusterPhase;
import io.gossip.GossipCluster;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;
import io.gossip.boot.autoconfigure.TestNode;
import io.gossip.boot.autoconfigure.context.GossipLifecycle;
import io.gossip.boot.autoconfigure.context.MemberMetadataContributor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class WebServerMetadataTests {

	private static final ObjectProvider<GossipCluster> NO_NODE = new StaticListableBeanFactory()
		.getBeanProvider(GossipCluster.class);

	@Test
	void theOthersLearnOfThePortWithTheFirstMessage() {
		try (ConfigurableApplicationContext one = TestNode.run(Recorder.class);
				ConfigurableApplicationContext two = web(TestNode.seed(one), "--gossip.node.name=two",
						"--gossip.node.metadata.colour=green")) {
			Recorder recorder = one.getBean(Recorder.class);
			TestNode.await("Joined", () -> !recorder.events.isEmpty());
			assertThat(recorder.events.get(0)).isInstanceOf(MembershipEvent.Joined.class);
			assertThat(recorder.events.get(0).member().metadata()).containsEntry("http.port", port(two))
				.containsEntry("service", "application")
				.containsEntry("colour", "green");
		}
	}

	@Test
	void theServerOfTheManagementPortIsNotMeant() {
		try (ConfigurableApplicationContext context = web("--management.server.port=0")) {
			String management = context.getEnvironment().getRequiredProperty("local.management.port");
			assertThat(management).isNotEqualTo(port(context));
			assertThat(metadata(context)).isEqualTo(port(context));
		}
	}

	@Test
	void theServerOfAChildContextIsPublishedByTheNodeOfItsParent() {
		try (ConfigurableApplicationContext parent = TestNode.run(Nothing.class)) {
			GossipCluster cluster = TestNode.cluster(parent);
			TestNode.await("JOINED", () -> cluster.status().phase() == ClusterPhase.JOINED);
			assertThat(cluster.localMember().metadata()).doesNotContainKey("http.port");
			for (int start = 0; start < 2; start++) {
				try (ConfigurableApplicationContext child = new SpringApplicationBuilder(Web.class).parent(parent)
					.web(WebApplicationType.SERVLET)
					.properties("server.port=0", "server.address=127.0.0.1")
					.run()) {
					assertThat(child.getBean(GossipCluster.class)).isSameAs(cluster);
					TestNode.await("the port",
							() -> port(child).equals(cluster.localMember().metadata().get("http.port")));
				}
				TestNode.await("no port", () -> !cluster.localMember().metadata().containsKey("http.port"));
			}
		}
	}

	@Test
	void aPortThatTheUserGivesWins() {
		try (ConfigurableApplicationContext context = web("--gossip.node.metadata.http.port=80")) {
			assertThat(metadata(context)).isEqualTo("80");
		}
	}

	@Test
	void anotherPortAfterARestartReplacesTheFirstAndKeepsWhatTheApplicationPublished() {
		try (ConfigurableApplicationContext context = web()) {
			GossipCluster cluster = TestNode.cluster(context);
			var metadata = new TreeMap<>(cluster.localMember().metadata());
			metadata.put("added", "later");
			cluster.updateMetadata(metadata);
			TestNode.await("the update", () -> cluster.localMember().metadata().containsKey("added"));
			context.stop();
			context.start();
			assertThat(metadata(context)).isEqualTo(port(context));
			assertThat(cluster.localMember().metadata()).containsEntry("added", "later");
		}
	}

	@Test
	void aNodeThatOthersMayCallServesOnAfterItHasLeft() throws Exception {
		try (ConfigurableApplicationContext one = TestNode.run(Nothing.class);
				ConfigurableApplicationContext two = web(TestNode.seed(one), "--gossip.leave.drain-delay=1h")) {
			TestNode.awaitAlive(one, 2);
			TestNode.awaitAlive(two, 2);
			GossipLifecycle lifecycle = two.getBean(GossipLifecycle.class);
			CountDownLatch stopped = new CountDownLatch(1);
			lifecycle.stop(stopped::countDown);
			TestNode.await("LEFT", () -> TestNode.cluster(one).view().count(MemberState.LEFT) == 1);
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(two) + "/")).build();
			assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
				.isEqualTo(404);
			assertThat(stopped.getCount()).isOne();
			lifecycle.destroy();
			assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void nobodyWaitsForTheRequestsOfNobody() {
		try (ConfigurableApplicationContext one = TestNode.run(Nothing.class, "--gossip.leave.drain-delay=1h");
				ConfigurableApplicationContext two = TestNode.run(Nothing.class, TestNode.seed(one))) {
			TestNode.awaitAlive(one, 2);
			one.stop();
			assertThat(two.isRunning()).isTrue();
		}
		try (ConfigurableApplicationContext alone = web("--gossip.leave.drain-delay=1h")) {
			alone.stop();
			assertThat(TestNode.cluster(alone).status().phase()).isEqualTo(ClusterPhase.STOPPED);
		}
	}

	@Test
	void theOthersLearnThatThePortSpeaksTls() {
		WebServerMetadataContributor contributor = new WebServerMetadataContributor(
				new MockEnvironment().withProperty("server.ssl.bundle", "mine"), NO_NODE);
		contributor.onApplicationEvent(initialized(8443));
		Map<String, String> metadata = new TreeMap<>();
		contributor.contribute(metadata);
		assertThat(metadata).containsOnly(Map.entry("http.port", "8443"), Map.entry("http.secure", "true"));
		WebServerMetadataContributor off = new WebServerMetadataContributor(
				new MockEnvironment().withProperty("server.ssl.bundle", "mine")
					.withProperty("server.ssl.enabled", "false"),
				NO_NODE);
		off.onApplicationEvent(initialized(8080));
		metadata.clear();
		off.contribute(metadata);
		assertThat(metadata).containsOnlyKeys("http.port");
	}

	private static WebServerInitializedEvent initialized(int port) {
		WebServer server = new WebServer() {

			@Override
			public void start() {
			}

			@Override
			public void stop() {
			}

			@Override
			public int getPort() {
				return port;
			}

		};
		return new ServletWebServerInitializedEvent(server, new ServletWebServerApplicationContext());
	}

	@Test
	void contributorsOfTheApplicationAreAskedAsWell() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(GossipAutoConfiguration.class))
			.withPropertyValues(TestNode.fastProperties())
			.withUserConfiguration(OwnContributor.class)
			.run((context) -> assertThat(context.getBean(GossipCluster.class).localMember().metadata())
				.containsEntry("commit", "abc")
				.containsEntry("service", "application"));
	}

	@Test
	void withoutAWebServerOnTheClassPathThereIsNoPort() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(GossipAutoConfiguration.class, GossipWebServerAutoConfiguration.class))
			.withPropertyValues(TestNode.fastProperties())
			.withClassLoader(new FilteredClassLoader(WebServerInitializedEvent.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MemberMetadataContributor.class));
	}

	@Test
	void withoutARunningWebServerThereIsNoPort() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(GossipAutoConfiguration.class, GossipWebServerAutoConfiguration.class))
			.withPropertyValues(TestNode.fastProperties())
			.run((context) -> assertThat(context.getBean(GossipCluster.class).localMember().metadata())
				.containsOnlyKeys("service"));
	}

	private static String port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port");
	}

	private static String metadata(ConfigurableApplicationContext context) {
		return String.valueOf(TestNode.cluster(context).localMember().metadata().get("http.port"));
	}

	private static ConfigurableApplicationContext web(String... arguments) {
		return TestNode.application(Web.class)
			.web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1")
			.run(arguments);
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
		MemberMetadataContributor commit() {
			return (metadata) -> metadata.put("commit", "abc");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Recorder {

		private final List<MembershipEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(MembershipEvent event) {
			this.events.add(event);
		}

	}

}
