package io.gossip.netty;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Collections;
import java.util.List;

import io.gossip.Address;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OwnAddressesTests {

	private static final int PORT = 7946;

	/** Of a network that is nobody's, so no host has it. */
	private static final String ELSEWHERE = "192.0.2.7";

	private static InetAddress host(String literal) throws Exception {
		return InetAddress.getByName(literal);
	}

	private static OwnAddresses bound(String literal, String advertised, int advertisedPort) throws Exception {
		Address address = SocketAddresses.of(host(advertised), advertisedPort);
		return new OwnAddresses(host(literal), PORT, address);
	}

	@Test
	void aWildcardIsEveryAddressOfTheHost() throws Exception {
		for (String wildcard : List.of("0.0.0.0", "::")) {
			OwnAddresses own = bound(wildcard, ELSEWHERE, PORT);
			for (String loopback : List.of("127.0.0.1", "127.0.1.1", "::1")) {
				assertThat(own.contains(host(loopback), PORT)).as(loopback).isTrue();
			}
			for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
				for (InetAddress address : Collections.list(network.getInetAddresses())) {
					assertThat(own.contains(address, PORT)).as(address.toString()).isTrue();
				}
			}
			assertThat(own.contains(host("192.0.2.8"), PORT)).isFalse();
		}
	}

	@Test
	void aSpecificAddressIsItselfOnlyForOthersMayHaveThePortBesideIt() throws Exception {
		OwnAddresses own = bound("127.0.0.1", "127.0.0.1", PORT);
		assertThat(own.contains(host("127.0.0.1"), PORT)).isTrue();
		assertThat(own.contains(host("::ffff:127.0.0.1"), PORT)).as("the same in other words").isTrue();
		assertThat(own.contains(host("127.0.0.2"), PORT)).isFalse();
		assertThat(own.contains(host("::1"), PORT)).isFalse();
	}

	@Test
	void anotherPortIsAnotherProcess() throws Exception {
		OwnAddresses own = bound("0.0.0.0", "127.0.0.1", PORT);
		assertThat(own.contains(host("127.0.0.1"), PORT + 1)).isFalse();
		assertThat(own.contains(host("127.0.1.1"), PORT + 1)).isFalse();
	}

	@Test
	void whatOthersAreToldIsOwnAndItsPortIsThatOfNoOtherAddress() throws Exception {
		OwnAddresses own = bound("0.0.0.0", ELSEWHERE, PORT + 1);
		assertThat(own.contains(host(ELSEWHERE), PORT + 1)).isTrue();
		assertThat(own.contains(host(ELSEWHERE), PORT)).isFalse();
		assertThat(own.contains(host("127.0.0.1"), PORT + 1)).isFalse();
		assertThat(own.contains(host("127.0.0.1"), PORT)).as("the bound port counts, not the advertised").isTrue();
	}

}
