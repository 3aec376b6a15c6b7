package io.gossip.simulator;

import org.jspecify.annotations.Nullable;

/** A rule that must hold when a world has come to rest. */
@FunctionalInterface
public interface Validation {

	/**
	 * Checks the world.
	 * @param simulation the world
	 * @return what is wrong, null if nothing is
	 */
	@Nullable String check(Simulation simulation);

}
