package io.gossip.boot.autoconfigure.context;

import java.util.concurrent.CountDownLatch;

import io.gossip.GossipCluster;
import io.gossip.GossipMessage;
import io.gossip.MembershipEvent;
import io.gossip.MembershipListener;
import io.gossip.MessageListener;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationContextEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.Ordered;

/**
 * Publishes the events of a node, and the messages that it takes, as application events,
 * each on the thread of its dispatcher: in order, one at a time, never on the event loop.
 * What happens while the context still refreshes waits for the end of that; nothing is
 * published once the context has begun to close. It subscribes once, so that stops and
 * starts of the context neither lose nor double it.
 */
public final class MembershipEventPublisher implements MembershipListener, MessageListener, SmartInitializingSingleton,
		ApplicationListener<ApplicationContextEvent>, Ordered, DisposableBean {

	private final GossipCluster cluster;

	private final ApplicationContext context;

	private final CountDownLatch refreshed = new CountDownLatch(1);

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
		if (awaitOpen()) {
			this.context.publishEvent(new MembershipApplicationEvent<>(this.cluster, event));
		}
	}

	@Override
	public void onMessage(GossipMessage message) {
		if (awaitOpen()) {
			this.context.publishEvent(new GossipMessageEvent(this.cluster, message));
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

	private void close() {
		this.closed = true;
		this.refreshed.countDown();
	}

}
