package io.gossip.boot.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What the log says of a node that nobody has configured yet. */
@ExtendWith(OutputCaptureExtension.class)
class FirstHourTests {

	private static final String OPEN = "without authentication: whoever reaches the port can join or disturb cluster";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GossipAutoConfiguration.class))
		.withPropertyValues(TestNode.fastProperties());

	@Test
	void aNodeThatAnybodyCanReachIsWarnedOfOnce(CapturedOutput output) {
		this.runner.withPropertyValues("gossip.transport.bind-address=0.0.0.0")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output.getAll().split(OPEN, -1)).as("the parts around the warning").hasSize(2);
		assertThat(output).contains("or set transport.bind-address (now '0.0.0.0')");
	}

	@Test
	void aNodeOnLoopbackIsNoReasonToWarn(CapturedOutput output) {
		this.runner.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain(OPEN).doesNotContain("advertise-address");
	}

	@Test
	void anAdvertisedAddressThatOtherHostsCannotReachIsWarnedOf(CapturedOutput output) {
		this.runner
			.withPropertyValues("gossip.transport.bind-address=0.0.0.0", "gossip.transport.advertise-address=127.0.0.1")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("which other hosts cannot reach").contains("set transport.advertise-address");
	}

	@ParameterizedTest
	@ValueSource(strings = { "169.254.10.20", "[fe80::1]" })
	void anAdvertisedAddressOfTheLinkIsWarnedOf(String address, CapturedOutput output) {
		this.runner.withPropertyValues("gossip.transport.advertise-address=" + address)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("which only hosts of the same link can reach: set transport.advertise-address");
	}

}
