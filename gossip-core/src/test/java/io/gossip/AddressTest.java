package io.gossip;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AddressTest {

	@Test
	void anIpv4AddressIsWrittenAsUsual() {
		Address address = Address.ofIpv4(0x0A0000FF, 7946);
		assertThat(address).hasToString("10.0.0.255:7946");
		assertThat(address.host()).isEqualTo("10.0.0.255");
		assertThat(address.isIpv4()).isTrue();
		assertThat(address.octets()).containsExactly(10, 0, 0, 255);
	}

	@Test
	void anIpv6AddressIsWrittenInBracketsBeforeItsPort() {
		Address address = Address.ofIpv6(0x20010DB8_00000000L, 0xFF01L, 80);
		assertThat(address).hasToString("[2001:db8:0:0:0:0:0:ff01]:80");
		assertThat(address.host()).isEqualTo("2001:db8:0:0:0:0:0:ff01");
		assertThat(address.isIpv4()).isFalse();
	}

	@Test
	void anIpv4AddressInItsMappedFormEqualsThePlainOne() {
		byte[] mapped = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 7 };
		Address plain = Address.ofIpv4(0x0A000007, 5);
		assertThat(Address.ofOctets(mapped, 5)).isEqualTo(plain).hasSameHashCodeAs(plain).hasToString("10.0.0.7:5");
		assertThat(Address.ofIpv6(plain.high(), plain.low(), 5)).isEqualTo(plain);
		byte[] compatible = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 7 };
		assertThat(Address.ofOctets(compatible, 5)).isNotEqualTo(plain);
	}

	@Test
	void octetsAndTextAgreeWithTheJdk() throws UnknownHostException {
		Random random = new Random(1);
		for (int round = 0; round < 2000; round++) {
			byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
			random.nextBytes(octets);
			InetAddress jdk = InetAddress.getByAddress(octets);
			Address address = Address.ofOctets(octets, random.nextInt(65536));
			assertThat(address.octets()).isEqualTo(octets);
			assertThat(address.host()).isEqualTo(jdk.getHostAddress());
			assertThat(address.isLoopback()).isEqualTo(jdk.isLoopbackAddress());
			assertThat(address.isWildcard()).isEqualTo(jdk.isAnyLocalAddress());
			assertThat(Address.ofOctets(jdk.getAddress(), address.port())).isEqualTo(address);
		}
	}

	@Test
	void loopbackAndWildcardAreKnownInBothFamilies() {
		assertThat(Address.ofIpv4(0x7F010203, 1).isLoopback()).isTrue();
		assertThat(Address.ofIpv6(0, 1, 1).isLoopback()).isTrue();
		assertThat(Address.ofIpv4(0x80000001, 1).isLoopback()).isFalse();
		assertThat(Address.ofIpv4(0, 1).isWildcard()).isTrue();
		assertThat(Address.ofIpv6(0, 0, 1).isWildcard()).isTrue();
		assertThat(Address.ofIpv6(0, 1, 1).isWildcard()).isFalse();
	}

	@Test
	void thePortIsPartOfTheAddressAndWithinItsRange() {
		Address address = Address.ofIpv4(1, 65535);
		assertThat(address.withPort(0).port()).isZero();
		assertThat(address.withPort(0)).isNotEqualTo(address);
		assertThat(address.withPort(0).withPort(65535)).isEqualTo(address);
		for (int port : new int[] { -1, 65536, Integer.MIN_VALUE }) {
			assertThatIllegalArgumentException().isThrownBy(() -> Address.ofIpv4(1, port))
				.withMessageContaining("port " + port)
				.withMessageContaining("0 to 65535");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> Address.ofOctets(new byte[5], 1))
			.withMessageContaining("not 5");
	}

}
