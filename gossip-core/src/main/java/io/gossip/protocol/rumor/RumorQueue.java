package io.gossip.protocol.rumor;

import java.util.Arrays;

/**
 * The news that waits to be sent. A rumor names a member and what to tell of it; the
 * bytes are made from the table when it is sent, so that nobody spreads what has changed
 * since. The order is that of {@link RumorPriority}, then least sent first, then oldest
 * first. While there is more than fits the packets, the priorities take turns in going
 * first, so that none starves. A rumor is dropped when it has been sent often enough.
 *
 * <p>
 * A member has at most one rumor of its content, and one of its state for each accuser.
 * One that is replaced again and again before it was sent often enough goes behind the
 * others of its priority, and is not pushed at once: who changes all the time only delays
 * itself.
 */
public final class RumorQueue {

	private static final int NONE = -1;

	/** After so many rumors of a priority that do not fit, the packet is full for it. */
	private static final int MISFITS_MAX = 4;

	/**
	 * What a member's rumor may have been sent in vain, because it was replaced, before
	 * it goes behind the others.
	 */
	private static final int SENDS_IN_VAIN_MAX = 12;

	private static final RumorKind[] KINDS = RumorKind.values();

	private static final RumorPriority[] PRIORITIES = RumorPriority.values();

	/** Which priority goes first in a packet, in turn. */
	private static final int[] TURNS = turns();

	private final int capacity;

	private final int sendsMax;

	/**
	 * First and last rumor by (priority, sends); the last list of a priority is of those
	 * that are replaced again and again.
	 */
	private final int[] heads;

	private final int[] tails;

	private int[] slots = new int[8];

	private byte[] kinds = new byte[8];

	private byte[] priorities = new byte[8];

	/** Whether it goes behind the others of its priority. */
	private boolean[] behind = new boolean[8];

	private byte[] sends = new byte[8];

	private long[] accusers = new long[8];

	private long[] bornNanos = new long[8];

	private int[] previous = new int[8];

	private int[] next = new int[8];

	/** The next rumor of the same member, by rumor. */
	private int[] nextOfSlot = new int[8];

	/** The first rumor of a member plus one, by slot. */
	private int[] firstOfSlot = new int[8];

	/** By slot and kind: how many sends were in vain since one was sent often enough. */
	private byte[] inVain = new byte[8 * KINDS.length];

	private int[] picked = new int[8];

	private int free = NONE;

	private int used;

	private int size;

	private int freshLeft;

	private int turn;

	/** Whether the packet under way has had no room for something. */
	private boolean contested;

	/**
	 * An empty queue.
	 * @param capacity how many rumors may wait
	 * @param sendsMax how often a rumor may be sent, 0 to 64; where it is 0, none is kept
	 */
	public RumorQueue(int capacity, int sendsMax) {
		this.capacity = capacity;
		this.sendsMax = sendsMax;
		this.heads = new int[PRIORITIES.length * (sendsMax + 1)];
		this.tails = new int[PRIORITIES.length * (sendsMax + 1)];
		Arrays.fill(this.heads, NONE);
		Arrays.fill(this.tails, NONE);
	}

	/** The most urgent first, and every other as often as its share says. */
	private static int[] turns() {
		int[] turns = new int[RumorPriority.TURNS];
		int turn = 0;
		for (RumorPriority priority : PRIORITIES) {
			for (int i = 0; i < priority.turns(); i++) {
				turns[turn++] = priority.ordinal();
			}
		}
		return turns;
	}

	/**
	 * Adds a rumor; one about the same starts anew. Where there is no room, one takes the
	 * place of that of the least priority, if it is less than its own, that was sent
	 * most.
	 * @param slot the member that it is about
	 * @param kind what it carries
	 * @param accuser who accused the member, zero if nobody
	 * @param priority what it goes before, and behind what
	 * @param born when the news was made
	 * @return whether there was room; if not, a rumor is lost
	 */
	public boolean offer(int slot, RumorKind kind, long accuser, RumorPriority priority, long born) {
		if (this.sendsMax == 0) {
			return true;
		}
		int rumor = find(slot, kind, accuser);
		boolean hasRoom = rumor != NONE || this.size < this.capacity;
		if (rumor == NONE) {
			if (!hasRoom && !dropMostSentBelow(priority)) {
				return false;
			}
			rumor = take();
			this.slots[rumor] = slot;
			this.kinds[rumor] = (byte) kind.ordinal();
			this.accusers[rumor] = accuser;
			chain(rumor);
		}
		else {
			unlink(rumor);
			countInVain(rumor);
		}
		this.behind[rumor] = this.inVain[slot * KINDS.length + kind.ordinal()] > SENDS_IN_VAIN_MAX;
		this.priorities[rumor] = (byte) priority.ordinal();
		this.sends[rumor] = 0;
		this.bornNanos[rumor] = born;
		link(rumor);
		return hasRoom;
	}

