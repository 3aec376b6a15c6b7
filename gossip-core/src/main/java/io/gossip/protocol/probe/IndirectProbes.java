package io.gossip.protocol.probe;

import io.gossip.Address;
import io.gossip.protocol.DeadlineHeap;
import org.jspecify.annotations.Nullable;

/**
 * The errands that this node runs as a helper: it pings a member for somebody else, and
 * tells that it has had no answer while the asker still listens. Bounded; an errand that
 * finds no room is refused at once.
 */
public final class IndirectProbes {

	/** What {@link #begin} gives when there is no room. */
	public static final int NO_ERRAND = -1;

	/**
	 * The part of the asker's budget after which the helper says that it has no answer.
	 */
	private static final double NACK_SHARE = 0.6;

	private final long[] requesters;

	private final @Nullable Address[] requesterAddresses;

	private final int[] requesterSequences;

	private final int[] sequences;

	private final long[] targets;

	private final boolean[] nacked;

	private final long[] endNanos;

	private final DeadlineHeap deadlines;

	/**
	 * No errands.
	 * @param capacity how many may run
	 */
	public IndirectProbes(int capacity) {
		this.requesters = new long[capacity];
		this.requesterAddresses = new Address[capacity];
		this.requesterSequences = new int[capacity];
		this.sequences = new int[capacity];
		this.targets = new long[capacity];
		this.nacked = new boolean[capacity];
		this.endNanos = new long[capacity];
		this.deadlines = new DeadlineHeap(capacity);
	}

	/**
	 * Begins an errand.
	 * @param requester who asks
	 * @param address where the answer goes: where the request came from
	 * @param requesterSequence the sequence of the request
	 * @param sequence the sequence of our ping
	 * @param target whom we ping
	 * @param budgetNanos how long after this a word that there is no answer is in time
	 * @param errandNanosMin how long to wait for an answer at least, as one that is late
	 * may still be of use
	 * @return the errand, {@link #NO_ERRAND} if there is no room
	 */
	public int begin(long nowNanos, long requester, Address address, int requesterSequence, int sequence, long target,
			long budgetNanos, long errandNanosMin) {
		for (int errand = 0; errand < this.requesters.length; errand++) {
			if (this.requesters[errand] == 0) {
				this.requesters[errand] = requester;
				this.requesterAddresses[errand] = address;
				this.requesterSequences[errand] = requesterSequence;
				this.sequences[errand] = sequence;
				this.targets[errand] = target;
				this.nacked[errand] = false;
				this.endNanos[errand] = nowNanos + Math.max(budgetNanos, errandNanosMin);
				this.deadlines.set(errand, nowNanos + (long) (budgetNanos * NACK_SHARE));
				return errand;
			}
		}
		return NO_ERRAND;
	}

	/** The errand that an answer belongs to, {@link #NO_ERRAND} if there is none. */
	public int find(int sequence, long target) {
		if (this.deadlines.isEmpty()) {
			return NO_ERRAND;
		}
		for (int errand = 0; errand < this.requesters.length; errand++) {
			if (this.requesters[errand] != 0 && this.sequences[errand] == sequence && this.targets[errand] == target) {
				return errand;
			}
		}
		return NO_ERRAND;
	}

	/** Ends an errand. */
	public void end(int errand) {
		this.requesters[errand] = 0;
		this.requesterAddresses[errand] = null;
		this.deadlines.cancel(errand);
	}

	/**
	 * The errand whose asker must be told now that there is no answer yet; those whose
	 * time is up are ended on the way.
	 * @return the errand, {@link #NO_ERRAND} if none is due
	 */
	public int takeDueNack(long nowNanos) {
		while (!this.deadlines.isEmpty() && this.deadlines.firstDeadline() - nowNanos <= 0) {
			int errand = this.deadlines.firstKey();
			if (this.nacked[errand]) {
				end(errand);
				continue;
			}
			this.nacked[errand] = true;
			this.deadlines.set(errand, this.endNanos[errand]);
			return errand;
		}
		return NO_ERRAND;
	}

	/** Whether no errand runs. */
	public boolean isEmpty() {
		return this.deadlines.isEmpty();
	}

	/** When {@link #takeDueNack} is to be called next; only if an errand runs. */
	public long nextDeadline() {
		return this.deadlines.firstDeadline();
	}

	/** Who asked. */
	public long requester(int errand) {
		return this.requesters[errand];
	}

	/** Where the answer goes. */
	public Address requesterAddress(int errand) {
		Address address = this.requesterAddresses[errand];
		if (address == null) {
			throw new IllegalStateException("errand " + errand + " has ended");
		}
		return address;
	}

	/** The sequence of the request. */
	public int requesterSequence(int errand) {
		return this.requesterSequences[errand];
	}

	/** Whom we ping. */
	public long target(int errand) {
		return this.targets[errand];
	}

}
