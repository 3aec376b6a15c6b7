package io.gossip.protocol;

import io.gossip.Address;
import io.gossip.GossipMessage;
import io.gossip.MembershipEvent;

/**
 * The world as the engine acts upon it. Its methods are called only while an input is
 * running, and must not call the engine.
 */
public interface Effects {

	/**
	 * Sends a datagram, best effort.
	 * @param to the receiver
	 * @param trafficClass whose bytes these are
	 * @param buffer the bytes, borrowed until the return
	 * @param offset where they start
	 * @param length how many they are
	 */
	void sendDatagram(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length);

	/**
	 * Sends a frame on a stream: reliable and in order; a failure comes back as
	 * {@code onUnreachable}. If {@code to} is the source of a stream that is open, that
	 * stream is used.
	 * @param to the receiver
	 * @param trafficClass whose bytes these are
	 * @param buffer the bytes, borrowed until the return
	 * @param offset where they start
	 * @param length how many they are
	 */
	void sendFrame(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length);

	/**
	 * Publishes an event, which listeners see after the step.
	 * @param event what has changed
	 */
	void emit(MembershipEvent event);

	/**
	 * Hands over a message of the application, which listeners see after the step.
	 * @param message what has arrived
	 */
	default void deliver(GossipMessage message) {
	}

}
