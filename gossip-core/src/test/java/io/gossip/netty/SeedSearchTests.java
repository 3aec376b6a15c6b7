package io.gossip.netty;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.gossip.Address;
import io.netty.channel.DefaultEventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SeedSearchTests {

	private static final long NEVER_NANOS = Duration.ofHours(1).toNanos();

	private static final long SOON_NANOS = Duration.ofMillis(1).toNanos();

	private static final String NOT_FOUND = "no-such-host.invalid:2";

	private final DefaultEventLoop loop = new DefaultEventLoop();

	private final BlockingQueue<List<Address>> joins = new LinkedBlockingQueue<>();

	private volatile boolean isAlone = true;

	private final SeedSearch.Node node = new SeedSearch.Node() {

		@Override
		public void join(List<Address> seeds) {
			SeedSearchTests.this.joins.add(seeds);
		}

		@Override
		public boolean isAlone() {
			return SeedSearchTests.this.isAlone;
		}

	};

	@AfterEach
	void shutDown() {
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	private static Address seed(int port) {
		return Address.ofOctets(new byte[] { 127, 0, 0, 1 }, port);
	}

	private List<Address> join() throws InterruptedException {
		return this.joins.poll(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

	private SeedSearch search(BlockingQueue<List<String>> answers, long pauseNanos) {
		SeedResolver resolver = new SeedResolver(() -> next(answers), InetAddress::getAllByName,
				new DnsServices(DnsServices.HOST_SERVERS), TestNodes.NO_OWN_ADDRESSES, new DaemonThreads("seed-test"));
		return new SeedSearch(resolver, this.loop, this.node, new NodeLog("node", "cluster"), pauseNanos);
	}

	private static List<String> next(BlockingQueue<List<String>> answers) {
		try {
			return answers.take();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return List.of();
		}
	}

	/** Who has not joined may know a member all the same. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theSeedsAreLookedUpAnewBeforeTheyAreAskedAgain(boolean alone) throws Exception {
		this.isAlone = alone;
		SeedSearch search = search(
				new LinkedBlockingQueue<>(List.of(List.of("127.0.0.1:1", "127.0.0.1:2"), List.of("127.0.0.1:3"))),
				NEVER_NANOS);
		this.loop.submit(search::start).sync();
		assertThat(join()).containsExactly(seed(1), seed(2));
		this.loop.submit(() -> search.onJoinAttempt(1, 0)).sync();
		assertThat(join()).containsExactly(seed(3));
		this.loop.submit(search::end).sync();
	}

	@Test
	void aListThatIsEmptiedTakesItsSeedsAway() throws Exception {
		SeedSearch search = search(new LinkedBlockingQueue<>(List.of(List.of("127.0.0.1:1"), List.of())), SOON_NANOS);
		this.loop.submit(search::start).sync();
		assertThat(join()).containsExactly(seed(1));
		assertThat(join()).as("there are no seeds any more").isEmpty();
		this.loop.submit(search::end).sync();
	}

	@Test
	void aListOfWhichNothingIsFoundTakesNoSeedAway() throws Exception {
		SeedSearch search = search(
				new LinkedBlockingQueue<>(
						List.of(List.of("127.0.0.1:1"), List.of(NOT_FOUND), List.of("127.0.0.1:3", NOT_FOUND))),
				SOON_NANOS);
		this.loop.submit(search::start).sync();
		assertThat(join()).containsExactly(seed(1));
		assertThat(join()).as("the next that is told").containsExactly(seed(3));
		this.loop.submit(search::end).sync();
	}

	@Test
	void aSearchThatHasEndedGivesTheNodeNoSeeds() throws Exception {
		BlockingQueue<List<String>> answers = new LinkedBlockingQueue<>();
		SeedSearch search = search(answers, NEVER_NANOS);
		this.loop.submit(search::start).sync();
		this.loop.submit(search::end).sync();
		answers.add(List.of("127.0.0.1:1"));
		this.loop.submit(() -> search.onJoinAttempt(1, 0)).sync();
		assertThat(search.isBegun()).isFalse();
		assertThat(this.joins).isEmpty();
	}

}
