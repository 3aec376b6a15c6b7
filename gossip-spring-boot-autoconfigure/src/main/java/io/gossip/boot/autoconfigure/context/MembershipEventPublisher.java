package io.gossip.boot.autoconfigure.context;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import io.gossip.GossipCluster;
import io.gossip.GossipMessage;
import io.gossip.MembershipEvent;
import io.gossip.MembershipListener;
import io.gossip.MessageListener;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationContextEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.Ordered;

/**
 * Publishes the events of a node, and the messages that it takes, as application events,
 * each on the thread of its dispatcher: in order, one at a time, never on the event loop.
 * What happens while the context still refreshes waits for the end of that; nothing is
 * published once the context has begun to close, which waits up to two seconds for the
 * listeners of an event that is under way. A node that is started again tells of all
 * members as of new ones: {@link GossipStartedEvent} is when to forget the old ones.
 */
public final class MembershipEventPublisher implements MembershipListener, MessageListener, SmartInitializingSingleton,
		ApplicationListener<ApplicationContextEvent>, Ordered, DisposableBean {

	/** How long a close waits for the listeners of the event under way. */
	private static final long LISTENERS_SECONDS = 2;

	private final GossipCluster cluster;

	private final ApplicationContext context;

	private final CountDownLatch refreshed = new CountDownLatch(1);

	/** Read by those who publish, written by whoever closes. */
	private final ReentrantReadWriteLock publishing = new ReentrantReadWriteLock();

	private volatile boolean closed;

	private GossipCluster.Subscription subscription = () -> {
	};

	private GossipCluster.Subscription messages = () -> {
	};

	/**
	 * A publisher.
	 * @param cluster the node
	 * @param context where its events go
	 */
	public MembershipEventPublisher(GossipCluster cluster, ApplicationContext context) {
		this.cluster = cluster;
		this.context = context;
	}

	/**
	 * Before all other listeners, so that what they do on a close is not told any more.
	 */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.subscription = this.cluster.subscribe(this);
		this.messages = this.cluster.subscribeToMessages(this);
	}

	@Override
	public void onApplicationEvent(ApplicationContextEvent event) {
		// the events of child contexts, such as the management one, arrive here as well
		if (event.getApplicationContext() != this.context) {
			return;
		}
		if (event instanceof ContextRefreshedEvent) {
			this.refreshed.countDown();
		}
		else if (event instanceof ContextClosedEvent) {
			close();
		}
	}

	@Override
	public void onEvent(MembershipEvent event) {
		publish(new MembershipApplicationEvent<>(this.cluster, event));
	}

	@Override
	public void onMessage(GossipMessage message) {
		publish(new GossipMessageEvent(this.cluster, message));
	}

	private void publish(ApplicationEvent event) {
		if (!awaitOpen()) {
			return;
		}
		this.publishing.readLock().lock();
		try {
			if (!this.closed) {
				this.context.publishEvent(event);
			}
		}
		finally {
			this.publishing.readLock().unlock();
		}
	}

	private boolean awaitOpen() {
		try {
			this.refreshed.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		return !this.closed;
	}

	@Override
	public void destroy() {
		close();
		this.subscription.cancel();
		this.messages.cancel();
	}

	/** Waits a while for listeners that are at work, or they would meet closed beans. */
	private void close() {
		this.closed = true;
		this.refreshed.countDown();
		if (this.publishing.getReadHoldCount() > 0) {
			// It is a listener that closes the context.
			return;
		}
		try {
			if (this.publishing.writeLock().tryLock(LISTENERS_SECONDS, TimeUnit.SECONDS)) {
				this.publishing.writeLock().unlock();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
