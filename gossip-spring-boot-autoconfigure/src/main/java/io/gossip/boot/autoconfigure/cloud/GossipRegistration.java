package io.gossip.boot.autoconfigure.cloud;

import java.net.URI;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.gossip.ClusterPhase;
import io.gossip.GossipCluster;
import io.gossip.GossipConfig;
import io.gossip.boot.autoconfigure.context.ServiceMetadata;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.core.env.Environment;

/**
 * This node as an instance of its service. Before the node runs it tells what is known by
 * then: the service from the settings, the port from the web server.
 */
public class GossipRegistration implements Registration {

	private static final String LOCALHOST = "localhost";

	private final GossipCluster cluster;

	private final GossipConfig config;

	private final Environment environment;

	/**
	 * A registration.
	 * @param cluster the node
	 * @param config its settings
	 * @param environment where the web server's port is, once it listens
	 */
	public GossipRegistration(GossipCluster cluster, GossipConfig config, Environment environment) {
		this.cluster = cluster;
		this.config = config;
		this.environment = environment;
	}

	@Override
	public String getInstanceId() {
		if (isStarted()) {
			return this.cluster.localMember().name();
		}
		String name = this.config.node().name();
		return (name != null) ? name : getServiceId();
	}

	@Override
	public String getServiceId() {
		return getMetadata().getOrDefault(ServiceMetadata.SERVICE, "application");
	}

	@Override
	public String getHost() {
		String given = getMetadata().get(ServiceMetadata.HTTP_HOST);
		if (given != null) {
			return given;
		}
		return (isStarted()) ? ServiceMembers.host(this.cluster.localMember()) : LOCALHOST;
	}

	@Override
	public int getPort() {
		String text = getMetadata().get(ServiceMetadata.HTTP_PORT);
		return (text != null) ? Integer.parseInt(text)
				: this.environment.getProperty("local.server.port", Integer.class, 0);
	}

	@Override
	public boolean isSecure() {
		return Boolean.parseBoolean(getMetadata().get(ServiceMetadata.SECURE));
	}

	@Override
	public URI getUri() {
		return ServiceInstance.createUri(this);
	}

	@Override
	public Map<String, String> getMetadata() {
		SortedMap<String, String> metadata = (isStarted()) ? this.cluster.localMember().metadata()
				: this.config.node().metadata();
		return new TreeMap<>((Map<String, String>) metadata);
	}

	private boolean isStarted() {
		return this.cluster.status().phase() != ClusterPhase.STOPPED;
	}

}
