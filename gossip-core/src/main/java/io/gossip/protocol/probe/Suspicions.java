package io.gossip.protocol.probe;

import java.util.Arrays;

/**
 * The suspicions that run, by slot: when each began, how long it may last, and who has
 * accused independently. Second-hand news does not count: an accuser counts once, however
 * often and through whomever it is heard.
 */
public final class Suspicions {

	private static final int ACCUSERS = 9;

	private final int capacity;

	/** Place in the pool plus one, by slot. */
	private int[] placeOfSlot = new int[1];

	private int[] slots = new int[4];

	private long[] startNanos = new long[4];

	private long[] minNanos = new long[4];

	private long[] maxNanos = new long[4];

	/** From when on a sign of life is news. */
	private long[] evidenceNanos = new long[4];

	private byte[] asks = new byte[4];

	private boolean[] askedEarly = new boolean[4];

	private long[] earlyAskNanos = new long[4];

	private byte[] expected = new byte[4];

	private byte[] accuserCount = new byte[4];

	private long[] accusers = new long[4 * ACCUSERS];

	/** One bit an accuser whom the member's host refused a stream. */
	private short[] refusers = new short[4];

	/** How often it began anew, since somebody has heard of the member. */
	private byte[] rounds = new byte[4];

	private boolean[] hastened = new boolean[4];

	private long[] hastenedNanos = new long[4];

	private int size;

	/**
	 * No suspicions.
	 * @param capacity how many may run
	 */
	public Suspicions(int capacity) {
		this.capacity = capacity;
	}

	/** Whether another suspicion may start. */
	public boolean isFull() {
		return this.size >= this.capacity;
	}

	/** How many suspicions run. */
	public int size() {
		return this.size;
	}

	/**
	 * Starts a suspicion, in place of one that runs.
	 * @param slot the member
	 * @param accuser who accuses it, zero if unknown
	 * @param expectedConfirmations how many confirmations bring it to its minimum, 0 to 8
	 */
	public void start(int slot, long nowNanos, long accuser, int expectedConfirmations, long min, long max) {
		end(slot);
		ensureRoom(slot);
		int place = this.size++;
		this.placeOfSlot[slot] = place + 1;
		this.slots[place] = slot;
		this.startNanos[place] = nowNanos;
		this.evidenceNanos[place] = nowNanos;
		this.asks[place] = 0;
		this.askedEarly[place] = false;
		this.earlyAskNanos[place] = nowNanos + min;
		this.minNanos[place] = min;
		this.maxNanos[place] = max;
		this.expected[place] = (byte) expectedConfirmations;
		this.accusers[place * ACCUSERS] = accuser;
		this.accuserCount[place] = 1;
		this.refusers[place] = 0;
		this.rounds[place] = 0;
		this.hastened[place] = false;
	}

	/**
	 * Counts an accuser of a member that is suspected.
	 * @return whether it is a new one, within the number that is expected
	 */
	public boolean confirm(int slot, long accuser) {
		int place = placeOf(slot);
		if (place < 0 || accuser == 0 || this.accuserCount[place] > this.expected[place]) {
			return false;
		}
		if (indexOf(place, accuser) >= 0) {
			return false;
		}
		this.accusers[place * ACCUSERS + this.accuserCount[place]++] = accuser;
		return true;
	}

	/**
	 * Counts an accuser of a member that is suspected, whom the host of that member
	 * refused a stream. It counts even where no more confirmations are expected.
	 * @return whether that is new
	 */
	public boolean refuse(int slot, long accuser) {
		int place = placeOf(slot);
		if (place < 0 || accuser == 0) {
			return false;
		}
		int index = indexOf(place, accuser);
		if (index < 0) {
			// The last one gives way, as all before it have confirmed it already.
			index = Math.min(this.accuserCount[place], ACCUSERS - 1);
			this.accusers[place * ACCUSERS + index] = accuser;
			this.refusers[place] &= (short) ~(1 << index);
			this.accuserCount[place] = (byte) (index + 1);
		}
		boolean isNew = (this.refusers[place] & (1 << index)) == 0;
		this.refusers[place] |= (short) (1 << index);
		return isNew;
	}

