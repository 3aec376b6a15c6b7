package io.gossip.boot.autoconfigure.cloud;

import io.gossip.ClusterView;
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

	/** The fields are written by the one thread that delivers the events. */
	private long toldVersion = -1;

	private long toldHash;

	/** Versions of views begin anew with each start of the node; this does not. */
	private long changes;

	HeartbeatPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(MembershipApplicationEvent<?> event) {
		ClusterView view = event.getCluster().view();
		if (view.version() != this.toldVersion || view.hash() != this.toldHash) {
			this.toldVersion = view.version();
			this.toldHash = view.hash();
			this.publisher.publishEvent(new HeartbeatEvent(event.getCluster(), ++this.changes));
		}
	}

}
