package io.gossip.boot.autoconfigure.test;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Puts the settings of an isolated node above those of the application (its configuration
 * files, the system's environment and properties) and below those of the test (inlined,
 * from files, dynamic, arguments).
 */
final class GossipIsolationContextCustomizer implements ContextCustomizer {

	private static final String ISOLATED_PROPERTY = "gossip.test.isolated";

	/** The name by which the auto-configuration knows that a test is isolated. */
	private static final String SOURCE_NAME = "gossipTestIsolation";

	private static final Map<String, Object> ISOLATION = Map.of("gossip.transport.port", "0",
			"gossip.transport.bind-address", "127.0.0.1", "gossip.seeds", "", "gossip.seeds-file", "",
			"gossip.node.state-directory", "");

	@Override
	public void customizeContext(ConfigurableApplicationContext context,
			MergedContextConfiguration mergedContextConfiguration) {
		ConfigurableEnvironment environment = context.getEnvironment();
		if (!environment.getProperty(ISOLATED_PROPERTY, Boolean.class, true)) {
			return;
		}
		MutablePropertySources sources = environment.getPropertySources();
		MapPropertySource isolation = new MapPropertySource(SOURCE_NAME, ISOLATION);
		if (sources.contains(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
			// everything that the test framework adds stands before the system properties
			sources.addBefore(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, isolation);
		}
		else {
			sources.addLast(isolation);
		}
	}

	// equal customizers let the framework share one context among test classes
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof GossipIsolationContextCustomizer;
	}

	@Override
	public int hashCode() {
		return GossipIsolationContextCustomizer.class.hashCode();
	}

}
