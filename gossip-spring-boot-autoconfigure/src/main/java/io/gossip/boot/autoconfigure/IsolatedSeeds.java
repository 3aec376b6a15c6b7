package io.gossip.boot.autoconfigure;

import io.gossip.SeedProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.env.Environment;

/**
 * The seeds of a node in an isolated test: those that the test sets. Beans of the
 * application lead to the members of a real cluster, which a test must neither disturb
 * nor tell of an address on its loopback interface.
 */
final class IsolatedSeeds {

	/** Set to false by the isolation of tests; absent in an application. */
	static final String SEED_BEANS_PROPERTY = "gossip.test.seed-beans";

	private static final Logger LOGGER = LoggerFactory.getLogger(IsolatedSeeds.class);

	private IsolatedSeeds() {
	}

	static SeedProvider of(SeedProvider seeds, GossipProperties properties, Environment environment) {
		if (environment.getProperty(SEED_BEANS_PROPERTY, Boolean.class, true)) {
			return seeds;
		}
		LOGGER.debug("The node of this test is isolated and has the seeds that the test sets, no others; "
				+ "set {} to true to ask the beans of the application for theirs", SEED_BEANS_PROPERTY);
		return new PropertiesGossipConnectionDetails(properties)::getSeeds;
	}

}
