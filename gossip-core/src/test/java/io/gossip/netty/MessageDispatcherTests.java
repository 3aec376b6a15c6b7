package io.gossip.netty;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.gossip.GossipMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.gossip.netty.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

class MessageDispatcherTests {

	private final SlowListener slow = new SlowListener();

	private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();

	private final MessageDispatcher dispatcher = new MessageDispatcher(1000, new DaemonThreads("message-test"));

	@AfterEach
	void close() {
		this.slow.release();
		this.dispatcher.close();
	}

	private static GossipMessage message(int bytes) {
		return new GossipMessage(Events.member(1), "topic", new byte[bytes], GossipMessage.Kind.DIRECT);
	}

	@Test
	void noMoreBytesWaitForASlowListenerThanTheLimitHoweverFewTheMessages() throws Exception {
		this.dispatcher.open();
		this.dispatcher.subscribe((message) -> {
			this.sizes.add(message.size());
			this.slow.block();
		});
		assertThat(this.dispatcher.dispatch(message(1))).isTrue();
		this.slow.awaitBlocked();
		for (int i = 0; i < 16; i++) {
			assertThat(this.dispatcher.dispatch(message(1 << 20))).isTrue();
		}
		assertThat(this.dispatcher.dispatch(message(1))).isFalse();
		assertThat(this.dispatcher.dispatch(message(0))).isTrue();
		this.slow.release();
		eventually("all others are heard", () -> this.sizes.size() == 18);
		assertThat(this.dispatcher.dispatch(message(1 << 20))).as("there is room again").isTrue();
	}

}
