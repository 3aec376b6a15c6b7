package io.gossip.protocol.membership;

import io.gossip.protocol.wire.WireLimits;

/**
 * The versions that only this node may raise: its incarnation and its content version.
 */
public final class LocalIncarnation {

	/** The incarnation of a node that has never refuted. */
	public static final int FIRST = 1;

	private int incarnation = FIRST;

	private int contentVersion = 1;

	/** The incarnation, 1 or more. */
	public int incarnation() {
		return this.incarnation;
	}

	/** The version of address, zone and metadata, 1 or more. */
	public int contentVersion() {
		return this.contentVersion;
	}

	/**
	 * Raises the incarnation above a claim.
	 * @param claimed the incarnation that somebody claims
	 */
	public void raiseAbove(int claimed) {
		this.incarnation = above(this.incarnation, claimed);
	}

	/**
	 * Raises the content version above a claim.
	 * @param claimed the content version that somebody claims
	 */
	public void raiseContentAbove(int claimed) {
		this.contentVersion = above(this.contentVersion, claimed);
	}

	/** Raises the content version by one: address, zone or metadata changed. */
	public void contentChanged() {
		raiseContentAbove(this.contentVersion);
	}

	private static int above(int own, int claimed) {
		if (claimed < own) {
			return own;
		}
		if (claimed >= WireLimits.VERSION_MAX + 1023) {
			throw new IllegalStateException("version " + claimed + " leaves no room to answer it");
		}
		return claimed + 1;
	}

}
