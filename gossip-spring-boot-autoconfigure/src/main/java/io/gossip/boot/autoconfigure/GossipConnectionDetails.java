package io.gossip.boot.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where a cluster can be joined. A bean of this type replaces the {@code gossip.seeds}
 * property.
 */
@FunctionalInterface
public interface GossipConnectionDetails extends ConnectionDetails {

	/**
	 * The seeds as they are known now; asked again at every attempt to join, off the
	 * event loop.
	 * @return {@code host:port}, {@code host} or {@code [ipv6]:port}; empty to be alone
	 */
	List<String> getSeeds();

}
