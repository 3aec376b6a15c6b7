package io.gossip.netty;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.gossip.GossipCluster.Subscription;
import io.gossip.MembershipEvent;
import io.gossip.MembershipListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bounded, ordered way of events to listeners. One thread, which starts with the
 * first event, calls the listeners one after another; the event loop only appends. When
 * the queue is full it is reduced by {@link EventCoalescer} and what went is counted, so
 * a slow or blocked listener costs intermediate states, never the latest one.
 *
 * <p>
 * It outlives the starts of a node, and so do its listeners. {@link #close()} forgets
 * what waits and does not wait for the event that is under way, so it may be called by a
 * listener.
 */
final class EventDispatcher {

	private static final Logger LOGGER = LoggerFactory.getLogger(EventDispatcher.class);

	private static final long BLOCKED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final int KINDS_MAX = 64;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition arrived = this.lock.newCondition();

	private final ArrayDeque<MembershipEvent> queue = new ArrayDeque<>();

	private final CopyOnWriteArrayList<Receiver> receivers = new CopyOnWriteArrayList<>();

	private final Set<String> kindsLogged = new HashSet<>();

	private final int queueMax;

	private final ThreadFactory threadFactory;

	private int coalesceAt;

	private boolean open;

	private int session;

	private int sessionUnderWay;

	private @Nullable Thread worker;

	private long coalesced;

	private long listenerErrors;

	private @Nullable Receiver active;

	private long activeSinceNanos;

	EventDispatcher(int queueMax, ThreadFactory threadFactory) {
		this.queueMax = queueMax;
		this.coalesceAt = queueMax;
		this.threadFactory = threadFactory;
	}

	Subscription subscribe(MembershipListener listener) {
		Receiver receiver = new Receiver(listener);
		this.receivers.add(receiver);
		return () -> {
			receiver.cancelled.set(true);
			this.receivers.remove(receiver);
		};
	}

	/** Lets events in, until the next {@link #close()}. */
	void open() {
		this.lock.lock();
		try {
			this.open = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Forgets the events that wait and lets the thread end. */
	void close() {
		this.lock.lock();
		try {
			this.open = false;
			this.session++;
			this.queue.clear();
			this.coalesceAt = this.queueMax;
			this.arrived.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Appends events; never waits for a listener. */
	void dispatch(List<MembershipEvent> events) {
		if (events.isEmpty() || this.receivers.isEmpty()) {
			return;
		}
		this.lock.lock();
		try {
			if (!this.open) {
				return;
			}
			for (MembershipEvent event : events) {
				append(event);
			}
			reportBlocked();
			startWorkerIfNone();
			this.arrived.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void append(MembershipEvent event) {
		if (this.queue.size() >= this.coalesceAt) {
			this.coalesced += EventCoalescer.coalesce(this.queue);
			this.coalesceAt = Math.max(this.queueMax, 2 * this.queue.size());
			if (firstOfKind("coalesced")) {
				LOGGER.warn("{} events wait for the listeners, which are too slow: events about one member are merged"
						+ " from now on, see gossip.events.coalesced. Raise limits.event-queue-max or make the"
						+ " listeners faster.", this.queueMax);
			}
		}
		this.queue.add(event);
	}

	private void startWorkerIfNone() {
		if (this.worker != null) {
			return;
		}
		try {
			Thread thread = this.threadFactory.newThread(this::run);
			this.worker = thread;
			thread.start();
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			this.worker = null;
			if (firstOfKind("thread")) {
				LOGGER.error("No thread can be started for membership listeners; the next event tries again", ex);
			}
		}
	}

	private void run() {
		MembershipEvent event = next();
		while (event != null) {
			for (Receiver receiver : this.receivers) {
				deliver(receiver, event);
			}
			event = next();
		}
	}

	private @Nullable MembershipEvent next() {
		this.lock.lock();
		try {
			while (this.open && this.queue.isEmpty()) {
				this.arrived.awaitUninterruptibly();
			}
			if (this.queue.isEmpty()) {
				this.worker = null;
				return null;
			}
			this.sessionUnderWay = this.session;
			return this.queue.poll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void deliver(Receiver receiver, MembershipEvent event) {
		if (!enter(receiver)) {
			return;
		}
		try {
			receiver.listener.onEvent(event);
		}
		catch (Throwable ex) {
			failed(receiver, event, ex);
		}
		finally {
			enter(null);
			if (Thread.interrupted()) {
				LOGGER.debug("A listener left the interrupt flag set; it is cleared");
			}
		}
	}

	private boolean enter(@Nullable Receiver receiver) {
		this.lock.lock();
		try {
			this.active = receiver;
			this.activeSinceNanos = System.nanoTime();
			return this.session == this.sessionUnderWay && receiver != null && !receiver.cancelled.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void failed(Receiver receiver, MembershipEvent event, Throwable ex) {
		boolean first;
		this.lock.lock();
		try {
			this.listenerErrors++;
			first = firstOfKind(ex.getClass().getName() + '@' + receiver.listener.getClass().getName());
		}
		finally {
			this.lock.unlock();
		}
		if (first) {
			LOGGER.warn("The membership listener " + receiver.listener.getClass().getName() + " has thrown on "
					+ event.getClass().getSimpleName() + " of " + event.member()
					+ "; the other listeners get the event. Further ones of this kind are only counted,"
					+ " see gossip.listener.errors", ex);
		}
	}

	private void reportBlocked() {
		Receiver receiver = this.active;
		if (receiver == null || System.nanoTime() - this.activeSinceNanos < BLOCKED_AFTER_NANOS) {
			return;
		}
		String name = receiver.listener.getClass().getName();
		if (firstOfKind("blocked@" + name)) {
			LOGGER.warn(
					"The membership listener {} has not returned for {} s; {} events wait behind"
							+ " it. Gossip goes on. Let the listener hand long work to a thread of its own.",
					name, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - this.activeSinceNanos), this.queue.size());
		}
	}

	private boolean firstOfKind(String kind) {
		return this.kindsLogged.size() < KINDS_MAX && this.kindsLogged.add(kind);
	}

	EventStatistics statistics() {
		this.lock.lock();
		try {
			return new EventStatistics(this.queue.size(), this.coalesced, this.listenerErrors);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** A listener with its bond. */
	private static final class Receiver {

		private final MembershipListener listener;

		private final AtomicBoolean cancelled = new AtomicBoolean();

		Receiver(MembershipListener listener) {
			this.listener = listener;
		}

	}

}
