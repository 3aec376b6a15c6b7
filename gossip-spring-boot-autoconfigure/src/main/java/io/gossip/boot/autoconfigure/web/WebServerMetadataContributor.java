package io.gossip.boot.autoconfigure.web;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gossip.ClusterPhase;
import io.gossip.GossipCluster;
import io.gossip.boot.autoconfigure.context.MemberMetadataContributor;
import io.gossip.boot.autoconfigure.context.ServiceMetadata;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Publishes the port that the main web server really listens on, under the key
 * {@code http.port}, and whether it speaks TLS, under {@code http.secure}. The web server
 * starts before the node does, so the first message of the node has both. The server of
 * the management port is not meant.
 */
final class WebServerMetadataContributor
		implements MemberMetadataContributor, ApplicationListener<WebServerInitializedEvent>, DisposableBean {

	private static final String MANAGEMENT = "management";

	private static final List<String> SSL_PROPERTIES = List.of("server.ssl.bundle", "server.ssl.key-store",
			"server.ssl.certificate");

	private static final int UNKNOWN = -1;

	private final Environment environment;

	private final ObjectProvider<GossipCluster> cluster;

	private volatile int port = UNKNOWN;

	WebServerMetadataContributor(Environment environment, ObjectProvider<GossipCluster> cluster) {
		this.environment = environment;
		this.cluster = cluster;
	}

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		if (!WebServerApplicationContext.hasServerNamespace(event.getApplicationContext(), MANAGEMENT)) {
			String before = Integer.toString(this.port);
			this.port = event.getWebServer().getPort();
			this.cluster.ifUnique((running) -> publish(running, before));
		}
	}

	/**
	 * A server in a child context starts when the node is up already, and stops before
	 * it.
	 */
	private void publish(GossipCluster running, String before) {
		ClusterPhase phase = running.status().phase();
		if (phase == ClusterPhase.JOINING || phase == ClusterPhase.JOINED) {
			Map<String, String> metadata = new TreeMap<>((Map<String, String>) running.metadata());
			metadata.remove(ServiceMetadata.HTTP_PORT, before);
			contribute(metadata);
			if (!metadata.equals(running.metadata())) {
				running.updateMetadata(metadata);
			}
		}
	}

	@Override
	public void destroy() {
		String before = Integer.toString(this.port);
		this.port = UNKNOWN;
		this.cluster.ifUnique((running) -> publish(running, before));
	}

	@Override
	public void contribute(Map<String, String> metadata) {
		// a mock or stopped server reports -1; a key that the user has set is theirs
		if (this.port > 0) {
			metadata.putIfAbsent(ServiceMetadata.HTTP_PORT, Integer.toString(this.port));
			if (isSecure()) {
				metadata.putIfAbsent(ServiceMetadata.SECURE, "true");
			}
		}
	}

	/** By the properties that switch TLS on, as Spring Boot reads them. */
	private boolean isSecure() {
		return this.environment.getProperty("server.ssl.enabled", Boolean.class, true)
				&& SSL_PROPERTIES.stream().anyMatch(this.environment::containsProperty);
	}

}
