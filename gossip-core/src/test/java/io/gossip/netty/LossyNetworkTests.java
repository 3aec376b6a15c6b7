package io.gossip.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.gossip.netty.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Three nodes on real sockets, with a network between them that is not good. */
class LossyNetworkTests {

	private static final String CLUSTER = "lossy";

	private static final int DATAGRAMS = 40;

	private final TestNodes nodes = new TestNodes();

	private final LossyRelay relay = new LossyRelay(this.nodes);

	private NettyGossipCluster first;

	private NettyGossipCluster second;

	private NettyGossipCluster third;

	private List<Queue<MembershipEvent>> events;

	@BeforeEach
	void startNodes() {
		this.first = this.relay.start(CLUSTER, "first");
		this.second = this.relay.start(CLUSTER, "second", this.first);
		this.third = this.relay.start(CLUSTER, "third", this.first);
		this.events = List.of(TestNodes.eventsOf(this.first), TestNodes.eventsOf(this.second),
				TestNodes.eventsOf(this.third));
		eventually("one view", () -> TestNodes.isOneView(this.first, this.second, this.third));
	}

	@AfterEach
	void close() throws IOException {
		this.nodes.close();
		this.relay.close();
	}

	private void assertThatNobodyDied() {
		assertThat(this.events)
			.allSatisfy((queue) -> assertThat(queue).noneMatch(MembershipEvent.Failed.class::isInstance));
		eventually("one view", () -> TestNodes.isOneView(this.first, this.second, this.third));
	}

	private void assertThatNewsTravels(String value) {
		this.third.updateMetadata(Map.of("key", value));
		eventually("the others know", () -> TestNodes.isOneView(this.first, this.second, this.third)
				&& value.equals(TestNodes.statusOf(this.first, CLUSTER, "third").member().metadata().get("key")));
	}

	@Test
	void nobodyIsDeclaredDeadWhenOneDatagramOfFiveIsLost() {
		this.relay.lose((from, to, random) -> random.nextDouble() < 0.2);
		assertThatNewsTravels("news");
		eventually("enough is lost", () -> this.relay.lost() >= DATAGRAMS);
		assertThatNobodyDied();
	}

	@Test
	void nobodyIsDeclaredDeadWhenOneWayBetweenTwoIsCut() {
		this.relay.lose((from, to, random) -> from.equals("first") && to.equals("second"));
		eventually("enough is lost", () -> this.relay.lost() >= DATAGRAMS);
		assertThatNewsTravels("news");
		assertThatNobodyDied();
	}

	/** Without this one, the others might pass because nothing goes through the relay. */
	@Test
	void whoIsNotHeardAtAllIsDeclaredDead() {
		this.relay.lose((from, to, random) -> from.equals("third") || to.equals("third"));
		this.relay.haltStreams();
		eventually("the others say so", () -> TestNodes.holds(this.first, CLUSTER, "third", MemberState.DEAD)
				&& TestNodes.holds(this.second, CLUSTER, "third", MemberState.DEAD));
		assertThat(TestNodes.holds(this.first, CLUSTER, "second", MemberState.ALIVE)).isTrue();
	}

	@Test
	void whoAsksAndNeverReadsTheAnswersStopsNobody() throws IOException {
		byte[] question = this.relay.firstBytesTo(this.first);
		assertThat(question).isNotEmpty();
		InetSocketAddress seed = new InetSocketAddress(InetAddress.getLoopbackAddress(), this.first.address().port());
		try (SocketChannel stopped = SocketChannel.open(seed)) {
			stopped.configureBlocking(false);
			ByteBuffer bytes = ByteBuffer.wrap(question);
			eventually("the answers are no longer kept", () -> {
				ask(stopped, bytes);
				return this.first.status().drops().containsKey("send-queue-full");
			});
			assertThatNewsTravels("news");
			assertThatNobodyDied();
		}
	}

	private static void ask(SocketChannel stopped, ByteBuffer question) {
		try {
			for (int i = 0; i < 2000 && stopped.write(question) > 0; i++) {
				if (!question.hasRemaining()) {
					question.rewind();
				}
			}
		}
		catch (IOException ex) {
			// the node has closed the stream: it may, and the condition says if it counts
		}
	}

}
