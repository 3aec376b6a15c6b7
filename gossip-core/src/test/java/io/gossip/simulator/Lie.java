package io.gossip.simulator;

/** What a hostile member says; all of it is in valid packets. */
enum Lie {

	/** A datagram full of records of members that do not exist. */
	FAKE_MEMBERS,

	/** Everybody is suspected, by whomever. */
	ACCUSATIONS,

	/** Everybody has refused somebody a stream. */
	REFUSALS,

	/** Others are dead. */
	DEATHS,

	/** Others are dead, as a comparison says it. */
	HEARSAY_OF_DEATH,

	/** Others have left. */
	DEPARTURES,

	/** All zones are cut off. */
	ZONE_CUTS,

	/** The receiver's own record, of a later incarnation and a later content. */
	FUTURE,

	/** The records of others with a later content and another address. */
	FORGED_CONTENT,

	/** Hashes and listings that match nothing. */
	COMPARISONS,

	/** A snapshot that nobody has asked for and that does not end. */
	SNAPSHOTS,

	/** Joins, each of somebody else. */
	JOINS,

	/** Broadcasts of others and of its own. */
	BROADCASTS,

	/** Others are about to pause. */
	PAUSES,

	/** What is held of the receiver, which nobody holds of it. */
	CORRECTIONS,

	/** Nobody has been heard for long, or just now. */
	WITNESSES,

	/** Questions for records, and for helping with probes. */
	QUESTIONS

}
