package io.gossip.netty;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import io.gossip.Address;
import io.gossip.GossipException.InvalidSetting;
import io.gossip.TransportSettings;
import io.gossip.netty.HostAddresses.Candidate;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HostAddressesTests {

	private static InetAddress ip(String literal) {
		try {
			return InetAddress.getByName(literal);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Candidate candidate(String literal, String network, int index) {
		return new Candidate(ip(literal), network, index, true);
	}

	@Test
	void preferIpv4OfAnInterfaceToTheOutside() {
		assertThat(HostAddresses.best(List.of(candidate("172.17.0.1", "docker0", 1), candidate("fe80::1", "eth0", 2),
				candidate("2001:db8::1", "eth0", 2), candidate("10.0.0.8", "eth1", 3),
				candidate("10.0.0.7", "eth0", 2))))
			.isEqualTo(ip("10.0.0.7"));
	}

	@Test
	void fallBackToLoopback() {
		assertThat(HostAddresses
			.best(List.of(candidate("fe80::1", "eth0", 2), new Candidate(ip("10.0.0.7"), "eth0", 2, false))))
			.matches(InetAddress::isLoopbackAddress);
	}

	@Test
	void neverAdvertiseAWildcard() {
		for (String wildcard : List.of("0.0.0.0", "::")) {
			Address advertised = HostAddresses.toAdvertise(TransportSettings.DEFAULTS, ip(wildcard), 7946);
			assertThat(advertised.isWildcard()).isFalse();
			assertThat(advertised.port()).isEqualTo(7946);
			assertThatExceptionOfType(InvalidSetting.class)
				.isThrownBy(() -> HostAddresses.toAdvertise(TransportSettings.DEFAULTS.withAdvertiseAddress(wildcard),
						ip("127.0.0.1"), 7946))
				.withMessageContaining("transport.advertise-address");
		}
	}

	@Test
	void advertiseWhatIsBoundOrWhatIsSet() {
		assertThat(HostAddresses.toAdvertise(TransportSettings.DEFAULTS, ip("127.0.0.1"), 81))
			.hasToString("127.0.0.1:81");
		TransportSettings set = TransportSettings.DEFAULTS.withAdvertiseAddress("203.0.113.9").withAdvertisePort(99);
		assertThat(HostAddresses.toAdvertise(set, ip("127.0.0.1"), 81)).hasToString("203.0.113.9:99");
		TransportSettings named = TransportSettings.DEFAULTS.withAdvertiseAddress("localhost");
		assertThat(HostAddresses.toAdvertise(named, ip("127.0.0.1"), 81).isLoopback()).isTrue();
	}

	@Test
	void nameABindAddressThatIsNotOfThisHost() {
		assertThatExceptionOfType(InvalidSetting.class)
			.isThrownBy(() -> HostAddresses.toBind(TransportSettings.DEFAULTS.withBindAddress("203.0.113.9")))
			.withMessageContaining("transport.bind-address")
			.withMessageContaining("'203.0.113.9'");
		assertThatExceptionOfType(InvalidSetting.class)
			.isThrownBy(() -> HostAddresses.toBind(TransportSettings.DEFAULTS.withBindAddress("no-such-host.invalid")))
			.withMessageContaining("can be resolved");
	}

}
