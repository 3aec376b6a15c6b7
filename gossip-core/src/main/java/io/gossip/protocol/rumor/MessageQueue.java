package io.gossip.protocol.rumor;

import java.util.Arrays;

/**
 * The broadcast messages that wait to be passed on: least sent first, then oldest first.
 * A message is dropped when it has been sent often enough or has grown too old. No origin
 * may hold more than a quarter of the places, so that a flooder only delays itself.
 */
public final class MessageQueue {

	/** After so many messages in a row that do not fit, the packet counts as full. */
	private static final int MISFITS_MAX = 4;

	private final int capacity;

	private final int perOriginMax;

	private final int sendsMax;

	/** In the order of their arrival. */
	private Entry[] entries = new Entry[0];

	private int size;

	private int freshLeft;

	/**
	 * An empty queue.
	 * @param capacity how many messages may wait
	 * @param sendsMax how often a message may be sent; where it is 0, none is kept
	 */
	public MessageQueue(int capacity, int sendsMax) {
		this.capacity = capacity;
		this.perOriginMax = Math.max(1, capacity / 4);
		this.sendsMax = sendsMax;
	}

	/**
	 * Adds a message, which must not be there. Where there is no room, it takes the place
	 * of the one that was sent most.
	 * @param origin the member that sent it first
	 * @param instance the start of that member
	 * @param sequence its number within that start
	 * @param bornNanos when it was sent first
	 * @param body topic and payload, kept
	 * @return whether there was room; if not, the message is not passed on
	 */
	public boolean offer(long origin, int instance, int sequence, long bornNanos, byte[] body) {
		int ofOrigin = 0;
		int mostSent = -1;
		for (int i = 0; i < this.size; i++) {
			Entry entry = this.entries[i];
			ofOrigin += (entry.origin == origin) ? 1 : 0;
			if (entry.sends > 0 && (mostSent < 0 || entry.sends > this.entries[mostSent].sends)) {
				mostSent = i;
			}
		}
		if (ofOrigin >= this.perOriginMax || this.sendsMax == 0) {
			return false;
		}
		if (this.size == this.capacity) {
			if (mostSent < 0) {
				return false;
			}
			remove(mostSent);
		}
		if (this.size == this.entries.length) {
			this.entries = Arrays.copyOf(this.entries, Math.min(this.capacity, Math.max(8, this.size * 2)));
		}
		this.entries[this.size++] = new Entry(origin, instance, sequence, bornNanos, body);
		this.freshLeft++;
		return true;
	}

	/**
	 * Offers messages to a packet until it is full; those that were written count as
	 * sent.
	 * @param sink the packet
	 * @param sendsLimit how often a message is sent at most, in a cluster of this size
	 * @return how many were written
	 */
	public int drainTo(MessageSink sink, int sendsLimit) {
		return drain(sink, this.sendsMax, 1, sendsLimit);
	}

	/**
	 * Offers the messages that nobody was told yet to a packet until it is full.
	 * @param sink the packet
	 * @param receivers how many members the packet goes to
	 * @param sendsLimit how often a message is sent at most, in a cluster of this size
	 * @return how many were written
	 */
	public int drainFreshTo(MessageSink sink, int receivers, int sendsLimit) {
		return drain(sink, 0, receivers, sendsLimit);
	}

	private int drain(MessageSink sink, int sendsUpTo, int times, int sendsLimit) {
		int count = 0;
		int misfits = 0;
		for (int sends = 0; sends <= sendsUpTo && misfits < MISFITS_MAX; sends++) {
			for (int i = 0; i < this.size && misfits < MISFITS_MAX; i++) {
				Entry entry = this.entries[i];
				if (entry.sends != sends || entry.picked) {
					continue;
				}
				RumorSink.Verdict verdict = sink.accept(entry.origin, entry.instance, entry.sequence, entry.bornNanos,
						entry.body);
				if (verdict == RumorSink.Verdict.WRITTEN) {
					entry.picked = true;
					count++;
				}
				else if (verdict == RumorSink.Verdict.FULL) {
					misfits++;
				}
			}
		}
		if (count > 0) {
			markSent(times, Math.min(sendsLimit, this.sendsMax));
		}
		return count;
	}

	private void markSent(int times, int limit) {
		int kept = 0;
		for (int i = 0; i < this.size; i++) {
			Entry entry = this.entries[i];
			if (entry.picked) {
				this.freshLeft -= (entry.sends == 0) ? 1 : 0;
				entry.picked = false;
				entry.sends += times;
			}
			if (entry.sends < limit) {
				this.entries[kept++] = entry;
			}
		}
		truncate(kept);
	}

	/**
	 * Drops what was sent first before a time.
	 * @return how many of them this node has passed on to nobody
	 */
	public int expire(long bornBeforeNanos) {
		int kept = 0;
		int unsent = 0;
		for (int i = 0; i < this.size; i++) {
			Entry entry = this.entries[i];
			if (entry.bornNanos - bornBeforeNanos < 0) {
				unsent += (entry.sends == 0) ? 1 : 0;
			}
			else {
				this.entries[kept++] = entry;
			}
		}
		this.freshLeft -= unsent;
		truncate(kept);
		return unsent;
	}

	/** Drops everything. */
	public void clear() {
		truncate(0);
		this.freshLeft = 0;
	}

	private void remove(int index) {
		this.freshLeft -= (this.entries[index].sends == 0) ? 1 : 0;
		System.arraycopy(this.entries, index + 1, this.entries, index, this.size - index - 1);
		truncate(this.size - 1);
	}

	private void truncate(int kept) {
		Arrays.fill(this.entries, kept, this.size, null);
		this.size = kept;
	}

	/** How many messages wait. */
	public int size() {
		return this.size;
	}

	/** How many messages wait that nobody was told yet. */
	public int fresh() {
		return this.freshLeft;
	}

	/** A message that waits. */
	private static final class Entry {

		private final long origin;

		private final int instance;

		private final int sequence;

		private final long bornNanos;

		private final byte[] body;

		private int sends;

		private boolean picked;

		Entry(long origin, int instance, int sequence, long bornNanos, byte[] body) {
			this.origin = origin;
			this.instance = instance;
			this.sequence = sequence;
			this.bornNanos = bornNanos;
			this.body = body;
		}

	}

}
