package io.gossip.netty;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** What a listener does that is held up until a test lets it go on. */
final class SlowListener {

	private final CountDownLatch entered = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	/** Holds up the thread of the listener. */
	void block() {
		this.entered.countDown();
		try {
			this.release.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Waits until the listener is held up. */
	void awaitBlocked() throws InterruptedException {
		assertThat(this.entered.await(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	/** Lets it go on, now and whenever it is called again. */
	void release() {
		this.release.countDown();
	}

}
