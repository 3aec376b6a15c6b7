package io.gossip.boot.autoconfigure.cloud;

import io.gossip.GossipCluster;
import reactor.core.publisher.Flux;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;

/**
 * A {@link ReactiveDiscoveryClient} that reads the view of this node at every
 * subscription. It never blocks, so it needs no scheduler.
 */
public class GossipReactiveDiscoveryClient implements ReactiveDiscoveryClient {

	private final ServiceMembers members;

	/**
	 * A client.
	 * @param cluster the node whose view it reads
	 */
	public GossipReactiveDiscoveryClient(GossipCluster cluster) {
		this.members = new ServiceMembers(cluster::view);
	}

	@Override
	public String description() {
		return "Gossip Reactive Discovery Client";
	}

	@Override
	public Flux<ServiceInstance> getInstances(String serviceId) {
		return Flux.defer(() -> Flux.fromIterable(this.members.instances(serviceId)));
	}

	@Override
	public Flux<String> getServices() {
		return Flux.defer(() -> Flux.fromIterable(this.members.services()));
	}

}
