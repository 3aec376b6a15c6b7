package io.gossip.boot.autoconfigure.context;

import io.gossip.GossipCluster;
import io.gossip.netty.NettyGossipCluster;

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

	/**
	 * The port that the node listens on; that which it tells others where the node is the
	 * application's own.
	 */
	public int getPort() {
		return (getCluster() instanceof NettyGossipCluster node) ? node.boundPort()
				: getCluster().localMember().address().port();
	}

}
