package io.gossip.boot.autoconfigure;

import java.util.List;

import io.gossip.SeedProvider;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where a cluster can be joined. A bean of this type replaces the {@code gossip.seeds}
 * and {@code gossip.seeds-file} properties, but in an isolated test only where
 * {@code gossip.test.seed-beans} is true.
 */
@FunctionalInterface
public interface GossipConnectionDetails extends ConnectionDetails {

	/**
	 * The seeds as they are known now; asked again at every attempt to join, off the
	 * event loop.
	 * @return seeds as {@link SeedProvider} describes them; empty to be alone
	 */
	List<String> getSeeds();

}
