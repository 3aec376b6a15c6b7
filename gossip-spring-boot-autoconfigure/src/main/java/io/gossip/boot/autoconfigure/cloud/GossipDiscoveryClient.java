package io.gossip.boot.autoconfigure.cloud;

import java.util.List;

import io.gossip.GossipCluster;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * A {@link DiscoveryClient} that reads the view of this node. It asks nobody, so it never
 * waits and never fails.
 */
public class GossipDiscoveryClient implements DiscoveryClient {

	private final ServiceMembers members;

	/**
	 * A client.
	 * @param cluster the node whose view it reads
	 */
	public GossipDiscoveryClient(GossipCluster cluster) {
		this.members = new ServiceMembers(cluster::view);
	}

	@Override
	public String description() {
		return "Gossip Discovery Client";
	}

	@Override
	public List<ServiceInstance> getInstances(String serviceId) {
		return this.members.instances(serviceId);
	}

	@Override
	public List<String> getServices() {
		return this.members.services();
	}

}
