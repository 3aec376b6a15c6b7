package io.gossip.netty;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.netty.channel.DefaultEventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeedSearchTests {

	private static final long NEVER_NANOS = Duration.ofHours(1).toNanos();

	private final DefaultEventLoop loop = new DefaultEventLoop();

	private final BlockingQueue<List<Address>> joins = new LinkedBlockingQueue<>();

	private final SeedSearch.Node node = new SeedSearch.Node() {

		@Override
		public void join(List<Address> seeds) {
			SeedSearchTests.this.joins.add(seeds);
		}

		@Override
		public ClusterPhase phase() {
			return ClusterPhase.JOINING;
		}

		@Override
		public boolean isAlone() {
			return true;
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

	private SeedSearch search(BlockingQueue<List<String>> answers) {
		SeedResolver resolver = new SeedResolver(() -> next(answers), InetAddress::getAllByName,
				new DnsServices(DnsServices.HOST_SERVERS), TestNodes.NO_OWN_ADDRESSES, new DaemonThreads("seed-test"));
		return new SeedSearch(resolver, this.loop, this.node, new NodeLog("node", "cluster"), NEVER_NANOS);
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

	@Test
	void aSeedThatCannotBeLookedUpForAMomentIsKept() throws Exception {
		BlockingQueue<List<String>> answers = new LinkedBlockingQueue<>(List.of(List.of("127.0.0.1:1", "127.0.0.1:2"),
				List.of("127.0.0.1:3", "no-such-host.invalid:2"), List.of("127.0.0.1:3")));
		SeedSearch search = search(answers);
		this.loop.submit(search::start).sync();
		assertThat(join()).containsExactly(seed(1), seed(2));
		this.loop.submit(() -> search.onJoinAttempt(1, 0)).sync();
		assertThat(join()).as("one name has no address").containsExactly(seed(3), seed(1), seed(2));
		this.loop.submit(() -> search.onJoinAttempt(2, 0)).sync();
		assertThat(join()).as("all are known again").containsExactly(seed(3));
		this.loop.submit(search::end).sync();
	}

	@Test
	void aSearchThatHasEndedGivesTheNodeNoSeeds() throws Exception {
		BlockingQueue<List<String>> answers = new LinkedBlockingQueue<>();
		SeedSearch search = search(answers);
		this.loop.submit(search::start).sync();
		this.loop.submit(search::end).sync();
		answers.add(List.of("127.0.0.1:1"));
		this.loop.submit(() -> search.onJoinAttempt(1, 0)).sync();
		assertThat(search.isBegun()).isFalse();
		assertThat(this.joins).isEmpty();
	}

}
