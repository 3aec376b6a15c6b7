package io.gossip.netty;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.gossip.GossipMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.gossip.netty.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

class MessageDispatcherTests {

	private final CountDownLatch entered = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();

	private final MessageDispatcher dispatcher = new MessageDispatcher(1000, new DaemonThreads("message-test"));

	@AfterEach
	void close() {
		this.release.countDown();
		this.dispatcher.close();
	}

	private static GossipMessage message(int bytes) {
		return new GossipMessage(Events.member(1), "topic", new byte[bytes], GossipMessage.Kind.DIRECT);
	}

	private void block() {
		this.entered.countDown();
		try {
			this.release.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void noMoreBytesWaitForASlowListenerThanTheLimitHoweverFewTheMessages() throws Exception {
		this.dispatcher.open();
		this.dispatcher.subscribe((message) -> {
			this.sizes.add(message.size());
			block();
		});
		assertThat(this.dispatcher.dispatch(message(1))).isTrue();
		assertThat(this.entered.await(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		for (int i = 0; i < 16; i++) {
			assertThat(this.dispatcher.dispatch(message(1 << 20))).isTrue();
		}
		assertThat(this.dispatcher.dispatch(message(1))).isFalse();
		assertThat(this.dispatcher.dispatch(message(0))).isTrue();
		this.release.countDown();
		eventually("all others are heard", () -> this.sizes.size() == 18);
		assertThat(this.dispatcher.dispatch(message(1 << 20))).as("there is room again").isTrue();
	}

}
