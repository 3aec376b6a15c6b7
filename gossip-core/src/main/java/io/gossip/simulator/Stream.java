package io.gossip.simulator;

import java.util.ArrayDeque;

import io.gossip.Address;

/**
 * A connection between two processes: reliable and ordered, until one of them is gone.
 * Direction 0 is from the one who opened it.
 */
final class Stream {

	static final int FROM_CLIENT = 0;

	static final int FROM_SERVER = 1;

	enum Phase {

		CONNECTING, OPEN, CLOSED

	}

	final int id;

	final SimulatedNode client;

	final int clientEpoch;

	final int serverHost;

	/** The address that the server sees, with a port of its own. */
	final Address ephemeral;

	final long startedNanos;

	/** Frames that wait for the connection. */
	final ArrayDeque<Integer> waiting = new ArrayDeque<>(2);

	Phase phase = Phase.CONNECTING;

	int serverEpoch;

	long usedNanos;

	/** Whether the last frame was from the server: what was asked has been answered. */
	boolean answered;

	/** How many events in the heap know this stream. */
	int eventsPending;

	private final long[] sendFreeNanos = new long[2];

	private final long[] arrivedNanos = new long[2];

	private final long[] stalledNanos = new long[2];

	Stream(int id, SimulatedNode client, int serverHost, Address ephemeral, long nowNanos) {
		this.id = id;
		this.client = client;
		this.clientEpoch = client.epoch();
		this.serverHost = serverHost;
		this.ephemeral = ephemeral;
		this.startedNanos = nowNanos;
		this.usedNanos = nowNanos;
	}

	/** When the last byte of a frame leaves: one after the other. */
	long departure(int direction, long nowNanos, long transmissionNanos) {
		long departs = Math.max(nowNanos, this.sendFreeNanos[direction]) + transmissionNanos;
		this.sendFreeNanos[direction] = departs;
		return departs;
	}

	/** When a frame arrives: not before the one ahead of it. */
	long arrival(int direction, long earliestNanos) {
		long arrives = Math.max(earliestNanos, this.arrivedNanos[direction]);
		this.arrivedNanos[direction] = arrives;
		return arrives;
	}

	/** Until when a direction is held up by a frame that is sent again. */
	long stalledNanos(int direction) {
		return this.stalledNanos[direction];
	}

	void stall(int direction, long untilNanos) {
		this.stalledNanos[direction] = untilNanos;
		this.arrivedNanos[direction] = Math.max(this.arrivedNanos[direction], untilNanos);
	}

}
