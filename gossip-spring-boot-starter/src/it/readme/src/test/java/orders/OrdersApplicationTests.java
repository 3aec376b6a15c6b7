package orders;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;

import io.gossip.GossipCluster;
import io.gossip.MemberState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README promises to somebody who has done what it says. */
@SpringBootTest
@ExtendWith(OutputCaptureExtension.class)
class OrdersApplicationTests {

	@Test
	void theContextLoadsAndMeetsNobody(@Autowired GossipCluster cluster) {
		assertThat(cluster.localMember().address().isLoopback()).isTrue();
		assertThat(cluster.view().size()).isOne();
	}

	@Test
	void twoInstancesFindEachOtherAndOneSeesTheOtherDie(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext one = run("one", "");
				ConfigurableApplicationContext two = run("two", address(one))) {
			await(() -> alive(one) == 2 && alive(two) == 2);
			assertThat(get(one, "gossip")).contains("\"name\":\"two\"", "\"cluster\":\"orders\"",
					"\"service\":\"orders\"");
			assertThat(get(one, "health")).contains("UP");
			assertThat(get(one, "metrics/gossip.members")).contains("VALUE");
			two.getBean(GossipCluster.class).stop();
			await(() -> output.getOut().contains("is gone"));
			assertThat(output).containsPattern("two \\(127\\.0\\.0\\.1:\\d+\\) is gone");
		}
	}

	private static ConfigurableApplicationContext run(String name, String seeds) {
		return SpringApplication.run(OrdersApplication.class, "--gossip.node.name=" + name, "--gossip.seeds=" + seeds,
				"--gossip.transport.bind-address=127.0.0.1", "--gossip.transport.port=0", "--server.port=0");
	}

	private static String address(ConfigurableApplicationContext context) {
		return context.getBean(GossipCluster.class).localMember().address().toString();
	}

	private static int alive(ConfigurableApplicationContext context) {
		return context.getBean(GossipCluster.class).view().count(MemberState.ALIVE);
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
	}

	private static String get(ConfigurableApplicationContext context, String endpoint)
			throws IOException, InterruptedException {
		String port = context.getEnvironment().getProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/" + endpoint))
			.build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

}
