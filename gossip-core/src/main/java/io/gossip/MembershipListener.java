package io.gossip;

/**
 * A receiver of membership events. It is called on one thread of the cluster's event
 * dispatcher, never on the event loop, one event at a time.
 */
@FunctionalInterface
public interface MembershipListener {

	/**
	 * Takes an event.
	 * @param event what has changed
	 */
	void onEvent(MembershipEvent event);

}
