package io.gossip.simulator;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** A story to try in a world, and what is measured by it. */
interface Scenario {

	/** The name on the command line. */
	String name();

	/** What happens, in a few words. */
	String summary();

	/** Plays it. */
	void play(ScenarioRun run);

	/** How many nodes it is tried with, where no number is asked for. */
	default int nodes() {
		return 100;
	}

	/** Over how many zones they are spread, where no number is asked for. */
	default int zones() {
		return 1;
	}

	/** How long it lasts, where nothing else is asked for. */
	default Duration duration() {
		return Duration.ofMinutes(2);
	}

	/** The loss that is typical of it, where none is asked for. */
	default double loss() {
		return 0;
	}

	/** Which members it blocks, where nothing else is asked for; null if it does not. */
	default @Nullable Blocks blocks() {
		return null;
	}

	/**
	 * Whether the nodes begin as a cluster at rest, unless the command says otherwise.
	 */
	default boolean startsWarm() {
		return true;
	}

}