	private boolean dropMostSentBelow(RumorPriority priority) {
		int first = (priority.ordinal() + 1) * (this.sendsMax + 1);
		for (int list = this.heads.length - 1; list >= first; list--) {
			if (this.heads[list] != NONE) {
				drop(this.heads[list]);
				return true;
			}
		}
		return false;
	}

	/** Drops what waits to be told of the state of a member. */
	public void retractLiveness(int slot) {
		int rumor = firstOf(slot);
		while (rumor != NONE) {
			int following = this.nextOfSlot[rumor];
			if (this.kinds[rumor] == RumorKind.LIVENESS.ordinal()) {
				countInVain(rumor);
				drop(rumor);
			}
			rumor = following;
		}
	}

	/** Drops all that waits to be told of a member. */
	public void retract(int slot) {
		while (firstOf(slot) != NONE) {
			drop(firstOf(slot));
		}
		if (slot < this.firstOfSlot.length) {
			Arrays.fill(this.inVain, slot * KINDS.length, (slot + 1) * KINDS.length, (byte) 0);
		}
	}

	private void countInVain(int rumor) {
		int cell = this.slots[rumor] * KINDS.length + this.kinds[rumor];
		this.inVain[cell] = (byte) Math.min(this.inVain[cell] + this.sends[rumor], SENDS_IN_VAIN_MAX + 1);
	}

	/**
	 * Offers rumors to a packet until it is full; those that were written count as sent.
	 * @param sink the packet
	 * @param sendsLimit how often a rumor is sent at most, in a cluster of this size
	 * @return how many were written
	 */
	public int drainTo(RumorSink sink, int sendsLimit) {
		int count = pick(sink, this.sendsMax + 1);
		markSent(count, 1, sendsLimit);
		return count;
	}

	/**
	 * Offers the rumors that nobody was told yet to a packet until it is full.
	 * @param sink the packet
	 * @param receivers how many members the packet goes to
	 * @param sendsLimit how often a rumor is sent at most, in a cluster of this size
	 * @return how many were written
	 */
	public int drainFreshTo(RumorSink sink, int receivers, int sendsLimit) {
		int count = pick(sink, 1);
		markSent(count, receivers, sendsLimit);
		return count;
	}

	/** Writes rumors of the first lists of each priority, and remembers which. */
	private int pick(RumorSink sink, int lists) {
		int first = TURNS[this.turn];
		this.contested = false;
		int count = pick(sink, first, lists, 0);
		for (int priority = 0; priority < PRIORITIES.length; priority++) {
			if (priority != first) {
				count = pick(sink, priority, lists, count);
			}
		}
		this.turn = this.contested ? (this.turn + 1) % TURNS.length : this.turn;
		return count;
	}

	private int pick(RumorSink sink, int priority, int lists, int before) {
		int count = before;
		int misfits = 0;
		int start = priority * (this.sendsMax + 1);
		for (int list = start; list < start + lists && misfits < MISFITS_MAX; list++) {
			for (int rumor = this.heads[list]; rumor != NONE && misfits < MISFITS_MAX; rumor = this.next[rumor]) {
				RumorSink.Verdict verdict = sink.accept(this.slots[rumor], KINDS[this.kinds[rumor]],
						this.accusers[rumor], this.bornNanos[rumor]);
				if (verdict == RumorSink.Verdict.WRITTEN) {
					if (count == this.picked.length) {
						this.picked = Arrays.copyOf(this.picked, count * 2);
					}
					this.picked[count++] = rumor;
				}
				else if (verdict == RumorSink.Verdict.FULL) {
					misfits++;
				}
			}
		}
		this.contested |= misfits > 0;
		return count;
	}

	private void markSent(int count, int times, int sendsLimit) {
		int limit = Math.min(sendsLimit, this.sendsMax);
		for (int i = 0; i < count; i++) {
			int rumor = this.picked[i];
			unlink(rumor);
			if (this.sends[rumor] + times >= limit) {
				this.inVain[this.slots[rumor] * KINDS.length + this.kinds[rumor]] = 0;
				unchain(rumor);
				release(rumor);
			}
			else {
				this.sends[rumor] += (byte) times;
				link(rumor);
			}
		}
	}

	/** Drops everything. */
	public void clear() {
		for (int list = 0; list < this.heads.length; list++) {
			while (this.heads[list] != NONE) {
				drop(this.heads[list]);
			}
		}
	}

