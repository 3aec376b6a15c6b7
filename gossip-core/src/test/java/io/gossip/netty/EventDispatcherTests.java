package io.gossip.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.gossip.GossipCluster.Subscription;
import io.gossip.MembershipEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.gossip.netty.Events.failed;
import static io.gossip.netty.Events.joined;
import static io.gossip.netty.Events.left;
import static io.gossip.netty.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

class EventDispatcherTests {

	private static final int QUEUE_MAX = 16;

	private final AtomicInteger threads = new AtomicInteger();

	private final ThreadFactory threadFactory = (task) -> {
		this.threads.incrementAndGet();
		Thread thread = new Thread(() -> {
			task.run();
			this.threads.decrementAndGet();
		});
		thread.setDaemon(true);
		return thread;
	};

	private final EventDispatcher dispatcher = new EventDispatcher(QUEUE_MAX, this.threadFactory);

	private final ConcurrentLinkedQueue<MembershipEvent> seen = new ConcurrentLinkedQueue<>();

	@BeforeEach
	void open() {
		this.dispatcher.open();
	}

	@AfterEach
	void close() {
		this.dispatcher.close();
	}

	/** A listener that stops at its first event until it is let go. */
	private final AtomicInteger entered = new AtomicInteger();

	private CountDownLatch blockingListener() {
		CountDownLatch release = new CountDownLatch(1);
		this.dispatcher.subscribe((event) -> {
			this.entered.incrementAndGet();
			try {
				release.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.seen.add(event);
		});
		return release;
	}

	@Test
	void deliversInOrderOnOneThreadThatStartsWithTheFirstEvent() {
		this.dispatcher.subscribe(this.seen::add);
		assertThat(this.threads).hasValue(0);
		List<MembershipEvent> sent = new ArrayList<>();
		for (int i = 1; i <= QUEUE_MAX; i++) {
			sent.add(joined(i));
		}
		this.dispatcher.dispatch(sent);
		eventually("all are seen", () -> this.seen.size() == sent.size());
		assertThat(this.seen).containsExactlyElementsOf(sent);
		assertThat(this.threads).hasValue(1);
	}

	@Test
	void goesOnAfterAListenerThatThrows() {
		this.dispatcher.subscribe((event) -> {
			throw new IllegalStateException("planted");
		});
		this.dispatcher.subscribe((event) -> {
			throw new LinkageError("planted, too");
		});
		this.dispatcher.subscribe(this.seen::add);
		this.dispatcher.dispatch(List.of(joined(1), joined(2)));
		eventually("the third listener has both", () -> this.seen.size() == 2);
		assertThat(this.dispatcher.statistics().listenerErrors()).isEqualTo(4);
	}

	@Test
	void neverHoldsMoreThanItsLimitAndCountsWhatItMerged() {
		CountDownLatch release = blockingListener();
		this.dispatcher.dispatch(List.of(joined(1)));
		eventually("the listener blocks", () -> this.dispatcher.statistics().queued() == 0);
		for (int i = 0; i < 1000; i++) {
			this.dispatcher.dispatch(List.of(failed(1), joined(1)));
			assertThat(this.dispatcher.statistics().queued()).isLessThanOrEqualTo(QUEUE_MAX + 1);
		}
		this.dispatcher.dispatch(List.of(left(1)));
		release.countDown();
		eventually("all are delivered", () -> this.dispatcher.statistics().queued() == 0
				&& left(1).equals(List.copyOf(this.seen).get(this.seen.size() - 1)));
		long merged = this.dispatcher.statistics().coalesced();
		assertThat(this.seen.size() + merged).isEqualTo(2002);
		assertThat(merged).isPositive();
	}

	@Test
	void keepsOneEventAMemberEvenOverTheLimit() {
		CountDownLatch release = blockingListener();
		this.dispatcher.dispatch(List.of(joined(1)));
		eventually("the listener blocks", () -> this.dispatcher.statistics().queued() == 0);
		for (int i = 2; i <= 10 * QUEUE_MAX; i++) {
			this.dispatcher.dispatch(List.of(joined(i)));
		}
		release.countDown();
		eventually("all are seen", () -> this.seen.size() == 10 * QUEUE_MAX);
		assertThat(this.dispatcher.statistics().coalesced()).isZero();
	}

	@Test
	void forgetsWhatWaitsWhenItIsClosedAndItsThreadEnds() {
		CountDownLatch release = blockingListener();
		this.dispatcher.dispatch(List.of(joined(1), joined(2)));
		eventually("the listener blocks", () -> this.entered.get() == 1);
		this.dispatcher.close();
		release.countDown();
		eventually("the thread has ended", () -> this.threads.get() == 0);
		this.dispatcher.dispatch(List.of(joined(3)));
		assertThat(this.seen).containsExactly(joined(1));
		assertThat(this.threads).hasValue(0);
	}

	@Test
	void anEventOfTheSessionBeforeIsNotPassedOnAfterAReopen() {
		CountDownLatch release = blockingListener();
		ConcurrentLinkedQueue<MembershipEvent> second = new ConcurrentLinkedQueue<>();
		this.dispatcher.subscribe(second::add);
		this.dispatcher.dispatch(List.of(joined(1)));
		eventually("the listener blocks", () -> this.entered.get() == 1);
		this.dispatcher.close();
		this.dispatcher.open();
		this.dispatcher.dispatch(List.of(joined(2)));
		release.countDown();
		eventually("the new event is seen", () -> !second.isEmpty());
		assertThat(second).containsExactly(joined(2));
		assertThat(this.threads).hasValue(1);
	}

	@Test
	void aListenerMayCloseIt() {
		this.dispatcher.subscribe((event) -> {
			this.seen.add(event);
			this.dispatcher.close();
		});
		this.dispatcher.dispatch(List.of(joined(1), joined(2)));
		eventually("the thread has ended", () -> this.threads.get() == 0 && !this.seen.isEmpty());
		assertThat(this.seen).containsExactly(joined(1));
	}

	@Test
	void aCancelledSubscriptionGetsNothing() {
		Subscription subscription = this.dispatcher.subscribe(this.seen::add);
		ConcurrentLinkedQueue<MembershipEvent> other = new ConcurrentLinkedQueue<>();
		this.dispatcher.subscribe(other::add);
		subscription.cancel();
		subscription.cancel();
		this.dispatcher.dispatch(List.of(joined(1)));
		eventually("the other has it", () -> !other.isEmpty());
		assertThat(this.seen).isEmpty();
	}

	@Test
	void anInterruptedListenerDoesNotHurtTheNextEvent() throws Exception {
		CountDownLatch both = new CountDownLatch(2);
		this.dispatcher.subscribe((event) -> {
			assertThat(Thread.currentThread().isInterrupted()).isFalse();
			Thread.currentThread().interrupt();
			both.countDown();
		});
		this.dispatcher.dispatch(List.of(joined(1), joined(2)));
		assertThat(both.await(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(this.dispatcher.statistics().listenerErrors()).isZero();
	}

}
