package io.gossip.protocol.engine;

import io.gossip.GossipConfig;

/** The times that a suspicion may take in a cluster of a size. */
final class SuspicionTimes {

	private final GossipConfig config;

	SuspicionTimes(GossipConfig config) {
		this.config = config;
	}

	/**
	 * How many confirmations to expect: never more than there are others to give them.
	 */
	int confirmations(int members) {
		return Math.max(Math.min(this.config.failureDetection().suspicionConfirmations(), members - 3), 0);
	}

	/**
	 * The time with all confirmations: a pause that is tolerated must be over, and the
	 * refutation must have been heard.
	 */
	long minNanos(int members) {
		return this.config.failureDetection().toleratedPause().toNanos() + spreadNanos(members);
	}

	/** The time without any confirmation. */
	long maxNanos(int members) {
		return minNanos(members) * this.config.failureDetection().suspicionFactorMax();
	}

	/** How long witnesses have to answer before a member is declared dead. */
	long witnessNanos() {
		return this.config.failureDetection().probeTimeout().toNanos() / 2;
	}

	/**
	 * How long news takes to everybody: it is flooded at once, and a quarter of a gossip
	 * interval for each doubling of the cluster is several times what that takes.
	 */
	long spreadNanos(int members) {
		int rounds = 32 - Integer.numberOfLeadingZeros(members);
		return this.config.dissemination().gossipInterval().toNanos() * rounds / 4;
	}

}
