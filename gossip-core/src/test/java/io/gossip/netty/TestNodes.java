package io.gossip.netty;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.MemberStatus;
import io.gossip.MembershipEvent;
import io.gossip.NodeId;

/** Nodes on loopback with fast settings, closed together. */
final class TestNodes implements AutoCloseable {

	/** Those of a node that is none of the seeds. */
	static final OwnAddresses NO_OWN_ADDRESSES = new OwnAddresses(InetAddress.getLoopbackAddress(), 0,
			Address.ofIpv4(0xC0000207, 1));

	private final List<NettyGossipCluster> nodes = new ArrayList<>();

	static GossipConfig.Builder fast(String cluster, String name) {
		return GossipConfig.builder()
			.node((node) -> node.withCluster(cluster).withName(name))
			.transport((transport) -> transport.withBindAddress("127.0.0.1").withPort(0))
			.join((join) -> join.withRetryInitial(Duration.ofMillis(50))
				.withRetryMax(Duration.ofMillis(200))
				.withAttemptTimeout(Duration.ofMillis(200)))
			.failureDetection((detection) -> detection.withProbeInterval(Duration.ofMillis(100))
				.withProbeTimeout(Duration.ofMillis(50))
				.withToleratedPause(Duration.ofSeconds(1))
				.withSuspicionFactorMax(2))
			.dissemination((dissemination) -> dissemination.withGossipInterval(Duration.ofMillis(30)))
			.antiEntropy((repair) -> repair.withInterval(Duration.ofSeconds(1)))
			.healing((healing) -> healing.withInterval(Duration.ofMillis(200)))
			.leave((leave) -> leave.withTimeout(Duration.ofSeconds(1)));
	}

	NettyGossipCluster node(String cluster, String name, NettyGossipCluster... seeds) {
		return node(cluster, name, UnaryOperator.identity(), seeds);
	}

	NettyGossipCluster node(String cluster, String name, UnaryOperator<NettyGossipCluster.Builder> change,
			NettyGossipCluster... seeds) {
		String[] addresses = Arrays.stream(seeds).map((seed) -> seed.address().toString()).toArray(String[]::new);
		return add(change.apply(NettyGossipCluster.builder().config(fast(cluster, name).build()).seeds(addresses))
			.build());
	}

	NettyGossipCluster add(NettyGossipCluster node) {
		this.nodes.add(node);
		return node;
	}

	static Queue<MembershipEvent> eventsOf(NettyGossipCluster node) {
		Queue<MembershipEvent> events = new ConcurrentLinkedQueue<>();
		node.subscribe(events::add);
		return events;
	}

	static <T extends MembershipEvent> boolean saw(Queue<MembershipEvent> events, Class<T> type, String name) {
		return events.stream().anyMatch((event) -> type.isInstance(event) && event.member().name().equals(name));
	}

	static boolean isOneView(NettyGossipCluster... nodes) {
		return Arrays.stream(nodes)
			.allMatch((node) -> node.status().phase() == ClusterPhase.JOINED && node.view().size() == nodes.length
					&& node.view().hash() == nodes[0].view().hash());
	}

	static MemberStatus statusOf(NettyGossipCluster observer, String cluster, String name) {
		return observer.view().find(NodeId.ofName(cluster, name)).orElseThrow();
	}

	static boolean holds(NettyGossipCluster observer, String cluster, String name, MemberState state) {
		return observer.view()
			.find(NodeId.ofName(cluster, name))
			.filter((status) -> status.state() == state)
			.isPresent();
	}

	@Override
	public void close() {
		this.nodes.forEach(NettyGossipCluster::close);
	}

}
