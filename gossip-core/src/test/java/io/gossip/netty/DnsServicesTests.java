package io.gossip.netty;

import java.net.InetAddress;
import java.util.List;

import io.gossip.Address;
import io.gossip.netty.DnsResponder.Srv;
import io.gossip.netty.SeedResolver.NotFound;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DnsServicesTests {

	private static final String NAME = "_gossip._udp.example.org";

	private final DnsResponder server;

	private final DnsServices services;

	DnsServicesTests() throws Exception {
		this.server = new DnsResponder();
		this.services = new DnsServices(this.server.url());
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	private void tell(Srv... records) {
		this.server.records.put(NAME + ".", List.of(records));
	}

	@Test
	void theBestComeFirstAndEachOnce() throws Exception {
		tell(new Srv(20, 0, 7948, "c.example.org"), new Srv(10, 1, 7947, "b.example.org"),
				new Srv(10, 60, 7946, "a.example.org"), new Srv(30, 0, 7946, "a.example.org"));
		assertThat(this.services.services(NAME)).containsExactly(new SeedAddress("a.example.org", 7946),
				new SeedAddress("b.example.org", 7947), new SeedAddress("c.example.org", 7948));
	}

	@Test
	void theServerIsAskedAnewEveryTime() throws Exception {
		tell(new Srv(0, 0, 7946, "a.example.org"));
		assertThat(this.services.services(NAME)).extracting(SeedAddress::host).containsExactly("a.example.org");
		tell(new Srv(0, 0, 7947, "b.example.org"));
		assertThat(this.services.services(NAME)).extracting(SeedAddress::host).containsExactly("b.example.org");
	}

	@Test
	void aNameThatDoesNotExistIsTold() {
		assertThatExceptionOfType(NotFound.class).isThrownBy(() -> this.services.services(NAME))
			.withMessage("the name does not exist");
	}

	@Test
	void aNameWithoutRecordsAndAServiceThatIsNotToBeHadAreTold() {
		tell();
		assertThatExceptionOfType(NotFound.class).isThrownBy(() -> this.services.services(NAME))
			.withMessageContaining("no SRV records");
		tell(new Srv(0, 0, 7946, "."));
		assertThatExceptionOfType(NotFound.class).isThrownBy(() -> this.services.services(NAME))
			.withMessageContaining("no SRV records");
	}

	@Test
	void aRecordWithoutUseTakesTheOthersNotAway() throws Exception {
		tell(new Srv(0, 0, 0, "a.example.org"), new Srv(0, 0, 1, "bad host"), new Srv(0, 0, 7946, "b.example.org"));
		assertThat(this.services.services(NAME)).containsExactly(new SeedAddress("b.example.org", 7946));
	}

	@Test
	void aServerThatIsSilentIsGivenUp() {
		this.server.isSilent = true;
		assertThatExceptionOfType(NotFound.class).isThrownBy(() -> this.services.services(NAME));
		assertThat(this.server.questions.get()).isBetween(1, 2);
	}

	@Test
	void aSeedIsFoundByItsService() throws Exception {
		tell(new Srv(0, 0, 81, "127.0.0.1"));
		SeedResolver resolver = new SeedResolver(() -> List.of("srv:" + NAME), InetAddress::getAllByName, this.services,
				TestNodes.NO_OWN_ADDRESSES, new DaemonThreads("seed-test"));
		assertThat(resolver.resolve().addresses()).extracting(Address::toString).containsExactly("127.0.0.1:81");
		resolver.close();
	}

}
