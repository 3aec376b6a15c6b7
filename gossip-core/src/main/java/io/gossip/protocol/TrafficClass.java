package io.gossip.protocol;

/** The purpose of a packet, by which traffic is budgeted and counted. */
public enum TrafficClass {

	/** Failure detection: never starved. */
	PROBE,

	/** News. */
	RUMOR,

	/** Joins and repair: the first to wait. */
	BULK

}
