package io.gossip.netty;

import java.nio.file.Path;

import io.gossip.GossipException.InvalidSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SeedSourceTests {

	@ParameterizedTest
	@ValueSource(strings = { "_gossip._udp.example.org", "gossip.service.consul", "_gossip._tcp.quotes.svc.x." })
	void aServiceIsItsDomainName(String name) {
		assertThat(SeedSource.parse("srv:" + name))
			.isEqualTo(new SeedSource.Service(name.endsWith(".") ? name.substring(0, name.length() - 1) : name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/etc/gossip/seeds", "seeds.txt", "./7946", "/a b/ä" })
	void aFileIsItsPath(String path) {
		assertThat(SeedSource.parse(" file:" + path)).isEqualTo(new SeedSource.ListFile(Path.of(path)));
	}

	@ParameterizedTest
	@CsvSource({ "srv:7946,srv,7946", "file:1,file,1", "srv,srv,7946", "2001:db8::1,2001:db8::1,7946",
			"host:81,host,81", "[::1]:5,::1,5" })
	void anythingElseIsAHostEvenIfItHasTheNameOfAKind(String text, String host, int port) {
		assertThat(SeedSource.parse(text)).isEqualTo(new SeedSource.Host(new SeedAddress(host, port)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "srv:", "srv:_gossip", "srv:a..b", "srv:.a.b", "srv:a/b.c", "srv:a b.c", "srv:\"a\".b",
			"srv:a.b..", "srv:_g._udp.host:7946", "file:", "SRV:a.b", "file:a\u0000b" })
	void refusesWhatIsNone(String text) {
		assertThatExceptionOfType(InvalidSetting.class).isThrownBy(() -> SeedSource.parse(text))
			.matches((ex) -> ex.setting().equals("seeds") && ex.value().contains(text));
	}

	@Test
	void aNameThatNoServerCanKnowIsRefused() {
		String long255 = "srv:" + "a.".repeat(127) + "b";
		assertThatExceptionOfType(InvalidSetting.class).isThrownBy(() -> SeedSource.parse(long255))
			.withMessageContaining("full domain name");
		assertThatExceptionOfType(InvalidSetting.class)
			.isThrownBy(() -> SeedSource.parse("srv:" + "a".repeat(64) + ".b"));
	}

}