	/** Whether an accuser of a member was refused a stream. */
	public boolean hasRefused(int slot, long accuser) {
		int place = placeOf(slot);
		int index = (place < 0) ? -1 : indexOf(place, accuser);
		return index >= 0 && (this.refusers[place] & (1 << index)) != 0;
	}

	/**
	 * How many accusers of a member were refused a stream; zero if it is not suspected.
	 */
	public int refusers(int slot) {
		int place = placeOf(slot);
		return (place < 0) ? 0 : Integer.bitCount(this.refusers[place]);
	}

	/** Ends a suspicion at a time at the latest, unless a sign of life comes. */
	public void hasten(int slot, long nanos) {
		int place = placeOf(slot);
		if (!this.hastened[place]) {
			this.hastened[place] = true;
			this.hastenedNanos[place] = nanos;
		}
	}

	/** Ends a suspicion after its shortest time, unless a sign of life comes. */
	public void hastenToMin(int slot) {
		hasten(slot, minDeadlineNanos(slot));
	}

	private int indexOf(int place, long accuser) {
		int base = place * ACCUSERS;
		for (int i = 0; i < this.accuserCount[place]; i++) {
			if (this.accusers[base + i] == accuser) {
				return i;
			}
		}
		return -1;
	}

	/** Ends a suspicion, if one runs. */
	public void end(int slot) {
		int place = placeOf(slot);
		if (place < 0) {
			return;
		}
		int last = --this.size;
		this.placeOfSlot[slot] = 0;
		if (place != last) {
			this.slots[place] = this.slots[last];
			this.startNanos[place] = this.startNanos[last];
			this.minNanos[place] = this.minNanos[last];
			this.evidenceNanos[place] = this.evidenceNanos[last];
			this.asks[place] = this.asks[last];
			this.askedEarly[place] = this.askedEarly[last];
			this.earlyAskNanos[place] = this.earlyAskNanos[last];
			this.maxNanos[place] = this.maxNanos[last];
			this.expected[place] = this.expected[last];
			this.refusers[place] = this.refusers[last];
			this.rounds[place] = this.rounds[last];
			this.hastened[place] = this.hastened[last];
			this.hastenedNanos[place] = this.hastenedNanos[last];
			this.accuserCount[place] = this.accuserCount[last];
			System.arraycopy(this.accusers, last * ACCUSERS, this.accusers, place * ACCUSERS, ACCUSERS);
			this.placeOfSlot[this.slots[place]] = place + 1;
		}
	}

	/** Whether a member is suspected. */
	public boolean isRunning(int slot) {
		return placeOf(slot) >= 0;
	}

	/** When the suspicion of a member ends in its death, unless it is refuted. */
	public long deadlineNanos(int slot) {
		int place = placeOf(slot);
		long deadline = this.evidenceNanos[place] + SuspicionTimeout.nanos(this.accuserCount[place] - 1,
				this.expected[place], this.minNanos[place], this.maxNanos[place]);
		boolean sooner = this.hastened[place] && this.hastenedNanos[place] - deadline < 0;
		return sooner ? this.hastenedNanos[place] : deadline;
	}

	/** When the suspicion of a member began. */
	public long startNanos(int slot) {
		return this.startNanos[placeOf(slot)];
	}

	/** From when on a sign of life of a member speaks against its death. */
	public long evidenceNanos(int slot) {
		return this.evidenceNanos[placeOf(slot)];
	}

	/** When a suspicion would end that all have confirmed. */
	public long minDeadlineNanos(int slot) {
		int place = placeOf(slot);
		return this.evidenceNanos[place] + this.minNanos[place];
	}

	/** Sets when others are asked of a member, long before its suspicion ends. */
	public void askEarlyAt(int slot, long nanos) {
		int place = placeOf(slot);
		this.askedEarly[place] = false;
		this.earlyAskNanos[place] = nanos;
	}

	/** When others are asked of a member, long before its suspicion ends. */
	public long earlyAskNanos(int slot) {
		return this.earlyAskNanos[placeOf(slot)];
	}

	/** Takes note that this has been done. */
	public void countEarlyAsk(int slot) {
		this.askedEarly[placeOf(slot)] = true;
	}

