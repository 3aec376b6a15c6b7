package io.gossip.boot.autoconfigure;

import java.util.List;

import io.gossip.SeedProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * The seeds of a node in an isolated test: those that the test sets. Beans of the
 * application lead to the members of a real cluster, which a test must neither disturb
 * nor tell of an address on its loopback interface.
 */
final class IsolatedSeeds {

	static final String SEED_BEANS_PROPERTY = "gossip.test.seed-beans";

	/** The property source of a test that is isolated; an application has none. */
	private static final String ISOLATION_SOURCE = "gossipTestIsolation";

	private static final Logger LOGGER = LoggerFactory.getLogger(IsolatedSeeds.class);

	private IsolatedSeeds() {
	}

	/** The seeds that a node is given, of a bean or not. */
	static SeedProvider of(SeedProvider seeds, GossipProperties properties, Environment environment) {
		boolean isOfProperties = seeds instanceof OfDetails details
				&& details.connectionDetails() instanceof PropertiesGossipConnectionDetails;
		if (isOfProperties || !isIsolated(environment)
				|| environment.getProperty(SEED_BEANS_PROPERTY, Boolean.class, false)) {
			return seeds;
		}
		LOGGER.info("The node of this isolated test has no seeds of SeedProvider and GossipConnectionDetails"
				+ " beans, only those that the test sets; {}=true lets it have them", SEED_BEANS_PROPERTY);
		return new PropertiesGossipConnectionDetails(properties)::getSeeds;
	}

	private static boolean isIsolated(Environment environment) {
		return environment instanceof ConfigurableEnvironment configurable
				&& configurable.getPropertySources().contains(ISOLATION_SOURCE);
	}

	/**
	 * The seeds of connection details.
	 *
	 * @param connectionDetails of properties, or of a bean
	 */
	record OfDetails(GossipConnectionDetails connectionDetails) implements SeedProvider {

		@Override
		public List<String> seeds() {
			return this.connectionDetails.getSeeds();
		}

	}

}
