package io.gossip.simulator;

import java.util.Arrays;

/**
 * Which link joins two nodes: one profile for each pair of zones, and a sparse table of
 * exceptions. Never a link for each pair of nodes.
 */
final class Links {

	/** Stands for every node in an exception. */
	static final int ANY = -1;

	private final int zones;

	private final Link[] byZonePair;

	private long[] exceptionKeys = new long[0];

	private Link[] exceptions = new Link[0];

	Links(int zones, LinkProfile within, LinkProfile between) {
		this.zones = zones;
		this.byZonePair = new Link[zones * zones];
		Link near = new Link(within);
		Link far = new Link(between);
		for (int from = 0; from < zones; from++) {
			for (int to = 0; to < zones; to++) {
				this.byZonePair[from * zones + to] = (from == to) ? near : far;
			}
		}
	}

	/** Changes the link from one zone to another, in this direction only. */
	void zonePair(int from, int to, LinkProfile profile) {
		this.byZonePair[from * this.zones + to] = new Link(profile);
	}

	LinkProfile zonePair(int from, int to) {
		return this.byZonePair[from * this.zones + to].profile();
	}

	/**
	 * Makes an exception for what goes from one node to another, {@link #ANY} for all.
	 */
	void exception(int from, int to, LinkProfile profile) {
		long key = key(from, to);
		int position = Arrays.binarySearch(this.exceptionKeys, key);
		if (position < 0) {
			position = -position - 1;
			int size = this.exceptionKeys.length;
			this.exceptionKeys = Arrays.copyOf(this.exceptionKeys, size + 1);
			this.exceptions = Arrays.copyOf(this.exceptions, size + 1);
			System.arraycopy(this.exceptionKeys, position, this.exceptionKeys, position + 1, size - position);
			System.arraycopy(this.exceptions, position, this.exceptions, position + 1, size - position);
			this.exceptionKeys[position] = key;
		}
		this.exceptions[position] = new Link(profile);
	}

	/** Forgets all exceptions. */
	void clearExceptions() {
		this.exceptionKeys = new long[0];
		this.exceptions = new Link[0];
	}

	/**
	 * The link, the most special one: of this pair, of the sender, of the receiver, of
	 * the zones.
	 */
	Link between(SimulatedNode from, SimulatedNode to) {
		if (this.exceptionKeys.length > 0) {
			int position = find(from.index(), to.index());
			if (position >= 0) {
				return this.exceptions[position];
			}
		}
		return this.byZonePair[from.zoneIndex() * this.zones + to.zoneIndex()];
	}

	private int find(int from, int to) {
		int position = Arrays.binarySearch(this.exceptionKeys, key(from, to));
		if (position < 0) {
			position = Arrays.binarySearch(this.exceptionKeys, key(from, ANY));
		}
		return (position >= 0) ? position : Arrays.binarySearch(this.exceptionKeys, key(ANY, to));
	}

	private static long key(int from, int to) {
		return ((long) (from + 1) << 32) | (to + 1);
	}

}
