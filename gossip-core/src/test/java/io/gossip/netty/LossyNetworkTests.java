package io.gossip.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.gossip.netty.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** Three nodes on real sockets, with a network between them that is not good. */
class LossyNetworkTests {

	private static final long ASKED_BYTES = 4_000_000;

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
			AtomicLong asked = new AtomicLong();
			eventually("enough is asked", () -> asked.addAndGet(ask(stopped, bytes)) > ASKED_BYTES);
			assertThatNewsTravels("news");
			assertThatNobodyDied();
		}
	}

	/** How many bytes were taken. */
	private static long ask(SocketChannel stopped, ByteBuffer question) {
		long taken = 0;
		try {
			for (int i = 0; i < 2000; i++) {
				int bytes = stopped.write(question);
				if (bytes <= 0) {
					break;
				}
				taken += bytes;
				if (!question.hasRemaining()) {
					question.rewind();
				}
			}
		}
		catch (IOException ex) {
			// the node has closed the stream, and may: whoever asks so much is not owed
			// more
			return ASKED_BYTES + 1;
		}
		return taken;
	}

}
