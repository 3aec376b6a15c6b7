package io.gossip.boot.autoconfigure.web;

import java.util.Map;

import io.gossip.boot.autoconfigure.context.MemberMetadataContributor;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Publishes the port that the main web server really listens on, under the key
 * {@code http.port}. The web server starts before the node does, so the first message of
 * the node has it. The server of the management port is not meant.
 */
final class WebServerMetadataContributor
		implements MemberMetadataContributor, ApplicationListener<WebServerInitializedEvent> {

	static final String PORT_KEY = "http.port";

	private static final String MANAGEMENT = "management";

	private static final int UNKNOWN = -1;

	private volatile int port = UNKNOWN;

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
			metadata.putIfAbsent(PORT_KEY, Integer.toString(this.port));
		}
	}

}
