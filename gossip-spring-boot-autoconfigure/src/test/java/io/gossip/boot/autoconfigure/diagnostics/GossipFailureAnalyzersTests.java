package io.gossip.boot.autoconfigure.diagnostics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.gossip.ClusterPhase;
import io.gossip.ClusterStatus;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;
import io.gossip.boot.autoconfigure.GossipConfigCustomizer;
import io.gossip.boot.autoconfigure.TestNode;
import io.gossip.boot.autoconfigure.context.GossipJoinFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class GossipFailureAnalyzersTests {

	@Test
	void aPortInUseIsNamedWithWhatToDo(CapturedOutput output) throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int port = taken.getLocalPort();
			assertFailsToStart(Application.class, "--gossip.transport.port=" + port);
			assertThat(output).contains("APPLICATION FAILED TO START")
				.contains("The gossip node failed to start. Port " + port)
				.contains("Identify and stop the process that listens on port " + port
						+ ", or set 'gossip.transport.port' to another port");
		}
	}

	@Test
	void anInvalidSettingIsNamedWithItsValueItsRuleAndItsOrigin(CapturedOutput output) {
		assertFailsToStart(Application.class, "--gossip.failure-detection.probe-timeout=2s");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The property 'gossip.failure-detection.probe-timeout' is 2s, which is not valid: it must"
					+ " not exceed half of failure-detection.probe-interval, which is 1s, or helpers could not answer"
					+ " in time; lengthen the interval or shorten the timeout.")
			.contains("Origin: \"gossip.failure-detection.probe-timeout\" from property source \"commandLineArgs\"")
			.contains("Set 'gossip.failure-detection.probe-timeout' to a value that keeps the rule");
	}

	@Test
	void anInvalidSettingOfACustomizerIsNotBlamedOnAProperty(CapturedOutput output) {
		assertFailsToStart(CustomizedApplication.class);
		assertThat(output).contains("The property 'gossip.leave.timeout' is -1s")
			.contains("comes from a GossipConfigCustomizer bean");
	}

	@Test
	void tooMuchMetadataIsTracedToThePropertiesBelowTheName(CapturedOutput output) {
		assertFailsToStart(Application.class, "--gossip.limits.metadata-bytes-max=16",
				"--gossip.node.metadata.text=longer-than-sixteen-bytes");
		assertThat(output).contains("The property 'gossip.node.metadata' is")
			.contains("must not exceed limits.metadata-bytes-max, which is 16")
			.contains("Origin: properties below this name in");
	}

	@Test
	void aSeedThatIsNoneIsAnInvalidSetting(CapturedOutput output) {
		assertFailsToStart(Application.class, "--gossip.seeds=10.0.0.1:99999");
		assertThat(output)
			.contains("The property 'gossip.seeds' is '10.0.0.1:99999', which is not valid: it must be"
					+ " host, host:port or [ipv6]:port with a port of 1 to 65535")
			.contains("Name members by host and gossip port, such as host-a:7946");
	}

	@Test
	void aStateDirectoryThatCannotBeCreatedFailsTheStartWithItsOrigin(CapturedOutput output) {
		assertFailsToStart(Application.class, "--gossip.node.name=n", "--gossip.node.state-directory=pom.xml/below");
		assertThat(output).contains("The property 'gossip.node.state-directory' is 'pom.xml/below'")
			.contains("must be a directory that this process can create and write to")
			.contains("Origin: \"gossip.node.state-directory\" from property source \"commandLineArgs\"")
			.contains("a volume that outlives the container");
	}

	@Test
	void anAddressThatNobodyCanSendToIsNoneToAdvertise(CapturedOutput output) {
		assertFailsToStart(Application.class, "--gossip.transport.advertise-address=0.0.0.0");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains(
					"The property 'gossip.transport.advertise-address' is '0.0.0.0', which is not valid: it must be an"
							+ " address that others can send to")
			.contains("Origin: \"gossip.transport.advertise-address\" from property source \"commandLineArgs\"")
			.contains("gossip.transport.advertise-address=${POD_IP}");
	}

	@Test
	void aNameInUseFailsTheStartOfANodeThatHasToJoin(CapturedOutput output) {
		try (ConfigurableApplicationContext one = TestNode.run(Nothing.class);
				ConfigurableApplicationContext first = TestNode.run(Nothing.class, TestNode.seed(one),
						"--gossip.node.name=same")) {
			TestNode.awaitAlive(one, 2);
			TestNode.awaitAlive(first, 2);
			assertFailsToStart(Application.class, TestNode.seed(one), "--gossip.node.name=same",
					"--gossip.join.required=true", "--gossip.join.timeout=1h");
			assertThat(output).contains("APPLICATION FAILED TO START")
				.contains("The gossip node was refused. The name 'same' is taken in cluster 'default'")
				.contains("Give each instance a 'gossip.node.name' of its own");
		}
	}

	@Test
	void seedsThatDoNotAnswerFailTheStartOfANodeThatHasToJoin(CapturedOutput output) {
		assertFailsToStart(Application.class, "--gossip.seeds=127.0.0.1:1", "--gossip.cluster=blue",
				"--gossip.join.required=true", "--gossip.join.timeout=300ms");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The gossip node had to join cluster 'blue' and did not. No seed has answered within 300 ms")
			.contains("Seeds: 127.0.0.1:1")
			.contains("Check that the seeds run, that 'gossip.cluster' is 'blue' there as well");
	}

	@Test
	void aSeedOfAnotherClusterFailsTheStartOfANodeThatHasToJoin(CapturedOutput output) {
		try (ConfigurableApplicationContext red = TestNode.run(Nothing.class, "--gossip.cluster=red")) {
			assertFailsToStart(Application.class, TestNode.seed(red), "--gossip.cluster=blue",
					"--gossip.join.required=true", "--gossip.join.attempt-timeout=300ms", "--gossip.join.timeout=2s");
			assertThat(output).contains("APPLICATION FAILED TO START")
				.contains("The gossip node had to join cluster 'blue' and did not.")
				.contains("Packets of another cluster that arrived meanwhile: ")
				.contains("The seeds are there, but their cluster has another name: set 'gossip.cluster' (now 'blue')"
						+ " to the same name on all nodes");
		}
	}

	@Test
	void seedsOfAnotherClusterAreToldApartFromSilentOnes() {
		TreeMap<String, Long> drops = new TreeMap<>(Map.of("wrong-cluster", 7L));
		ClusterStatus status = new ClusterStatus(ClusterPhase.JOINING, true, 3, 0, 8, 0, 0, 0, Duration.ZERO, 0, 0, 0,
				0, drops, null, null);
		MockEnvironment environment = new MockEnvironment().withProperty("gossip.cluster", "blue")
			.withProperty("gossip.seeds[0]", "host-a:7946")
			.withProperty("gossip.seeds[1]", "host-b:7946")
			.withProperty("gossip.seeds-file", "/etc/seeds");
		FailureAnalysis analysis = new GossipJoinFailureAnalyzer(environment)
			.analyze(new GossipJoinFailedException(Duration.ofSeconds(30), status));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).contains("asked 3 times",
				"Seeds: host-a:7946, host-b:7946, those in /etc/seeds",
				"Packets of another cluster that arrived meanwhile: 7");
		assertThat(analysis.getAction()).startsWith("The seeds are there, but their cluster has another name: set"
				+ " 'gossip.cluster' (now 'blue') to the same name on all nodes");
	}

	@Test
	void aNodeThatHasToJoinIsAMemberWhenTheApplicationIsUp() {
		try (ConfigurableApplicationContext one = TestNode.run(Nothing.class);
				ConfigurableApplicationContext two = TestNode.run(Nothing.class, TestNode.seed(one),
						"--gossip.join.required=true")) {
			assertThat(TestNode.cluster(two).status().phase()).isEqualTo(ClusterPhase.JOINED);
			assertThat(TestNode.cluster(two).view().size()).isEqualTo(2);
			assertThat(one.isActive()).isTrue();
		}
	}

	private static void assertFailsToStart(Class<?> source, String... arguments) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(source).web(WebApplicationType.NONE)
			.properties("gossip.transport.bind-address=127.0.0.1", "gossip.transport.port=0");
		assertThatException().isThrownBy(() -> application.run(arguments).close());
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(GossipAutoConfiguration.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(GossipAutoConfiguration.class)
	static class CustomizedApplication {

		@Bean
		GossipConfigCustomizer negativeTimeout() {
			return (builder) -> builder.leave((leave) -> leave.withTimeout(Duration.ofSeconds(-1)));
		}

	}

}
