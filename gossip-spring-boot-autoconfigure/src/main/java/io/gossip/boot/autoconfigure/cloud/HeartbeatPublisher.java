package io.gossip.boot.autoconfigure.cloud;

import io.gossip.boot.autoconfigure.context.MembershipApplicationEvent;

import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Tells those who keep routes or clients by service (such as Spring Cloud Gateway) that
 * the services may have changed: one {@link HeartbeatEvent} for each version of the view
 * that a membership event is told of. It goes before the listeners of the application,
 * because one that throws hides the event from those behind it.
 */
final class HeartbeatPublisher implements ApplicationListener<MembershipApplicationEvent<?>>, Ordered {

	private final ApplicationEventPublisher publisher;

	/** Written by the one thread that delivers the events. */
	private long toldVersion = -1;

	HeartbeatPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(MembershipApplicationEvent<?> event) {
		long version = event.getCluster().view().version();
		if (version != this.toldVersion) {
			this.toldVersion = version;
			this.publisher.publishEvent(new HeartbeatEvent(event.getCluster(), version));
		}
	}

}
