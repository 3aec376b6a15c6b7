package io.gossip.protocol.rumor;

/** Where broadcast messages go: a packet that is being written. */
@FunctionalInterface
public interface MessageSink {

	/**
	 * Offers a message.
	 * @param origin the member that sent it first
	 * @param instance the start of that member
	 * @param sequence its number within that start
	 * @param bornNanos when it was sent first
	 * @param body topic and payload, borrowed
	 * @return what became of it
	 */
	RumorSink.Verdict accept(long origin, int instance, int sequence, long bornNanos, byte[] body);

}