	/** How many rumors wait. */
	public int size() {
		return this.size;
	}

	/**
	 * When the oldest of the news that is next in turn was made: the first rumor of each
	 * priority and count of sends is looked at, not all that wait.
	 * @param none what to return if nothing waits
	 */
	public long oldestNanos(long none) {
		int oldest = NONE;
		for (int head : this.heads) {
			if (head != NONE && (oldest == NONE || this.bornNanos[head] - this.bornNanos[oldest] < 0)) {
				oldest = head;
			}
		}
		return (oldest != NONE) ? this.bornNanos[oldest] : none;
	}

	/** How many rumors wait that nobody was told yet, and that may be pushed at once. */
	public int fresh() {
		return this.freshLeft;
	}

	private void drop(int rumor) {
		unlink(rumor);
		unchain(rumor);
		release(rumor);
	}

	private int find(int slot, RumorKind kind, long accuser) {
		for (int rumor = firstOf(slot); rumor != NONE; rumor = this.nextOfSlot[rumor]) {
			if (this.kinds[rumor] == kind.ordinal() && (kind == RumorKind.RECORD || this.accusers[rumor] == accuser)) {
				return rumor;
			}
		}
		return NONE;
	}

	private int firstOf(int slot) {
		return (slot < this.firstOfSlot.length) ? this.firstOfSlot[slot] - 1 : NONE;
	}

	private void chain(int rumor) {
		int slot = this.slots[rumor];
		if (slot >= this.firstOfSlot.length) {
			this.firstOfSlot = Arrays.copyOf(this.firstOfSlot, Math.max(slot + 1, this.firstOfSlot.length * 2));
			this.inVain = Arrays.copyOf(this.inVain, this.firstOfSlot.length * KINDS.length);
		}
		this.nextOfSlot[rumor] = this.firstOfSlot[slot] - 1;
		this.firstOfSlot[slot] = rumor + 1;
	}

	private void unchain(int rumor) {
		int slot = this.slots[rumor];
		if (firstOf(slot) == rumor) {
			this.firstOfSlot[slot] = this.nextOfSlot[rumor] + 1;
			return;
		}
		int before = firstOf(slot);
		while (this.nextOfSlot[before] != rumor) {
			before = this.nextOfSlot[before];
		}
		this.nextOfSlot[before] = this.nextOfSlot[rumor];
	}

	private int listOf(int rumor) {
		return this.priorities[rumor] * (this.sendsMax + 1) + (this.behind[rumor] ? this.sendsMax : this.sends[rumor]);
	}

	private boolean isFresh(int rumor) {
		return this.sends[rumor] == 0 && !this.behind[rumor];
	}

	private void link(int rumor) {
		int list = listOf(rumor);
		this.previous[rumor] = this.tails[list];
		this.next[rumor] = NONE;
		if (this.tails[list] == NONE) {
			this.heads[list] = rumor;
		}
		else {
			this.next[this.tails[list]] = rumor;
		}
		this.tails[list] = rumor;
		this.freshLeft += isFresh(rumor) ? 1 : 0;
	}

	private void unlink(int rumor) {
		int list = listOf(rumor);
		int before = this.previous[rumor];
		int after = this.next[rumor];
		if (before == NONE) {
			this.heads[list] = after;
		}
		else {
			this.next[before] = after;
		}
		if (after == NONE) {
			this.tails[list] = before;
		}
		else {
			this.previous[after] = before;
		}
		this.freshLeft -= isFresh(rumor) ? 1 : 0;
	}

	private int take() {
		this.size++;
		if (this.free != NONE) {
			int rumor = this.free;
			this.free = this.next[rumor];
			return rumor;
		}
		if (this.used == this.slots.length) {
			int wanted = this.used * 2;
			this.slots = Arrays.copyOf(this.slots, wanted);
			this.kinds = Arrays.copyOf(this.kinds, wanted);
			this.priorities = Arrays.copyOf(this.priorities, wanted);
			this.behind = Arrays.copyOf(this.behind, wanted);
			this.sends = Arrays.copyOf(this.sends, wanted);
			this.accusers = Arrays.copyOf(this.accusers, wanted);
			this.bornNanos = Arrays.copyOf(this.bornNanos, wanted);
			this.previous = Arrays.copyOf(this.previous, wanted);
			this.next = Arrays.copyOf(this.next, wanted);
			this.nextOfSlot = Arrays.copyOf(this.nextOfSlot, wanted);
		}
		return this.used++;
	}

	private void release(int rumor) {
		this.size--;
		this.next[rumor] = this.free;
		this.free = rumor;
	}

}
