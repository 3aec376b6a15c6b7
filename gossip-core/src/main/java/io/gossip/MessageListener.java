package io.gossip;

/**
 * A receiver of messages of the application. It is called on one thread of the cluster's
 * message dispatcher, never on the event loop, one message at a time.
 */
@FunctionalInterface
public interface MessageListener {

	/**
	 * Takes a message.
	 * @param message what has arrived
	 */
	void onMessage(GossipMessage message);

}
