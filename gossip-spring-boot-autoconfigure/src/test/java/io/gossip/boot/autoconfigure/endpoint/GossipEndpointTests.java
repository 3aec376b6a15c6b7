package io.gossip.boot.autoconfigure.endpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.gossip.ClusterPhase;
import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;
import io.gossip.boot.autoconfigure.TestNode;
import io.gossip.boot.autoconfigure.context.GossipLifecycle;
import io.gossip.boot.autoconfigure.context.SuspicionRate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class GossipEndpointTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GossipAutoConfiguration.class, GossipEndpointAutoConfiguration.class))
		.withPropertyValues(TestNode.fastProperties());

	@Test
	void itIsThereWhereItIsExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=gossip")
			.run((context) -> assertThat(context).hasSingleBean(GossipEndpoint.class));
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(GossipEndpoint.class));
	}

	@Test
	void itIsAbsentWhenItsAccessIsNone() {
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=gossip",
					"management.endpoint.gossip.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(GossipEndpoint.class));
	}

	@Test
	void itIsAbsentWithoutTheActuator() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=gossip")
			.withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(GossipCluster.class)
				.doesNotHaveBean(GossipEndpoint.class));
	}

	@Test
	void anOwnEndpointReplacesIt() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=gossip")
			.withUserConfiguration(OwnEndpoint.class)
			.run((context) -> assertThat(context).hasSingleBean(GossipEndpoint.class).hasBean("ownEndpoint"));
	}

	@Test
	void aNodeThatIsStoppedShowsItsPhaseOnly() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=gossip").run((context) -> {
			context.getBean(GossipCluster.class).stop();
			NodeDescriptor node = context.getBean(GossipEndpoint.class).gossip().node();
			assertThat(node).isEqualTo(NodeDescriptor.stopped());
		});
	}

	@Test
	void theClusterIsServedAsJsonOverHttp() throws Exception {
		try (ConfigurableApplicationContext one = web("--gossip.node.name=one", "--gossip.node.zone=eu-1",
				"--gossip.cluster=blue");
				ConfigurableApplicationContext two = TestNode.run(Nothing.class, TestNode.seed(one),
						"--gossip.cluster=blue", "--gossip.node.name=two", "--gossip.node.metadata.colour=green")) {
			TestNode.awaitAlive(one, 2);
			TestNode.awaitAlive(two, 2);
			HttpResponse<String> response = get(one, "/actuator/gossip");
			assertThat(response.statusCode()).isEqualTo(200);
			JsonNode json = JsonMapper.shared().readTree(response.body());
			assertThat(json.propertyNames()).containsExactlyInAnyOrder("node", "cluster", "viewHash", "members",
					"zones", "status", "queues", "budgets", "sentinels", "events");
			assertThat(json.get("cluster").asString()).isEqualTo("blue");
			assertThat(json.get("viewHash").asString()).matches("[0-9a-f]{16}");
			assertThat(json.get("node").propertyNames()).containsExactlyInAnyOrder("phase", "id", "name", "address",
					"zone", "instance", "incarnation");
			assertThat(json.get("node").get("name").asString()).isEqualTo("one");
			assertThat(json.get("node").get("phase").asString()).isEqualTo("JOINED");
			assertThat(json.get("node").get("zone").asString()).isEqualTo("eu-1");
			assertThat(json.get("members")).hasSize(2);
			JsonNode member = json.get("members").get(1);
			assertThat(member.propertyNames()).contains("id", "name", "address", "zone", "state", "incarnation",
					"metadata");
			assertThat(member.get("name").asString()).isEqualTo("two");
			assertThat(member.get("id").asString()).isEqualTo(TestNode.cluster(two).localMember().id().toString());
			assertThat(member.get("address").asString())
				.isEqualTo(TestNode.cluster(two).localMember().address().toString());
			assertThat(member.get("state").asString()).isEqualTo("ALIVE");
			assertThat(member.get("incarnation").isIntegralNumber()).isTrue();
			assertThat(member.get("metadata").get("colour").asString()).isEqualTo("green");
			assertThat(json.get("status").get("isolated").asBoolean()).isFalse();
			assertThat(json.get("status").get("localHealthMax").asInt()).isEqualTo(8);
			assertThat(json.get("status").get("drops").isObject()).isTrue();
		}
	}

	@Test
	void theViewsOfOneClusterHaveOneHash() throws Exception {
		try (ConfigurableApplicationContext one = web(); ConfigurableApplicationContext two = web(TestNode.seed(one))) {
			TestNode.awaitAlive(one, 2);
			TestNode.awaitAlive(two, 2);
			TestNode.await("equal hashes", () -> hash(one).equals(hash(two)));
		}
	}

	@Test
	void aMemberThatFailedIsStillShown() throws Exception {
		try (ConfigurableApplicationContext one = web();
				ConfigurableApplicationContext two = TestNode.run(Nothing.class, TestNode.seed(one),
						"--gossip.node.name=two")) {
			TestNode.awaitAlive(one, 2);
			TestNode.cluster(two).stop();
			TestNode.await("DEAD", () -> TestNode.cluster(one).view().count(MemberState.DEAD) == 1);
			JsonNode member = JsonMapper.shared().readTree(get(one, "/actuator/gossip/two").body());
			assertThat(member.get("state").asString()).isEqualTo("DEAD");
			JsonNode health = JsonMapper.shared().readTree(get(one, "/actuator/health").body());
			assertThat(health.get("components").get("gossip").get("details").get("failed").get(0).asString())
				.isEqualTo("two");
			assertThat(health.get("status").asString()).isEqualTo("UP");
		}
	}

	@Test
	void theCauseOfADeathIsShown() throws Exception {
		try (ConfigurableApplicationContext one = web("--gossip.node.name=one", "--gossip.node.zone=eu-1",
				"--gossip.endpoint.events-max=3");
				ConfigurableApplicationContext two = TestNode.run(Nothing.class, TestNode.seed(one),
						"--gossip.node.name=two")) {
			TestNode.awaitAlive(one, 2);
			TestNode.cluster(two).stop();
			TestNode.await("the events", () -> json(one).get("events").size() == 3);
			JsonNode json = json(one);
			JsonNode failed = json.get("events").get(0);
			assertThat(failed.get("kind").asString()).isEqualTo("Failed");
			assertThat(failed.get("member").asString()).isEqualTo("two");
			assertThat(failed.get("accuser").asString()).isEqualTo("one");
			assertThat(failed.get("confirmations").isIntegralNumber()).isTrue();
			assertThat(failed.get("suspectedMillis").asLong()).isPositive();
			assertThat(Instant.parse(failed.get("time").asString())).isBefore(Instant.now());
			assertThat(json.get("events").get(1).get("kind").asString()).isEqualTo("Suspected");
			assertThat(json.get("events").get(2).get("kind").asString()).isEqualTo("Joined");
			assertThat(json.get("status").get("suspicionsPerMinute").asInt()).isOne();
			assertThat(json.get("queues").get("rumorsMax").asInt()).isEqualTo(4096);
			assertThat(json.get("queues").get("oldestRumorMillis").isNumber()).isTrue();
			assertThat(json.get("queues").get("messagesMax").asInt()).isEqualTo(256);
			assertThat(json.get("budgets")).hasSize(4);
			assertThat(json.get("budgets").get(0).get("traffic").asString()).isEqualTo("rumor");
			assertThat(json.get("budgets").get(0).get("bytesPerSecond").asLong()).isEqualTo(20 * 1024);
			assertThat(json.get("budgets").get(0).get("postponed").asLong()).isZero();
			assertThat(json.get("zones")).hasSize(2);
			assertThat(json.get("zones").get(0).get("members").get("DEAD").asInt()).isOne();
			assertThat(json.get("zones").get(1).get("name").asString()).isEqualTo("eu-1");
			assertThat(json.get("zones").get(1).get("reachable").asBoolean()).isTrue();
			try (ConfigurableApplicationContext three = TestNode.run(Nothing.class, TestNode.seed(one),
					"--gossip.node.name=three")) {
				TestNode.await("the newest event",
						() -> json(one).get("events").get(0).get("member").asString().equals("three"));
				assertThat(json(one).get("events")).as("no more than are kept").hasSize(3);
				assertThat(three.isActive()).isTrue();
			}
		}
	}

	@Test
	void theViewHashOfASentinelIsComparedWithOurs() throws Exception {
		String[] sentinels = { "--gossip.node.name=one", "--gossip.sentinels=one,two,three" };
		try (ConfigurableApplicationContext one = web(sentinels);
				ConfigurableApplicationContext two = TestNode.run(Nothing.class, TestNode.seed(one),
						"--gossip.node.name=two")) {
			TestNode.awaitAlive(one, 2);
			TestNode.await("the hash of two", () -> json(one).get("sentinels").get(0).get("equal").asBoolean());
			JsonNode heard = json(one).get("sentinels").get(0);
			assertThat(heard.get("name").asString()).isEqualTo("two");
			assertThat(heard.get("viewHash").asString())
				.isEqualTo(GossipDescriptor.hex(TestNode.cluster(two).view().hash()));
			JsonNode absent = json(one).get("sentinels").get(1);
			assertThat(absent.get("name").asString()).as("a node is no sentinel of its own").isEqualTo("three");
			assertThat(absent.get("equal").asBoolean()).isFalse();
			assertThat(absent.get("viewHash").isNull()).isTrue();
		}
	}

	@Test
	void nothingCanBeChangedUnlessAccessIsUnrestricted() throws Exception {
		try (ConfigurableApplicationContext one = web()) {
			assertThat(post(one, "leave").statusCode()).isEqualTo(405);
			assertThat(TestNode.cluster(one).status().phase()).isEqualTo(ClusterPhase.JOINED);
		}
	}

	@Test
	void aNodeCanLeaveAndRejoinWhereThatIsAllowed() throws Exception {
		try (ConfigurableApplicationContext one = TestNode.run(Nothing.class);
				ConfigurableApplicationContext two = web(TestNode.seed(one),
						"--management.endpoint.gossip.access=unrestricted", "--gossip.node.name=two")) {
			TestNode.awaitAlive(one, 2);
			HttpResponse<String> left = post(two, "leave");
			assertThat(left.statusCode()).as(left.body()).isEqualTo(200);
			assertThat(JsonMapper.shared().readTree(left.body()).get("phase").asString()).isEqualTo("LEFT");
			TestNode.await("LEFT", () -> TestNode.cluster(one).view().count(MemberState.LEFT) == 1);
			assertThat(post(two, "rejoin").statusCode()).isEqualTo(200);
			TestNode.awaitAlive(one, 2);
			TestNode.awaitAlive(two, 2);
			assertThat(post(two, "dance").statusCode()).isEqualTo(400);
		}
	}

	private static JsonNode json(ConfigurableApplicationContext context) throws IOException, InterruptedException {
		return JsonMapper.shared().readTree(get(context, "/actuator/gossip").body());
	}

	private static HttpResponse<String> post(ConfigurableApplicationContext context, String action)
			throws IOException, InterruptedException {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/gossip"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"action\":\"" + action + "\"}"))
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
	}

	@Test
	void aMemberIsFoundByNameAndByIdAndElseIsNotFound() throws Exception {
		try (ConfigurableApplicationContext one = web("--gossip.node.name=one")) {
			String id = TestNode.cluster(one).localMember().id().toString();
			JsonNode byName = JsonMapper.shared().readTree(get(one, "/actuator/gossip/one").body());
			JsonNode byId = JsonMapper.shared().readTree(get(one, "/actuator/gossip/" + id).body());
			assertThat(byName.get("id").asString()).isEqualTo(id);
			assertThat(byId).isEqualTo(byName);
			assertThat(get(one, "/actuator/gossip/nobody").statusCode()).isEqualTo(404);
		}
	}

	private static String hash(ConfigurableApplicationContext context) throws IOException, InterruptedException {
		return JsonMapper.shared().readTree(get(context, "/actuator/gossip").body()).get("viewHash").asString();
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
	}

	private static ConfigurableApplicationContext web(String... arguments) {
		return TestNode.application(Web.class)
			.web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "gossip.leave.drain-delay=0",
					"management.endpoints.web.exposure.include=health,gossip",
					"management.endpoint.health.show-details=always")
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Web {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEndpoint {

		@Bean
		GossipEndpoint ownEndpoint(GossipCluster cluster, GossipConfig config, SuspicionRate suspicions,
				RecentEvents events, GossipLifecycle lifecycle) {
			return new GossipEndpoint(cluster, config, suspicions, events, lifecycle);
		}

	}

}
