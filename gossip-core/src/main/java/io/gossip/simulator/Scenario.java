package io.gossip.simulator;

/** A story to try in a world, and what is measured by it. */
interface Scenario {

	/** The name on the command line. */
	String name();

	/** What happens, in a few words. */
	String summary();

	/** The loss that is typical of it, where none is asked for. */
	default double loss() {
		return 0;
	}

	/** Plays it. */
	void play(ScenarioRun run);

	/**
	 * Whether the nodes begin as a cluster at rest, unless the command says otherwise.
	 */
	default boolean startsWarm() {
		return true;
	}

}
