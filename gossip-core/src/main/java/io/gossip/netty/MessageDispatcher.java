package io.gossip.netty;

import java.util.ArrayDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.gossip.GossipCluster.Subscription;
import io.gossip.GossipMessage;
import io.gossip.MessageListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bounded, ordered way of messages to listeners. One thread, which starts with the
 * first message, calls the listeners one after another; the event loop only appends. It
 * is not the thread of the membership events, so that a flood of messages delays none of
 * them. When the queue is full, a message that arrives is lost.
 *
 * <p>
 * It outlives the starts of a node, and so do its listeners. {@link #close()} forgets
 * what waits and does not wait for the message that is under way, so it may be called by
 * a listener.
 */
final class MessageDispatcher {

	private static final Logger LOGGER = LoggerFactory.getLogger(MessageDispatcher.class);

	/** How many bytes of payload may wait, whatever the number of messages. */
	private static final long QUEUED_BYTES_MAX = 1 << 24;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition arrived = this.lock.newCondition();

	private final ArrayDeque<GossipMessage> queue = new ArrayDeque<>();

	private final CopyOnWriteArrayList<MessageListener> listeners = new CopyOnWriteArrayList<>();

	private final int queueMax;

	private final ThreadFactory threadFactory;

	private long queuedBytes;

	private boolean open;

	private int session;

	private int sessionUnderWay;

	private @Nullable Thread worker;

	private boolean errorLogged;

	MessageDispatcher(int queueMax, ThreadFactory threadFactory) {
		this.queueMax = queueMax;
		this.threadFactory = threadFactory;
	}

	Subscription subscribe(MessageListener listener) {
		// an object of its own, so that one listener may be subscribed twice
		MessageListener receiver = new MessageListener() {

			@Override
			public void onMessage(GossipMessage message) {
				listener.onMessage(message);
			}

			@Override
			public String toString() {
				return listener.getClass().getName();
			}

		};
		this.listeners.add(receiver);
		return () -> this.listeners.remove(receiver);
	}

	/** Lets messages in, until the next {@link #close()}. */
	void open() {
		this.lock.lock();
		try {
			this.open = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Forgets the messages that wait and lets the thread end. */
	void close() {
		this.lock.lock();
		try {
			this.open = false;
			this.session++;
			this.queue.clear();
			this.queuedBytes = 0;
			this.arrived.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Appends a message; never waits for a listener.
	 * @return whether there was room
	 */
	boolean dispatch(GossipMessage message) {
		if (this.listeners.isEmpty()) {
			return true;
		}
		this.lock.lock();
		try {
			if (!this.open) {
				return true;
			}
			if (this.queue.size() >= this.queueMax || this.queuedBytes + message.size() > QUEUED_BYTES_MAX) {
				return false;
			}
			this.queue.add(message);
			this.queuedBytes += message.size();
			startWorkerIfNone();
			this.arrived.signal();
			return true;
		}
		finally {
			this.lock.unlock();
		}
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
			if (!this.errorLogged) {
				this.errorLogged = true;
				LOGGER.error("No thread can be started for message listeners; the next message tries again", ex);
			}
		}
	}

	private void run() {
		GossipMessage message = next();
		while (message != null) {
			for (MessageListener listener : this.listeners) {
				deliver(listener, message);
			}
			message = next();
		}
	}

	private @Nullable GossipMessage next() {
		this.lock.lock();
		try {
			while (this.open && this.queue.isEmpty()) {
				this.arrived.awaitUninterruptibly();
			}
			GossipMessage message = this.queue.poll();
			if (message == null) {
				this.worker = null;
				return null;
			}
			this.queuedBytes -= message.size();
			this.sessionUnderWay = this.session;
			return message;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void deliver(MessageListener listener, GossipMessage message) {
		if (!isCurrent() || !this.listeners.contains(listener)) {
			return;
		}
		try {
			listener.onMessage(message);
		}
		catch (Throwable ex) {
			failed(listener, message, ex);
		}
		finally {
			if (Thread.interrupted()) {
				LOGGER.debug("A listener left the interrupt flag set; it is cleared");
			}
		}
	}

	private boolean isCurrent() {
		this.lock.lock();
		try {
			return this.session == this.sessionUnderWay;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void failed(MessageListener listener, GossipMessage message, Throwable ex) {
		if (!this.errorLogged) {
			this.errorLogged = true;
			LOGGER.warn("The message listener " + listener + " has thrown on " + message
					+ "; the other listeners get the message. Further ones are not logged", ex);
		}
	}

}
