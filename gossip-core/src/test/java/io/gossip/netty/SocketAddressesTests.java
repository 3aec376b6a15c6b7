package io.gossip.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;

import io.gossip.Address;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SocketAddressesTests {

	private final SocketAddresses addresses = new SocketAddresses();

	@Test
	void areTranslatedBothWaysHoweverManyThereAre() throws Exception {
		Random random = new Random(7);
		for (int i = 0; i < 3 * SocketAddresses.SLOTS; i++) {
			byte[] octets = new byte[(i % 3 == 0) ? 16 : 4];
			random.nextBytes(octets);
			InetSocketAddress socketAddress = new InetSocketAddress(InetAddress.getByAddress(octets),
					random.nextInt(65536));
			Address address = this.addresses.toAddress(socketAddress);
			assertThat(address.octets()).isEqualTo(socketAddress.getAddress().getAddress());
			assertThat(address.port()).isEqualTo(socketAddress.getPort());
			assertThat(this.addresses.toSocketAddress(address)).isEqualTo(socketAddress);
		}
	}

	@Test
	void areRemembered() throws Exception {
		InetAddress host = InetAddress.getByAddress(new byte[] { 10, 0, 0, 7 });
		Address first = this.addresses.toAddress(new InetSocketAddress(host, 1));
		assertThat(this.addresses.toAddress(new InetSocketAddress(host, 1))).isSameAs(first);
		InetSocketAddress socketAddress = this.addresses.toSocketAddress(first);
		assertThat(this.addresses.toSocketAddress(Address.ofIpv4(0x0A000007, 1))).isSameAs(socketAddress);
	}

}
