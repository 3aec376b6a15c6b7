package io.gossip.boot.autoconfigure.web;

import io.gossip.GossipCluster;
import io.gossip.boot.autoconfigure.GossipAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Publishes the port of the embedded web server to the other members. */
@AutoConfiguration(after = GossipAutoConfiguration.class)
@ConditionalOnClass({ GossipCluster.class, WebServerInitializedEvent.class })
@ConditionalOnSingleCandidate(GossipCluster.class)
public final class GossipWebServerAutoConfiguration {

	GossipWebServerAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "gossipWebServerMetadataContributor")
	WebServerMetadataContributor gossipWebServerMetadataContributor(Environment environment,
			ObjectProvider<GossipCluster> cluster) {
		return new WebServerMetadataContributor(environment, cluster);
	}

}
