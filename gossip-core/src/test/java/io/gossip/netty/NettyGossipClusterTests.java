package io.gossip.netty;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import io.gossip.ClusterPhase;
import io.gossip.GossipConfig;
import io.gossip.GossipException;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.gossip.netty.Eventually.eventually;
import static io.gossip.netty.Eventually.result;
import static io.gossip.netty.TestNodes.eventsOf;
import static io.gossip.netty.TestNodes.holds;
import static io.gossip.netty.TestNodes.isOneView;
import static io.gossip.netty.TestNodes.saw;
import static io.gossip.netty.TestNodes.statusOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NettyGossipClusterTests {

	private static final String CLUSTER = "loopback";

	private final TestNodes nodes = new TestNodes();

	@AfterEach
	void closeNodes() {
		this.nodes.close();
	}

	private NettyGossipCluster started(String name, NettyGossipCluster... seeds) {
		NettyGossipCluster node = this.nodes.node(CLUSTER, name, seeds);
		node.start();
		return node;
	}

	@Test
	void threeNodesFormOneViewWithEqualHashes() throws Exception {
		NettyGossipCluster first = started("first");
		NettyGossipCluster second = started("second", first);
		NettyGossipCluster third = started("third", first);
		result(second.joined());
		result(third.joined());
		eventually("one view", () -> isOneView(first, second, third));
		assertThat(first.view().hash()).isNotZero();
	}

	@Test
	void aNodeThatStopsWithoutLeavingIsSuspectedThenFailed() {
		NettyGossipCluster first = started("first");
		NettyGossipCluster second = started("second", first);
		NettyGossipCluster third = started("third", first);
		eventually("one view", () -> isOneView(first, second, third));
		Queue<MembershipEvent> events = eventsOf(first);
		third.stop();
		eventually("failed", () -> saw(events, MembershipEvent.Failed.class, "third"));
		assertThat(saw(events, MembershipEvent.Suspected.class, "third")).isTrue();
		eventually("one view without it", () -> isOneView(first, second));
		assertThat(first.status().failures()).isPositive();
		assertThat(first.status().suspicions()).isPositive();
	}

	@Test
	void aProcessWhoseSocketsAreClosedIsKnownToBeGoneLongBeforeThePauseThatIsTolerated() {
		NettyGossipCluster first = patient("first");
		NettyGossipCluster second = patient("second", first);
		NettyGossipCluster third = patient("third", first);
		eventually("one view", () -> isOneView(first, second, third));
		third.stop();
		// Silence would have to last for minutes.
		eventually("both know", () -> holds(first, CLUSTER, "third", MemberState.DEAD)
				&& holds(second, CLUSTER, "third", MemberState.DEAD));
	}

	private NettyGossipCluster patient(String name, NettyGossipCluster... seeds) {
		NettyGossipCluster node = this.nodes.node(CLUSTER, name,
				(builder) -> builder.config(TestNodes.fast(CLUSTER, name)
					.failureDetection((detection) -> detection.withProbeInterval(Duration.ofMillis(100))
						.withProbeTimeout(Duration.ofMillis(50))
						.withToleratedPause(Duration.ofMinutes(10)))
					.build()),
				seeds);
		node.start();
		return node;
	}

	@Test
	void aNodeThatLeavesIsNotAFailure() throws Exception {
		NettyGossipCluster first = started("first");
		NettyGossipCluster second = started("second", first);
		eventually("one view", () -> isOneView(first, second));
		Queue<MembershipEvent> events = eventsOf(first);
		result(second.leave());
		eventually("left", () -> saw(events, MembershipEvent.Left.class, "second"));
		assertThat(second.status().phase()).isEqualTo(ClusterPhase.LEFT);
		second.stop();
		assertThat(second.status().phase()).isEqualTo(ClusterPhase.STOPPED);
		assertThat(saw(events, MembershipEvent.Failed.class, "second")).isFalse();
	}

	@Test
	void aRestartIsTheSameNodeWithAHigherIncarnation() {
		NettyGossipCluster first = started("first");
		NettyGossipCluster second = started("second", first);
		eventually("one view", () -> isOneView(first, second));
		Member before = second.localMember();
		long incarnation = statusOf(first, CLUSTER, "second").incarnation();
		second.stop();
		eventually("dead", () -> holds(first, CLUSTER, "second", MemberState.DEAD));
		second.start();
		eventually("one view again", () -> isOneView(first, second));
		assertThat(second.localMember().id()).isEqualTo(before.id());
		assertThat(second.localMember().instance()).isNotEqualTo(before.instance());
		assertThat(statusOf(first, CLUSTER, "second").incarnation()).isGreaterThan(incarnation);
	}

	@Test
	void aNodeWithoutANameKeepsItsIdentityOverRestarts() throws Exception {
		GossipConfig config = TestNodes.fast(CLUSTER, "x").node((node) -> node.withName(null)).build();
		NettyGossipCluster node = this.nodes.add(NettyGossipCluster.builder().config(config).build());
		node.start();
		Member before = node.localMember();
		node.stop();
		node.start();
		result(node.joined());
		assertThat(node.localMember().id()).isEqualTo(before.id());
		assertThat(before.name()).isEqualTo(before.id().toString());
	}

	@Test
	void metadataReachesTheOthersAndSurvivesARestart() {
		NettyGossipCluster first = started("first");
		NettyGossipCluster second = started("second", first);
		second.updateMetadata(Map.of("role", "reader"));
		eventually("metadata known", () -> holds(first, CLUSTER, "second", MemberState.ALIVE)
				&& "reader".equals(statusOf(first, CLUSTER, "second").member().metadata().get("role")));
		second.stop();
		second.start();
		assertThat(second.localMember().metadata()).containsEntry("role", "reader");
	}

	@Test
	void metadataGivenBeforeTheStartIsInTheFirstMessage() {
		NettyGossipCluster first = started("first");
		Queue<MembershipEvent> events = eventsOf(first);
		GossipConfig config = TestNodes.fast(CLUSTER, "second").build();
		NettyGossipCluster second = this.nodes
			.add(NettyGossipCluster.builder().config(config).seeds(first.localMember().address().toString()).build());
		second.updateMetadata(Map.of("http.port", "8080"));
		second.start();
		eventually("an event", () -> !events.isEmpty());
		MembershipEvent event = events.element();
		assertThat(event).isInstanceOf(MembershipEvent.Joined.class);
		assertThat(event.member().metadata()).containsExactly(Map.entry("http.port", "8080"));
	}

	@Test
	void metadataThatIsTooLargeIsRefusedAndHarmless() throws Exception {
		NettyGossipCluster node = started("first");
		result(node.joined());
		assertThatExceptionOfType(GossipException.InvalidSetting.class)
			.isThrownBy(() -> node.updateMetadata(Map.of("key", "x".repeat(10_000))))
			.withMessageContaining("node.metadata")
			.withMessageContaining("limits.metadata-bytes-max");
		assertThat(node.status().phase()).isEqualTo(ClusterPhase.JOINED);
	}

	@Test
	void aNameThatIsTakenFailsTheJoin() {
		NettyGossipCluster first = started("first");
		NettyGossipCluster second = started("second", first);
		eventually("one view", () -> isOneView(first, second));
		NettyGossipCluster impostor = started("second", first);
		assertThatThrownBy(() -> result(impostor.joined())).isInstanceOf(ExecutionException.class)
			.cause()
			.isInstanceOf(GossipException.NameConflict.class)
			.hasMessageContaining("'second'")
			.hasMessageContaining(second.address().toString());
		assertThat(impostor.status().phase()).isEqualTo(ClusterPhase.CONFLICT);
		eventually("the others are undisturbed", () -> isOneView(first, second));
	}

	@Test
	void aNodeWhoseSeedsAreSilentIsUpAloneAndFindsThemLater() throws Exception {
		NettyGossipCluster first = started("first");
		int port = first.address().port();
		first.stop();
		NettyGossipCluster second = this.nodes.node(CLUSTER, "second", (builder) -> builder.seeds("127.0.0.1:" + port));
		second.start();
		eventually("attempts", () -> second.status().joinAttempts() >= 3);
		assertThat(second.status().phase()).isEqualTo(ClusterPhase.JOINING);
		assertThat(second.status().isolated()).isTrue();
		assertThat(second.view().size()).isEqualTo(1);
		NettyGossipCluster late = this.nodes.add(NettyGossipCluster.builder()
			.config(TestNodes.fast(CLUSTER, "late").transport((transport) -> transport.withPort(port)).build())
			.build());
		late.start();
		result(second.joined());
		eventually("one view", () -> isOneView(second, late));
	}

	@Test
	void seedsThatHaveNoAddressYetDoNotMakeAnIsland() throws Exception {
		NettyGossipCluster first = started("first");
		boolean[] isKnown = { false };
		NettyGossipCluster second = this.nodes.node(CLUSTER, "second", (builder) -> builder
			.seedProvider(() -> List.of(isKnown[0] ? first.address().toString() : "no-such-host.invalid:1")));
		second.start();
		eventually("attempts", () -> second.status().joinAttempts() >= 2);
		assertThat(second.joined().toCompletableFuture()).isNotDone();
		isKnown[0] = true;
		result(second.joined());
		eventually("one view", () -> isOneView(first, second));
	}

	@Test
	void aProviderThatKnowsNobodyAtFirstIsAskedAgain() {
		NettyGossipCluster first = started("first");
		boolean[] isKnown = { false };
		NettyGossipCluster second = this.nodes.node(CLUSTER, "second",
				(builder) -> builder.seedProvider(() -> isKnown[0] ? List.of(first.address().toString()) : List.of()));
		second.start();
		eventually("alone", () -> second.status().phase() == ClusterPhase.JOINED);
		isKnown[0] = true;
		eventually("one view", () -> isOneView(first, second));
	}

	@Test
	void aNodeWhoseSeedsWereTakenAwayIsNotIsolatedWithoutThem() throws Exception {
		NettyGossipCluster first = started("first");
		AtomicReference<List<String>> seeds = new AtomicReference<>(List.of(first.address().toString()));
		NettyGossipCluster second = this.nodes.node(CLUSTER, "second", (builder) -> builder.seedProvider(seeds::get));
		second.start();
		eventually("one view", () -> isOneView(first, second));
		result(first.leave());
		first.stop();
		eventually("it is alone and looks for its seed",
				() -> second.status().isolated() && second.status().joinAttempts() > 0);
		seeds.set(List.of());
		eventually("it is the cluster",
				() -> !second.status().isolated() && second.status().phase() == ClusterPhase.JOINED);
		eventually("it asks nobody", () -> second.status().joinAttempts() == 0);
	}

	@Test
	void theOwnAddressAmongTheSeedsIsHarmless() throws Exception {
		NettyGossipCluster first = started("first");
		int port = first.address().port();
		first.stop();
		NettyGossipCluster node = this.nodes.add(NettyGossipCluster.builder()
			.config(TestNodes.fast(CLUSTER, "own").transport((transport) -> transport.withPort(port)).build())
			.seeds("127.0.0.1:" + port)
			.build());
		node.start();
		result(node.joined());
		assertThat(node.view().size()).isEqualTo(1);
	}

	@Test
	void aMalformedSeedIsRefusedAtOnce() {
		assertThatExceptionOfType(GossipException.InvalidSetting.class)
			.isThrownBy(() -> NettyGossipCluster.builder().seeds("host:notaport"))
			.withMessageContaining("'seeds'")
			.withMessageContaining("'host:notaport'");
	}

}
