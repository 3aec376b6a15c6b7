package io.gossip.sample;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the command line of the demo means. */
class DemoSettingsTests {

	private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

	@Test
	void theDemoStaysUpUnlessToldOtherwise() {
		assertThat(DemoSettings.of().exit()).isFalse();
		assertThat(DemoSettings.of("--demo.exit=true").exit()).isTrue();
	}

	@Test
	void otherOptionsGoToTheNodes() {
		DemoSettings settings = DemoSettings.of("--demo.step-limit=3s", "--gossip.cluster=mine", "--debug");
		assertThat(settings.stepLimit()).isEqualTo(Duration.ofSeconds(3));
		assertThat(settings.nodeProperties()).containsEntry("gossip.cluster", "mine").containsEntry("debug", "true");
		assertThat(settings.nodeProperties().keySet()).noneMatch((name) -> name.startsWith("demo."));
	}

	@Test
	void anHttpPortThatIsTakenIsNotAskedFor() throws IOException {
		int port;
		try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
			port = taken.getLocalPort();
			assertThat(DemoSettings.of("--demo.http-port=" + port).httpPort(1)).isZero();
		}
	}

	@Test
	void aGossipPortWhoseUdpHalfIsTakenIsNotAskedFor() throws IOException {
		try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
			assertThat(DemoSettings.of("--demo.gossip-port=" + taken.getLocalPort()).gossipPort(1)).isZero();
		}
	}

	@Test
	void aFirstPortOfZeroMeansAnyForEveryNode() {
		DemoSettings settings = DemoSettings.of("--demo.http-port=0", "--demo.gossip-port=0");
		assertThat(settings.httpPort(3)).isZero();
		assertThat(settings.gossipPort(3)).isZero();
	}

}
