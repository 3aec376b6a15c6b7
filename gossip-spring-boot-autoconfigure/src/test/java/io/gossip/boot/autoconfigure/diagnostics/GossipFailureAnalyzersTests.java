package io.gossip.boot.autoconfigure.diagnostics;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import io.gossip.boot.autoconfigure.GossipAutoConfiguration;
import io.gossip.boot.autoconfigure.GossipConfigCustomizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
		assertThat(output).contains("The property 'gossip.seeds' is '10.0.0.1:99999', which is not valid: it must be"
				+ " host, host:port or [ipv6]:port with a port of 1 to 65535");
	}

	private static void assertFailsToStart(Class<?> source, String... arguments) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(source).web(WebApplicationType.NONE)
			.properties("gossip.transport.bind-address=127.0.0.1", "gossip.transport.port=0");
		assertThatException().isThrownBy(() -> application.run(arguments).close());
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
