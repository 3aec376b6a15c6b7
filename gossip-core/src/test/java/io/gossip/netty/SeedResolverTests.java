package io.gossip.netty;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.gossip.Address;
import io.gossip.SeedProvider;
import io.gossip.netty.SeedResolver.Seeds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeedResolverTests {

	private static final Map<String, List<String>> ZONE_FILE = Map.of("one", List.of("10.0.0.1"), "many",
			List.of("10.0.0.1", "10.0.0.2", "2001:db8:0:0:0:0:0:1"), "nowhere", List.of("0.0.0.0"));

	private @Nullable SeedResolver resolver;

	@AfterEach
	void close() {
		if (this.resolver != null) {
			this.resolver.close();
		}
	}

	private static InetAddress[] lookup(String host) throws UnknownHostException {
		List<String> addresses = ZONE_FILE.get(host);
		if (addresses == null) {
			throw new UnknownHostException(host);
		}
		InetAddress[] found = new InetAddress[addresses.size()];
		for (int i = 0; i < found.length; i++) {
			found[i] = InetAddress.getByName(addresses.get(i));
		}
		return found;
	}

	private SeedResolver resolver(SeedProvider provider) {
		this.resolver = new SeedResolver(provider, SeedResolverTests::lookup, new DaemonThreads("seed-test"));
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
	void aProviderThatThrowsIsNotAnEmptyList() {
		Seeds failed = resolver(() -> {
			throw new IllegalStateException("planted");
		}).resolve();
		assertThat(failed.isNone()).isFalse();
		assertThat(failed.problems()).singleElement().asString().contains("planted");
		assertThat(resolver(List::of).resolve().isNone()).isTrue();
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
