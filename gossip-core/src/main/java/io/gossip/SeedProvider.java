package io.gossip;

import java.util.List;

/**
 * A source of addresses to join through. It is asked off the event loop, again at every
 * attempt, and may block.
 */
@FunctionalInterface
public interface SeedProvider {

	/**
	 * The seeds as they are known now.
	 * @return {@code host:port}, {@code host} (the default port is meant) or
	 * {@code [ipv6]:port}; an empty list where none is known
	 */
	List<String> seeds();

}
