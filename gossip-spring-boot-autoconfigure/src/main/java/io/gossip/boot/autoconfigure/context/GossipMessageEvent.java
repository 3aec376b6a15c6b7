package io.gossip.boot.autoconfigure.context;

import io.gossip.GossipCluster;
import io.gossip.GossipMessage;

import org.springframework.context.PayloadApplicationEvent;

/**
 * A message of another member as an application event. An {@code @EventListener} may ask
 * for the {@link GossipMessage} or for this type.
 */
public class GossipMessageEvent extends PayloadApplicationEvent<GossipMessage> {

	private static final long serialVersionUID = 1L;

	/**
	 * An event.
	 * @param cluster the node that took the message
	 * @param payload the message
	 */
	public GossipMessageEvent(GossipCluster cluster, GossipMessage payload) {
		super(cluster, payload);
	}

	/** The node that took the message. */
	public GossipCluster getCluster() {
		return (GossipCluster) getSource();
	}

	/** What the message is about, for conditions. */
	public String getTopic() {
		return getPayload().topic();
	}

}
