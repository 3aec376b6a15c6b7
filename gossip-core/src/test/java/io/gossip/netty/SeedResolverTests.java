package io.gossip.netty;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.gossip.Address;
import io.gossip.SeedProvider;
import io.gossip.netty.SeedResolver.Seeds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SeedResolverTests {

	private static final Map<String, List<String>> ZONE_FILE = Map.of("one", List.of("10.0.0.1"), "many",
			List.of("10.0.0.1", "10.0.0.2", "2001:db8:0:0:0:0:0:1"), "nowhere", List.of("0.0.0.0"));

	@TempDir
	private Path directory;

	private @Nullable SeedResolver resolver;

	@AfterEach
	void close() {
		if (this.resolver != null) {
			this.resolver.close();
		}
	}

	private static InetAddress[] lookup(String host) throws UnknownHostException {
		List<String> addresses = ZONE_FILE.get(host);
		if (addresses == null && host.matches("[0-9.:]+")) {
			return new InetAddress[] { InetAddress.getByName(host) };
		}
		if (addresses == null) {
			throw new UnknownHostException(host);
		}
		InetAddress[] found = new InetAddress[addresses.size()];
		for (int i = 0; i < found.length; i++) {
			found[i] = InetAddress.getByName(addresses.get(i));
		}
		return found;
	}

	private static List<SeedAddress> services(String name) throws SeedResolver.NotFound {
		return switch (name) {
			case "_g._udp.one" -> List.of(new SeedAddress("one", 81), new SeedAddress("gone", 82));
			case "_g._udp.crowd" -> IntStream.rangeClosed(1, 1000).mapToObj((i) -> new SeedAddress("one", i)).toList();
			default -> throw new SeedResolver.NotFound("planted", null);
		};
	}

	private SeedResolver resolver(SeedProvider provider) {
		this.resolver = new SeedResolver(provider, SeedResolverTests::lookup, SeedResolverTests::services,
				TestNodes.NO_OWN_ADDRESSES, new DaemonThreads("seed-test"));
		return this.resolver;
	}

	@Test
	void findsAllAddressesOfAllSeedsOnce() {
		Seeds seeds = resolver(() -> List.of("one:81", "many:81", "one")).resolve();
		assertThat(seeds.addresses()).extracting(Address::toString)
			.containsExactly("10.0.0.1:81", "10.0.0.2:81", "[2001:db8:0:0:0:0:0:1]:81", "10.0.0.1:7946");
		assertThat(seeds.problems()).isEmpty();
	}

	@Test
	void goesOnAfterSeedsThatAreNoneAndTellsOfThem() {
		Seeds seeds = resolver(() -> List.of("unknown", "one:x", "nowhere", "one")).resolve();
		assertThat(seeds.addresses()).hasSize(1);
		assertThat(seeds.problems()).hasSize(3)
			.anyMatch((problem) -> problem.contains("'unknown' cannot be resolved"))
			.anyMatch((problem) -> problem.contains("'one:x'"))
			.anyMatch((problem) -> problem.contains("wildcard"));
		assertThat(seeds.isNone()).isFalse();
	}

	@Test
	void findsTheHostsOfAServiceAndTellsOfThoseThatAreUnknown() {
		Seeds seeds = resolver(() -> List.of("srv:_g._udp.one", "srv:_g._udp.none")).resolve();
		assertThat(seeds.addresses()).extracting(Address::toString).containsExactly("10.0.0.1:81");
		assertThat(seeds.problems()).containsExactly("'srv:_g._udp.one' cannot be resolved: no host gone",
				"'srv:_g._udp.none' cannot be resolved: planted");
	}

	@Test
	void asksForSomeHostsOfALargeService() {
		Seeds seeds = resolver(() -> List.of("srv:_g._udp.crowd")).resolve();
		assertThat(seeds.addresses()).hasSize(SeedResolver.SERVICE_HOSTS_MAX);
		assertThat(seeds.problems()).isEmpty();
	}

	@Test
	void readsTheFileAnewEveryTime() throws Exception {
		Path file = this.directory.resolve("seeds");
		SeedResolver ofFile = resolver(SeedProvider.ofFile(file));
		assertThat(ofFile.resolve().problems()).containsExactly("'file:" + file + "' does not exist");
		assertThat(ofFile.resolve().isNone()).isFalse();
		Files.writeString(file, "# nobody yet\n\n");
		assertThat(ofFile.resolve()).matches(Seeds::isNone);
		Files.writeString(file, "\n# the seeds\n  one:81 # the first\r\nsrv:_g._udp.one\n#many\n");
		assertThat(ofFile.resolve().addresses()).extracting(Address::toString).containsExactly("10.0.0.1:81");
		Files.writeString(file, "many");
		assertThat(ofFile.resolve().addresses()).hasSize(3);
	}

	@Test
	void aFileDoesNotTakeOtherSeedsAway() throws Exception {
		Path file = Files.writeString(this.directory.resolve("seeds"), "a b\nfile:/etc/seeds\none\n\u0007");
		Seeds seeds = resolver(() -> List.of("file:/nowhere/at/all", "one:81", "file:" + file)).resolve();
		assertThat(seeds.addresses()).extracting(Address::toString).containsExactly("10.0.0.1:81", "10.0.0.1:7946");
		assertThat(seeds.problems()).hasSize(4)
			.startsWith("'file:/nowhere/at/all' does not exist")
			.anyMatch((problem) -> problem.startsWith("'a b' is not a seed"))
			.anyMatch((problem) -> problem.contains("cannot name another one"))
			.noneMatch((problem) -> problem.contains("\u0007"));
	}

	@Test
	void looksUpSoManyNamesAndTellsOfSoManyProblems() {
		List<String> asked = new ArrayList<>();
		this.resolver = new SeedResolver(() -> IntStream.range(0, 1000).mapToObj((i) -> "h" + i).toList(), (host) -> {
			asked.add(host);
			throw new UnknownHostException(host);
		}, SeedResolverTests::services, TestNodes.NO_OWN_ADDRESSES, new DaemonThreads("seed-test"));
		Seeds seeds = this.resolver.resolve();
		assertThat(asked).hasSize(SeedAnswer.LOOKUPS_MAX);
		assertThat(seeds.problems()).hasSize(SeedAnswer.PROBLEMS_MAX + 1).endsWith("and 249 more");
	}

	@Test
	void aProviderThatThrowsIsNotAnEmptyList() {
		Seeds failed = resolver(() -> {
			throw new IllegalStateException("planted");
		}).resolve();
		assertThat(failed.isNone()).isFalse();
		assertThat(failed.problems()).singleElement().asString().contains("planted");
		assertThat(resolver(List::of).resolve().isNone()).isTrue();
	}

	@Test
	void aNodeIsNoneOfItsSeedsUnderAnyOfItsAddresses() throws Exception {
		OwnAddresses own = new OwnAddresses(InetAddress.getByName("0.0.0.0"), 81, Address.ofIpv4(0x0A000001, 82));
		assertThat(resolved(List.of("127.0.1.1:81", "[::1]:81", "one:82", "127.0.0.1:81"), own).isNone()).isTrue();
		Seeds beside = resolved(List.of("127.0.1.1:81", "127.0.1.1:80"), own);
		assertThat(beside.addresses()).extracting(Address::toString).containsExactly("127.0.1.1:80");
		assertThat(beside.isNone()).isFalse();
		Seeds unknown = resolved(List.of("127.0.1.1:81", "unknown"), own);
		assertThat(unknown.addresses()).isEmpty();
		assertThat(unknown.isNone()).as("somebody else is named, who cannot be found yet").isFalse();
	}

	private static Seeds resolved(List<String> seeds, OwnAddresses own) {
		return new SeedResolver(() -> seeds, SeedResolverTests::lookup, SeedResolverTests::services, own,
				new DaemonThreads("seed-test"))
			.resolve();
	}

	@Test
	void requestsThatComeWhileOneWaitsAreThatOne() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger asked = new AtomicInteger();
		BlockingQueue<Seeds> answers = new LinkedBlockingQueue<>();
		SeedResolver busy = resolver(() -> {
			asked.incrementAndGet();
			try {
				release.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return List.of("one");
		});
		for (int i = 0; i < 100; i++) {
			busy.request(answers::add);
		}
		release.countDown();
		assertThat(answers.poll(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isNotNull();
		Eventually.eventually("idle", () -> asked.get() == answers.size() + 1);
		assertThat(asked.get()).isBetween(1, 2);
	}

}
