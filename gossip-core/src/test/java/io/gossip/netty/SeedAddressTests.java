package io.gossip.netty;

import io.gossip.GossipException.InvalidSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SeedAddressTests {

	@ParameterizedTest
	@CsvSource({ "seed.example.org,seed.example.org,7946", "seed:81,seed,81", "10.0.0.7:65535,10.0.0.7,65535",
			"[2001:db8::1]:81,2001:db8::1,81", "[::1],::1,7946", "2001:db8::1,2001:db8::1,7946", "' seed:1 ',seed,1",
			"[fe80::1%eth0]:1,fe80::1%eth0,1" })
	void isHostAndPort(String text, String host, int port) {
		assertThat(SeedAddress.parse(text)).isEqualTo(new SeedAddress(host, port));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "host:", ":7946", "host:notaport", "host:0", "host:65536", "host:-1", "host:+1",
			"host:999999999999", "[::1", "[::1]x", "[::1]:", "[]:1", "[seed]x:1", "a b:1", "http://host:1", "a,b",
			"x:y:z", "host:1:2" })
	void refusesWhatIsNone(String text) {
		assertThatExceptionOfType(InvalidSetting.class).isThrownBy(() -> SeedAddress.parse(text))
			.matches((ex) -> ex.setting().equals("seeds") && ex.value().contains(text))
			.withMessageContaining("host:port");
	}

	@Test
	void isWrittenAsItIsRead() {
		SeedAddress seed = new SeedAddress("2001:db8::1", 81);
		assertThat(SeedAddress.parse(seed.toString())).isEqualTo(seed);
	}

}
