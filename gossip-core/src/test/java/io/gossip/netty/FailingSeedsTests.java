package io.gossip.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.gossip.Address;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a look for seeds finds when a part of it fails that did not before. */
class FailingSeedsTests {

	private static final String FIRST = "10.0.0.1:81";

	private static final String SECOND = "10.0.0.2:81";

	private static final String MOVED = "10.0.0.9:81";

	@TempDir
	private Path directory;

	private List<String> seeds = List.of();

	private @Nullable Throwable problem;

	private @Nullable Throwable resolverProblem;

	/** Those that resolve at the moment, with the last part of their address. */
	private final Map<String, Integer> hosts = new HashMap<>(Map.of("good1", 1, "good2", 2));

	private final Map<String, List<SeedAddress>> services = new HashMap<>();

	private final SeedResolver resolver = new SeedResolver(this::provide, this::addresses, this::services,
			TestNodes.NO_OWN_ADDRESSES, new DaemonThreads("seed-test"));

	@AfterEach
	void close() {
		this.resolver.close();
	}

	private List<String> provide() {
		if (this.problem != null) {
			throwUndeclared(this.problem);
		}
		return this.seeds;
	}

	/** As a provider in Kotlin or Groovy may. */
	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void throwUndeclared(Throwable problem) throws T {
		throw (T) problem;
	}

	static Stream<Throwable> problems() {
		return Stream.of(new IllegalStateException("planted"), new IOException("planted"),
				new AssertionError("planted"), new NoClassDefFoundError("planted"));
	}

	private InetAddress[] addresses(String host) throws UnknownHostException {
		if (this.resolverProblem != null) {
			throwUndeclared(this.resolverProblem);
		}
		Integer last = this.hosts.get(host);
		if (last == null) {
			throw new UnknownHostException(host);
		}
		return new InetAddress[] { InetAddress.getByAddress(new byte[] { 10, 0, 0, last.byteValue() }) };
	}

	private List<SeedAddress> services(String name) throws SeedResolver.NotFound {
		List<SeedAddress> found = this.services.get(name);
		if (found == null) {
			throw new SeedResolver.NotFound("planted", null);
		}
		return found;
	}

	private List<String> found() {
		return this.resolver.resolve().addresses().stream().map(Address::toString).toList();
	}

	@Test
	void aHostThatFailsForAMomentIsKeptBesideOneThatNeverResolves() {
		this.seeds = List.of("typo:81", "good1:81", "good2:81");
		assertThat(found()).containsExactly(FIRST, SECOND);
		this.hosts.remove("good2");
		for (int i = 0; i < 3; i++) {
			assertThat(found()).as("however often it fails").containsExactly(FIRST, SECOND);
		}
		this.hosts.put("good2", 9);
		assertThat(found()).as("it is found again").containsExactly(FIRST, MOVED);
	}

	@Test
	void aHostThatHasMovedIsGoneFromItsOldPlaceBesideOneThatFails() {
		this.seeds = List.of("good1:81", "good2:81");
		assertThat(found()).containsExactly(FIRST, SECOND);
		this.hosts.remove("good2");
		this.hosts.put("good1", 9);
		assertThat(found()).containsExactly(MOVED, SECOND);
	}

	@Test
	void aSeedThatIsNamedNoLongerIsGoneBesideOneThatFails() {
		this.seeds = List.of("good1:81", "good2:81");
		assertThat(found()).containsExactly(FIRST, SECOND);
		this.seeds = List.of("typo:81", "good2:81");
		assertThat(found()).containsExactly(SECOND);
		this.hosts.remove("good1");
		this.seeds = List.of("good1:81", "good2:81");
		assertThat(found()).as("nothing is kept of whom nobody asked for").containsExactly(SECOND);
	}

	@Test
	void whatFailsLeadsWhereItLedUntilNobodyAsksForIt() {
		LastFound<String> found = new LastFound<>();
		found.found("host", List.of("new"));
		assertThat(found.notFound("host")).containsExactly("new");
		found.next();
		assertThat(found.notFound("host")).containsExactly("new");
		found.next();
		found.next();
		assertThat(found.notFound("host")).as("nobody asked in between").isEmpty();
	}

	@Test
	void aServiceThatFailsForAMomentHasTheHostsThatItHad() {
		this.seeds = List.of("srv:_g._udp.example.org");
		this.services.put("_g._udp.example.org", List.of(new SeedAddress("good1", 81), new SeedAddress("good2", 81)));
		assertThat(found()).containsExactly(FIRST, SECOND);
		this.services.clear();
		this.hosts.put("good1", 9);
		assertThat(found()).as("its hosts are looked up none the less").containsExactly(MOVED, SECOND);
	}

	@Test
	void aFileThatIsMissingForAMomentHasTheLinesThatItHad() throws Exception {
		Path file = Files.writeString(this.directory.resolve("seeds"), "good1:81\ngood2:81");
		this.seeds = List.of("file:" + file);
		assertThat(found()).containsExactly(FIRST, SECOND);
		Files.delete(file);
		assertThat(found()).containsExactly(FIRST, SECOND);
		Files.writeString(file, "good2:81");
		assertThat(found()).containsExactly(SECOND);
		Files.writeString(file, "");
		assertThat(this.resolver.resolve()).matches(SeedResolver.Seeds::isNone);
	}

	@Test
	void aResolverOfTheJvmThatThrowsForAMomentTakesNoSeedAway() {
		this.seeds = List.of("good1:81", "good2:81");
		assertThat(found()).containsExactly(FIRST, SECOND);
		for (Throwable planted : List.of(new SecurityException("planted"), new NoClassDefFoundError("planted"))) {
			this.resolverProblem = planted;
			assertThat(found()).containsExactly(FIRST, SECOND);
			assertThat(this.resolver.resolve().problems()).hasSize(2).allMatch((text) -> text.contains("planted"));
		}
	}

	@ParameterizedTest
	@MethodSource("problems")
	void aProviderThatFailsForAMomentHasTheSeedsThatItHad(Throwable planted) {
		this.seeds = List.of("good1:81", "good2:81");
		assertThat(found()).containsExactly(FIRST, SECOND);
		this.problem = planted;
		this.hosts.remove("good2");
		assertThat(found()).containsExactly(FIRST, SECOND);
		assertThat(this.resolver.resolve().problems()).hasSize(2);
	}

}