	/** Whether others were asked of a member, long before its suspicion ends. */
	public boolean hasAskedEarly(int slot) {
		return this.askedEarly[placeOf(slot)];
	}

	/** Takes note that others are asked for signs of life of a member. */
	public void countAsk(int slot) {
		this.asks[placeOf(slot)]++;
	}

	/** How often others were asked for signs of life since the last one. */
	public int asks(int slot) {
		return this.asks[placeOf(slot)];
	}

	/**
	 * Takes a sign of life of a member: its time begins again, and it is not hastened.
	 * Others may be asked early again, after its shortest time.
	 */
	public void putOff(int slot, long nowNanos) {
		int place = placeOf(slot);
		this.evidenceNanos[place] = nowNanos;
		this.asks[place] = 0;
		this.askedEarly[place] = false;
		this.earlyAskNanos[place] = nowNanos + this.minNanos[place];
		this.refusers[place] = 0;
		this.hastened[place] = false;
	}

	/** Takes note that a suspicion begins anew, because nobody has confirmed it. */
	public void countRound(int slot) {
		int place = placeOf(slot);
		this.rounds[place] = (byte) Math.min(this.rounds[place] + 1, Byte.MAX_VALUE);
	}

	/**
	 * Takes note that somebody has heard of the member, be it as long ago as it may.
	 */
	public void vouch(int slot) {
		this.rounds[placeOf(slot)] = 0;
	}

	/**
	 * How often the suspicion of a member began anew since somebody has heard of the
	 * member.
	 */
	public int rounds(int slot) {
		return this.rounds[placeOf(slot)];
	}

	/** Who accused a member first, zero if unknown or not suspected. */
	public long accuser(int slot) {
		int place = placeOf(slot);
		return (place < 0) ? 0 : this.accusers[place * ACCUSERS];
	}

	/** How many accusers have confirmed the first one. */
	public int confirmations(int slot) {
		return this.accuserCount[placeOf(slot)] - 1;
	}

	/** The member with the suspicion at a place, 0 to size - 1. */
	public int slotAt(int place) {
		return this.slots[place];
	}

	/**
	 * Gives all suspicions more time, because this node itself stood still.
	 * @param stallNanos how long
	 */
	public void extendAll(long stallNanos) {
		for (int place = 0; place < this.size; place++) {
			this.startNanos[place] += stallNanos;
			this.evidenceNanos[place] += stallNanos;
			this.earlyAskNanos[place] += stallNanos;
			this.hastenedNanos[place] += stallNanos;
		}
	}

	private int placeOf(int slot) {
		return (slot < this.placeOfSlot.length) ? this.placeOfSlot[slot] - 1 : -1;
	}

	private void ensureRoom(int slot) {
		if (slot >= this.placeOfSlot.length) {
			this.placeOfSlot = Arrays.copyOf(this.placeOfSlot, Math.max(slot + 1, this.placeOfSlot.length * 2));
		}
		if (this.size == this.slots.length) {
			int wanted = this.size * 2;
			this.slots = Arrays.copyOf(this.slots, wanted);
			this.startNanos = Arrays.copyOf(this.startNanos, wanted);
			this.minNanos = Arrays.copyOf(this.minNanos, wanted);
			this.evidenceNanos = Arrays.copyOf(this.evidenceNanos, wanted);
			this.asks = Arrays.copyOf(this.asks, wanted);
			this.earlyAskNanos = Arrays.copyOf(this.earlyAskNanos, wanted);
			this.askedEarly = Arrays.copyOf(this.askedEarly, wanted);
			this.maxNanos = Arrays.copyOf(this.maxNanos, wanted);
			this.expected = Arrays.copyOf(this.expected, wanted);
			this.refusers = Arrays.copyOf(this.refusers, wanted);
			this.rounds = Arrays.copyOf(this.rounds, wanted);
			this.hastened = Arrays.copyOf(this.hastened, wanted);
			this.hastenedNanos = Arrays.copyOf(this.hastenedNanos, wanted);
			this.accuserCount = Arrays.copyOf(this.accuserCount, wanted);
			this.accusers = Arrays.copyOf(this.accusers, wanted * ACCUSERS);
		}
	}

}
