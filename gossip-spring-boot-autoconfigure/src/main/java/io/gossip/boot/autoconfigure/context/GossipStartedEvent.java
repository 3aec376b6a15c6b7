package io.gossip.boot.autoconfigure.context;

import io.gossip.GossipCluster;

import org.springframework.context.ApplicationEvent;

/**
 * The node has bound its sockets and begun to look for its seeds; published at every
 * start, by then {@code local.gossip.port} is in the environment.
 */
public class GossipStartedEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * An event.
	 * @param cluster the node
	 */
	public GossipStartedEvent(GossipCluster cluster) {
		super(cluster);
	}

	/** The node. */
	public GossipCluster getCluster() {
		return (GossipCluster) getSource();
	}

	/** The port that the others reach the node at. */
	public int getPort() {
		return getCluster().localMember().address().port();
	}

}
