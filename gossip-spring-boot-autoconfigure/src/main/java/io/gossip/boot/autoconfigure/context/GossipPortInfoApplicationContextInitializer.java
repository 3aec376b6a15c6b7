package io.gossip.boot.autoconfigure.context;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Puts the port of the node into the environment as {@code local.gossip.port}, for tests
 * and for configurations with port 0. Parents of the context see it as well.
 */
public final class GossipPortInfoApplicationContextInitializer
		implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final String PROPERTY_NAME = "local.gossip.port";

	/** The source that Spring Boot keeps the ports of its own servers in. */
	private static final String PROPERTY_SOURCE_NAME = "server.ports";

	@Override
	public void initialize(ConfigurableApplicationContext applicationContext) {
		applicationContext.addApplicationListener(new PortListener(applicationContext));
	}

	private static final class PortListener implements ApplicationListener<GossipStartedEvent> {

		private final ConfigurableApplicationContext context;

		private PortListener(ConfigurableApplicationContext context) {
			this.context = context;
		}

		@Override
		public void onApplicationEvent(GossipStartedEvent event) {
			for (ApplicationContext each = this.context; each != null; each = each.getParent()) {
				if (each.getEnvironment() instanceof ConfigurableEnvironment environment) {
					publish(environment.getPropertySources(), event.getPort());
				}
			}
		}

		private static void publish(MutablePropertySources sources, int port) {
			Map<String, Object> ports = new HashMap<>();
			PropertySource<?> present = sources.get(PROPERTY_SOURCE_NAME);
			if (present != null && present.getSource() instanceof Map<?, ?> others) {
				others.forEach((name, value) -> ports.put(String.valueOf(name), value));
			}
			ports.put(PROPERTY_NAME, port);
			replaceOrAdd(sources, present, new MapPropertySource(PROPERTY_SOURCE_NAME, ports));
		}

		private static void replaceOrAdd(MutablePropertySources sources, @Nullable PropertySource<?> present,
				MapPropertySource source) {
			if (present != null) {
				sources.replace(PROPERTY_SOURCE_NAME, source);
			}
			else {
				sources.addFirst(source);
			}
		}

	}

}
