package io.gossip.netty;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

import io.gossip.GossipConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.gossip.netty.Eventually.eventually;
import static io.gossip.netty.Eventually.result;
import static org.assertj.core.api.Assertions.assertThat;

/** Nodes that are their own seeds under an address that they do not advertise. */
class OwnSeedTests {

	private static final String CLUSTER = "own-seed";

	private static final String UNRESOLVABLE = "no-such-host.invalid";

	private final TestNodes nodes = new TestNodes();

	/** The port of the first node, which all have as their seed. */
	private final CompletableFuture<Integer> port = new CompletableFuture<>();

	@AfterEach
	void closeNodes() {
		this.nodes.close();
	}

	private NettyGossipCluster node(String name, String bind, String advertise, String... seedHosts) {
		GossipConfig config = TestNodes.fast(CLUSTER, name)
			.transport((transport) -> transport.withBindAddress(bind).withPort(0).withAdvertiseAddress(advertise))
			.build();
		return this.nodes.add(NettyGossipCluster.builder().config(config).seedProvider(() -> {
			int seedPort = this.port.join();
			return Arrays.stream(seedHosts).map((host) -> host + ":" + seedPort).toList();
		}).build());
	}

	private NettyGossipCluster startedFirst(String bind, String advertise, String... seedHosts) {
		NettyGossipCluster first = node("first", bind, advertise, seedHosts);
		first.start();
		this.port.complete(first.boundPort());
		return first;
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1", "127.0.1.1", "[::1]" })
	void aNodeThatIsItsOnlySeedUnderAnotherAddressIsTheCluster(String seedHost) throws Exception {
		NettyGossipCluster node = startedFirst("0.0.0.0", "127.0.0.2", seedHost);
		result(node.joined());
		assertThat(node.status().isolated()).isFalse();
		assertThat(node.view().size()).isEqualTo(1);
	}

	@Test
	void anAdvertisedAddressUnlikeTheBoundOneHidesNoOwnSeed() throws Exception {
		result(startedFirst("127.0.0.1", "127.0.0.2", "127.0.0.1").joined());
	}

	@Test
	@EnabledOnOs(value = { OS.LINUX, OS.WINDOWS }, disabledReason = "127.0.0.2 leads nowhere")
	void nodesThatAllHaveTheFirstAsTheirSeedFindEachOther() throws Exception {
		NettyGossipCluster first = startedFirst("0.0.0.0", "127.0.0.2", "localhost");
		result(first.joined());
		NettyGossipCluster second = node("second", "0.0.0.0", "127.0.0.2", "localhost");
		NettyGossipCluster third = node("third", "0.0.0.0", "127.0.0.2", "localhost");
		second.start();
		third.start();
		eventually("one view", () -> TestNodes.isOneView(first, second, third));
	}

	@Test
	void aNodeWhoseOtherSeedsHaveNoAddressYetDoesNotTakeItselfForTheCluster() {
		NettyGossipCluster node = startedFirst("0.0.0.0", "127.0.0.2", "localhost", UNRESOLVABLE);
		eventually("attempts", () -> node.status().joinAttempts() >= 2);
		assertThat(node.joined().toCompletableFuture()).isNotDone();
		assertThat(node.status().isolated()).isTrue();
	}

}
