package io.gossip.protocol.engine;

/** The things that an engine does by time. Equal deadlines fire in this order. */
enum EngineTimer {

	/** A suspicion or a tombstone runs out. */
	MEMBERS,

	/** The ping of a probe has taken too long, or a probe ends. */
	PROBE_ROUNDS,

	/** The next member is to be probed. */
	PROBE_TICK,

	/** An asker is to be told that its target has not answered. */
	RELAYS,

	/** The rival that may have this node's identity has not answered. */
	RIVAL,

	/** The departure is to be told again, or is over. */
	LEAVE,

	/** The seeds are to be asked again. */
	JOIN,

	/** Fresh news goes out. */
	EAGER,

	/** News goes out to random members. */
	GOSSIP,

	/** The next frame of a snapshot goes out. */
	SNAPSHOT,

	/** The table is compared with that of a random member. */
	SYNC,

	/** A zone that was cut off is given up, or taken back. */
	ZONES,

	/** A dead member or a seed is tried. */
	HEAL

}
