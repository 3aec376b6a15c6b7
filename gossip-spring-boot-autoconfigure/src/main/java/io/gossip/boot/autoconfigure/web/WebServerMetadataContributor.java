package io.gossip.boot.autoconfigure.web;

import java.util.List;
import java.util.Map;

import io.gossip.boot.autoconfigure.context.MemberMetadataContributor;
import io.gossip.boot.autoconfigure.context.ServiceMetadata;

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
		implements MemberMetadataContributor, ApplicationListener<WebServerInitializedEvent> {

	private static final String MANAGEMENT = "management";

	private static final List<String> SSL_PROPERTIES = List.of("server.ssl.bundle", "server.ssl.key-store",
			"server.ssl.certificate");

	private static final int UNKNOWN = -1;

	private final Environment environment;

	private volatile int port = UNKNOWN;

	WebServerMetadataContributor(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		if (!WebServerApplicationContext.hasServerNamespace(event.getApplicationContext(), MANAGEMENT)) {
			this.port = event.getWebServer().getPort();
		}
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
