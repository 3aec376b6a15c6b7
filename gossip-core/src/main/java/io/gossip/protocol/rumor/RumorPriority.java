package io.gossip.protocol.rumor;

/**
 * What a rumor goes before. While there is more than fits the packets, each priority goes
 * first in as many packets out of {@link #TURNS} as its share says; with room for all the
 * order is that of the constants.
 */
public enum RumorPriority {

	/** What a node says of its own state, and departures. */
	URGENT(4),

	/** Deaths, suspicions and refutations of others. */
	STATE(2),

	/** Metadata, and members that have come in. */
	CONTENT(2);

	/** How many packets make a round. */
	static final int TURNS = 8;

	private final int turns;

	RumorPriority(int turns) {
		this.turns = turns;
	}

	/** In how many packets of a round it goes first. */
	int turns() {
		return this.turns;
	}

}
