package io.gossip.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The node that users copy, as HTTP shows it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "gossip.node.name=lonely", "gossip.transport.bind-address=127.0.0.1" })
class SampleApplicationTests {

	private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

	@LocalServerPort
	private int port;

	@Test
	void theGossipEndpointShowsNodeClusterHashAndMembers() throws Exception {
		JsonNode gossip = get("/actuator/gossip");
		assertThat(gossip.has("node")).isTrue();
		assertThat(gossip.path("cluster").asString()).isEqualTo("sample");
		assertThat(gossip.path("viewHash").asString()).isNotEmpty();
		assertThat(gossip.path("members").size()).isOne();
		JsonNode member = gossip.path("members").get(0);
		assertThat(member.propertyNames()).contains("id", "name", "address", "zone", "state", "incarnation",
				"metadata");
		assertThat(member.path("name").asString()).isEqualTo("lonely");
		assertThat(member.path("state").asString()).isEqualTo("ALIVE");
		assertThat(member.path("metadata").path("version").asString()).isEqualTo("1");
	}

	@Test
	void theHealthOfTheNodeIsShownWithDetails() throws Exception {
		JsonNode health = get("/actuator/health").path("components").path("gossip");
		assertThat(health.path("status").asString()).isEqualTo("UP");
		assertThat(health.path("details").isEmpty()).isFalse();
	}

	@Test
	void theMetersOfTheNodeAreListed() throws Exception {
		assertThat(get("/actuator/metrics").path("names").valueStream().map(JsonNode::asString))
			.anyMatch((name) -> name.startsWith("gossip."));
	}

	private JsonNode get(String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.timeout(ANSWER_LIMIT)
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

}
