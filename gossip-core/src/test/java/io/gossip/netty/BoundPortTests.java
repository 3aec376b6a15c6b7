package io.gossip.netty;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;

import io.gossip.GossipException.PortInUse;
import io.gossip.TransportSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BoundPortTests {

	private final InetAddress host = InetAddress.getLoopbackAddress();

	@Test
	void isOneNumberForUdpAndTcp() throws Exception {
		BoundPort bound = BoundPort.bind(this.host, TransportSettings.DEFAULTS.withPort(0));
		try {
			assertThat(bound.port()).isPositive();
			assertThat(((InetSocketAddress) bound.streams().getLocalAddress()).getPort()).isEqualTo(bound.port());
			assertThat(((InetSocketAddress) bound.datagrams().getLocalAddress()).getPort()).isEqualTo(bound.port());
		}
		finally {
			bound.close();
		}
	}

	@Test
	void isNotTakenIfUdpAloneIsInUseAndTcpIsReleasedAgain() throws Exception {
		try (DatagramSocket taken = new DatagramSocket(0, this.host)) {
			int port = taken.getLocalPort();
			assertThatExceptionOfType(PortInUse.class)
				.isThrownBy(() -> BoundPort.bind(this.host, TransportSettings.DEFAULTS.withPort(port)))
				.matches((ex) -> ex.port() == port)
				.withMessageContaining("Port " + port)
				.withMessageContaining(this.host.getHostAddress())
				.withMessageContaining("end the process that uses it");
			try (ServerSocketChannel free = ServerSocketChannel.open()) {
				free.bind(new InetSocketAddress(this.host, port));
				assertThat(free.isOpen()).isTrue();
			}
		}
	}

	@Test
	void isTheFirstOfTheRangeThatIsFree() {
		BoundPort first = BoundPort.bind(this.host, TransportSettings.DEFAULTS.withPort(0));
		TransportSettings range = TransportSettings.DEFAULTS.withPort(first.port())
			.withPortRange(Math.min(50, 65_536 - first.port()));
		BoundPort second = BoundPort.bind(this.host, range);
		try {
			assertThat(second.port()).isGreaterThan(first.port()).isLessThan(first.port() + 50);
		}
		finally {
			first.close();
			second.close();
		}
	}

	@Test
	void namesTheWholeRangeWhenNoneIsFree() throws Exception {
		BoundPort first = BoundPort.bind(this.host, TransportSettings.DEFAULTS.withPort(0));
		int next = first.port() + 1;
		try (DatagramSocket second = new DatagramSocket(null)) {
			try {
				second.bind(new InetSocketAddress(this.host, next));
			}
			catch (SocketException ex) {
				assertThat(ex).as("somebody else has it, which serves as well").isNotNull();
			}
			assertThatExceptionOfType(PortInUse.class).isThrownBy(
					() -> BoundPort.bind(this.host, TransportSettings.DEFAULTS.withPort(first.port()).withPortRange(2)))
				.withMessageContaining("ports " + first.port() + " to " + next)
				.withMessageContaining("raise transport.port-range");
		}
		finally {
			first.close();
		}
	}

}
