package io.gossip.boot.autoconfigure.endpoint;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

import io.gossip.GossipCluster;
import io.gossip.MembershipEvent;
import io.gossip.MembershipListener;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * The newest membership events with their times, so that "why was it declared dead" has
 * an answer after the fact. It listens to the node itself, and so misses nothing that
 * happens while the context starts or closes.
 */
public final class RecentEvents implements MembershipListener, InitializingBean, DisposableBean {

	private final GossipCluster cluster;

	private final int sizeMax;

	private final Clock clock;

	private final Deque<EventDescriptor> events = new ArrayDeque<>();

	private GossipCluster.Subscription subscription = () -> {
	};

	/**
	 * No events yet.
	 * @param cluster the node
	 * @param sizeMax how many are kept
	 * @param clock what time it is for people
	 */
	public RecentEvents(GossipCluster cluster, int sizeMax, Clock clock) {
		this.cluster = cluster;
		this.sizeMax = sizeMax;
		this.clock = clock;
	}

	@Override
	public void afterPropertiesSet() {
		if (this.sizeMax > 0) {
			this.subscription = this.cluster.subscribe(this);
		}
	}

	@Override
	public void destroy() {
		this.subscription.cancel();
	}

	@Override
	public void onEvent(MembershipEvent event) {
		EventDescriptor descriptor = EventDescriptor.of(event, this.clock.instant(), this.cluster.view());
		synchronized (this.events) {
			if (this.events.size() >= this.sizeMax) {
				this.events.removeFirst();
			}
			this.events.addLast(descriptor);
		}
	}

	/** The events, the newest first. */
	List<EventDescriptor> newestFirst() {
		synchronized (this.events) {
			List<EventDescriptor> newest = new ArrayList<>(this.events);
			Collections.reverse(newest);
			return newest;
		}
	}

}
