package io.gossip.sample;

import io.gossip.MembershipEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * A listener for each of the membership events. They arrive one at a time on a thread of
 * their own, so that a slow listener delays other listeners and never the protocol.
 */
@Component
class MembershipLogger {

	private static final Logger logger = LoggerFactory.getLogger(MembershipLogger.class);

	@EventListener
	void joined(MembershipEvent.Joined event) {
		logger.info("{} joined, incarnation {}", event.member(), event.incarnation());
	}

	@EventListener
	void suspected(MembershipEvent.Suspected event) {
		logger.info("{} is suspected: it does not answer", event.member());
	}

	@EventListener
	void recovered(MembershipEvent.Recovered event) {
		logger.info("{} recovered, incarnation {}", event.member(), event.incarnation());
	}

	@EventListener
	void failed(MembershipEvent.Failed event) {
		logger.warn("{} failed after {} ms of suspicion", event.member(), event.suspectedFor().toMillis());
	}

	@EventListener
	void left(MembershipEvent.Left event) {
		logger.info("{} left", event.member());
	}

	@EventListener
	void conflicted(MembershipEvent.Conflicted event) {
		logger.warn("{} is not alone with its name: see {}", event.member(), event.rival());
	}

	@EventListener
	void updated(MembershipEvent.Updated event) {
		logger.info("{} {}, metadata {}", event.member(), event.isRestart() ? "was restarted" : "was updated",
				event.member().metadata());
	}

}
