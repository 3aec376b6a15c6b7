package io.gossip.boot.autoconfigure.context;

import io.gossip.GossipCluster;
import io.gossip.GossipMessage;

import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.ResolvableType;

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

	/** This type has no generics of its own, which the one above would fill in. */
	@Override
	public ResolvableType getResolvableType() {
		return ResolvableType.forClass(getClass());
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
