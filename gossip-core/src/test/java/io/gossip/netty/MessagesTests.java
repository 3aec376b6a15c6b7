package io.gossip.netty;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.gossip.GossipException;
import io.gossip.GossipMessage;
import io.gossip.NodeId;
import org.junit.jupiter.api.Test;

import static io.gossip.netty.Eventually.eventually;
import static io.gossip.netty.Eventually.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MessagesTests {

	@Test
	void broadcastAndSendArriveOffTheEventLoop() throws Exception {
		try (TestNodes nodes = new TestNodes()) {
			NettyGossipCluster one = nodes.node("messages", "one");
			Queue<GossipMessage> messages = new ConcurrentLinkedQueue<>();
			Queue<String> threads = new ConcurrentLinkedQueue<>();
			one.subscribeToMessages((message) -> {
				threads.add(Thread.currentThread().getName());
				messages.add(message);
			});
			one.start();
			NettyGossipCluster two = nodes.node("messages", "two", one);
			two.start();
			eventually("one view", () -> TestNodes.isOneView(one, two));
			result(two.broadcast("hello", new byte[] { 1, 2 }));
			eventually("the broadcast", () -> messages.size() == 1);
			for (int i = 0; i < 50; i++) {
				result(two.send(one.localMember(), "n" + i, new byte[30_000]));
			}
			eventually("the direct ones", () -> messages.size() == 51);
			assertThat(messages.poll()).isEqualTo(
					new GossipMessage(two.localMember(), "hello", new byte[] { 1, 2 }, GossipMessage.Kind.BROADCAST));
			int next = 0;
			for (GossipMessage message : messages) {
				assertThat(message.topic()).isEqualTo("n" + next++);
			}
			assertThat(threads).containsOnly("gossip-messages-one");
		}
	}

	@Test
	void whatCannotBeSentFailsWithTheReason() throws Exception {
		try (TestNodes nodes = new TestNodes()) {
			NettyGossipCluster one = nodes.node("messages", "one");
			assertThatExceptionOfType(GossipException.class).isThrownBy(() -> one.broadcast("t", new byte[1]))
				.withMessageContaining("call start() first");
			one.start();
			eventually("joined", () -> TestNodes.isOneView(one));
			assertThatExceptionOfType(GossipException.class).isThrownBy(() -> one.broadcast("t", new byte[448]))
				.withMessageContaining("448 bytes")
				.withMessageContaining("use send()");
			assertThatExceptionOfType(GossipException.class)
				.isThrownBy(() -> one.broadcast("t".repeat(65), new byte[1]))
				.withMessageContaining("1 to 64");
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> result(one.send(new NodeId(4711), "t", new byte[1])))
				.withCauseInstanceOf(GossipException.class)
				.withMessageContaining("look it up in view()");
			for (int i = 0; i < 19; i++) {
				one.broadcast("t", new byte[1]);
			}
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> {
				for (int i = 0; i < 1000; i++) {
					result(one.broadcast("t", new byte[1]));
				}
			}).withCauseInstanceOf(GossipException.LimitReached.class);
		}
	}

	@Test
	void aFullQueueLosesTheNewestAndCloseForgetsAll() throws Exception {
		CountDownLatch blocked = new CountDownLatch(1);
		CountDownLatch entered = new CountDownLatch(1);
		Queue<GossipMessage> taken = new ConcurrentLinkedQueue<>();
		MessageDispatcher dispatcher = new MessageDispatcher(16, new DaemonThreads("messages-test"));
		try (TestNodes nodes = new TestNodes()) {
			NettyGossipCluster one = nodes.node("messages", "one");
			one.start();
			GossipMessage message = new GossipMessage(one.localMember(), "t", new byte[1], GossipMessage.Kind.DIRECT);
			dispatcher.subscribe((any) -> {
				taken.add(any);
				entered.countDown();
				try {
					blocked.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			});
			dispatcher.open();
			assertThat(dispatcher.dispatch(message)).isTrue();
			assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
			for (int i = 0; i < 16; i++) {
				assertThat(dispatcher.dispatch(message)).isTrue();
			}
			assertThat(dispatcher.dispatch(message)).isFalse();
			dispatcher.close();
			dispatcher.open();
			blocked.countDown();
			dispatcher.dispatch(new GossipMessage(one.localMember(), "last", new byte[1], GossipMessage.Kind.DIRECT));
			eventually("the one after the close", () -> taken.stream().anyMatch((any) -> any.topic().equals("last")));
			assertThat(taken).hasSize(2);
		}
		finally {
			dispatcher.close();
		}
	}

}
