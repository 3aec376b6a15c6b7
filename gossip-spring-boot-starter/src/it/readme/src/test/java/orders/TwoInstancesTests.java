package orders;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.gossip.GossipCluster;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.MemberStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README promises to somebody who has written the application and starts it
 * twice, once under another name.
 */
@ExtendWith(OutputCaptureExtension.class)
class TwoInstancesTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static ConfigurableApplicationContext orders;

	private static ConfigurableApplicationContext quotes;

	@BeforeAll
	static void start() {
		orders = run("orders", "");
		quotes = run("quotes", address(orders));
		await(() -> alive(orders) >= 2 && alive(quotes) >= 2);
	}

	@AfterAll
	static void stop() {
		quotes.close();
		orders.close();
	}

	@Test
	void theEndpointsShowTheClusterAndThatTheNodeIsUp() throws Exception {
		assertThat(get(orders, "gossip").body()).contains("\"cluster\":\"orders\"", "\"name\":\"quotes\"",
				"\"service\":\"quotes\"");
		assertThat(get(orders, "health").body()).contains("\"gossip\":{\"details\"", "\"status\":\"UP\"");
		assertThat(get(orders, "health/gossip").body()).contains("\"status\":\"UP\"", "\"phase\":\"joined\"");
		assertThat(get(orders, "metrics/gossip.members").body()).contains("VALUE");
	}

	@Test
	void aCallByTheNameOfAServiceReachesItsInstance() {
		// Where this runs after the rejoin, the load balancer may hear of that a moment
		// later.
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(orders.getBean(QuoteClient.class).quote()).extracting(Quote::by)
				.isEqualTo("quotes"));
	}

	@Test
	void aBroadcastAndADirectMessageArriveAsEvents(CapturedOutput output) {
		GossipCluster cluster = orders.getBean(GossipCluster.class);
		orders.getBean(Messages.class).tell(cluster, "order-1", member("quotes"), "from orders".getBytes(UTF_8));
		await(() -> output.getOut().contains("BROADCAST 'cache.evict' of 7 bytes from orders")
				&& output.getOut().contains("DIRECT 'hello' of 11 bytes from orders"));
	}

	@Test
	void whatTheBeansSayOfANodeIsKnownToTheOther() throws Exception {
		assertThat(get(orders, "gossip/quotes").body()).contains("\"zone\":\"rack-7\"",
				"\"processors\":\"" + Runtime.getRuntime().availableProcessors() + "\"");
	}

	@Test
	void aNodeThatHasBeenToldToLeaveIsNotReadyUntilItRejoins() throws Exception {
		assertThat(get(quotes, "health/readiness").statusCode()).isEqualTo(200);
		try {
			assertThat(post(quotes, "{\"action\":\"leave\"}").statusCode()).isEqualTo(200);
			assertThat(get(quotes, "health/readiness").statusCode()).isEqualTo(503);
			assertThat(get(quotes, "health/liveness").statusCode()).isEqualTo(200);
		}
		finally {
			assertThat(post(quotes, "{\"action\":\"rejoin\"}").statusCode()).isEqualTo(200);
			await(() -> get(quotes, "health/readiness").statusCode() == 200 && isIn("quotes"));
		}
	}

	@Test
	void theListenerIsToldOfAnInstanceThatDies(CapturedOutput output) {
		try (ConfigurableApplicationContext third = run("third", address(orders))) {
			await(() -> isIn("third"));
			third.getBean(GossipCluster.class).stop();
			await(() -> output.getOut().contains("is gone"));
			assertThat(output).containsPattern("third \\(127\\.0\\.0\\.1:\\d+\\) is gone");
		}
	}

	/**
	 * An instance on free ports of the loopback interface, so that builds do not meet.
	 */
	private static ConfigurableApplicationContext run(String name, String seeds) {
		List<String> arguments = new ArrayList<>(List.of("--spring.application.name=" + name));
		arguments.addAll(List.of("--gossip.node.name=" + name, "--gossip.seeds=" + seeds, "--server.port=0"));
		arguments.addAll(List.of("--gossip.transport.bind-address=127.0.0.1", "--gossip.transport.port=0"));
		arguments.add("--management.endpoint.gossip.access=unrestricted");
		arguments.add("--gossip.leave.drain-delay=0s");
		return SpringApplication.run(OrdersApplication.class, arguments.toArray(String[]::new));
	}

	private static String address(ConfigurableApplicationContext context) {
		return context.getBean(GossipCluster.class).localMember().address().toString();
	}

	private static long alive(ConfigurableApplicationContext context) {
		return context.getBean(GossipCluster.class).view().count(MemberState.ALIVE);
	}

	private static boolean isIn(String name) {
		return members().anyMatch((member) -> member.name().equals(name));
	}

	private static Member member(String name) {
		return members().filter((member) -> member.name().equals(name)).findFirst().orElseThrow();
	}

	/** Those that the first instance holds to be in. */
	private static Stream<Member> members() {
		return orders.getBean(GossipCluster.class).view().members().stream().map(MemberStatus::member);
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext context, String endpoint)
			throws IOException, InterruptedException {
		return send(request(context, endpoint));
	}

	private static HttpResponse<String> post(ConfigurableApplicationContext context, String body)
			throws IOException, InterruptedException {
		return send(request(context, "gossip").header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	private static HttpRequest.Builder request(ConfigurableApplicationContext context, String endpoint) {
		String port = context.getEnvironment().getProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/" + endpoint));
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

}
