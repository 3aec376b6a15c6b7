package io.gossip.protocol.peer;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

import io.gossip.protocol.membership.MembershipTable;

/**
 * The others that are in, in random order. Walking round it probes everybody once a
 * round, so that the time to the first probe of a dead member is bounded (SWIM, section
 * 4.3); a random place of it is a random peer.
 */
public final class ProbeOrder {

	/** This node is the first in its table. */
	private static final int OWN_SLOT = 0;

	private static final int TRIES = 8;

	/** Enough to find one of every tenth with near certainty. */
	private static final int NEAR_TRIES = 32;

	private final MembershipTable table;

	private final IntPredicate reachable;

	private final RandomGenerator random;

	private int[] order = new int[16];

	/** One bit a slot: whether it is in the order. */
	private long[] listed = new long[1];

	private int size;

	private int cursor;

	/**
	 * An empty order.
	 * @param table tells who is in
	 * @param reachable tells of a slot whether it makes sense to send news there
	 * @param random the source of randomness
	 */
	public ProbeOrder(MembershipTable table, IntPredicate reachable, RandomGenerator random) {
		this.table = table;
		this.reachable = reachable;
		this.random = random;
	}

	/** Makes room for members that are about to come. */
	public void reserve(int capacity) {
		if (capacity > this.order.length) {
			this.order = Arrays.copyOf(this.order, capacity);
		}
	}

	/** Adds a member at a random place of what is left of this round. */
	public void add(int slot) {
		if (isListed(slot)) {
			return;
		}
		if (this.size == this.order.length) {
			this.order = Arrays.copyOf(this.order, this.size * 2);
		}
		int word = slot >>> 6;
		if (word >= this.listed.length) {
			this.listed = Arrays.copyOf(this.listed, Math.max(word + 1, this.listed.length * 2));
		}
		this.listed[word] |= 1L << slot;
		int place = this.cursor + this.random.nextInt(this.size - this.cursor + 1);
		this.order[this.size++] = this.order[place];
		this.order[place] = slot;
	}

	/**
	 * The next member of the round.
	 * @return its slot, {@link MembershipTable#NO_SLOT} if there is nobody
	 */
	public int next() {
		while (this.size > 0) {
			if (this.cursor >= this.size) {
				shuffle();
				this.cursor = 0;
			}
			int slot = this.order[this.cursor];
			if (this.table.isIn(slot)) {
				this.cursor++;
				return slot;
			}
			removeAt(this.cursor);
		}
		return MembershipTable.NO_SLOT;
	}

	/**
	 * A random member, one that can be reached if a few tries find one.
	 * @return its slot, {@link MembershipTable#NO_SLOT} if there is nobody
	 */
	public int random() {
		int slot = any();
		for (int tries = 1; tries < TRIES && slot != MembershipTable.NO_SLOT && !this.reachable.test(slot); tries++) {
			slot = any();
		}
		return slot;
	}

	private int any() {
		while (this.size > 0) {
			int place = this.random.nextInt(this.size);
			int slot = this.order[place];
			if (this.table.isIn(slot)) {
				return slot;
			}
			removeAt(place);
		}
		return MembershipTable.NO_SLOT;
	}

	/**
	 * Some distinct random members.
	 * @param slots receives their slots
	 * @param count how many are wanted at most
	 * @param excluded a slot that is not wanted, or {@link MembershipTable#NO_SLOT}
	 * @return how many there are
	 */
	public int sample(int[] slots, int count, int excluded) {
		return sample(slots, count, excluded, () -> false);
	}

	/**
	 * Some distinct random members, some of them only of this node's zone if a few tries
	 * find any.
	 * @param slots receives their slots
	 * @param count how many are wanted at most
	 * @param staysNear tells, asked for each, whether its zone matters
	 * @return how many there are
	 */
	public int sampleNear(int[] slots, int count, BooleanSupplier staysNear) {
		return sample(slots, count, MembershipTable.NO_SLOT, staysNear);
	}

	private int sample(int[] slots, int count, int excluded, BooleanSupplier staysNear) {
		int found = 0;
		// A few misses are likely in a small cluster; a bound keeps the step bounded.
		for (int tries = 0; found < count && tries < 8 * count; tries++) {
			int slot = staysNear.getAsBoolean() ? randomNear() : random();
			if (slot == MembershipTable.NO_SLOT) {
				break;
			}
			if (slot != excluded && !contains(slots, found, slot)) {
				slots[found++] = slot;
			}
		}
		return found;
	}

	private int randomNear() {
		int own = this.table.zone(OWN_SLOT);
		int slot = random();
		for (int tries = 1; tries < NEAR_TRIES && slot != MembershipTable.NO_SLOT
				&& this.table.zone(slot) != own; tries++) {
			slot = random();
		}
		return slot;
	}

	/**
	 * Some distinct random members to look at one from different sides, as far as a few
	 * tries find them: one of its zone, then one of this node's, one of another, and
	 * anybody. One who is doubtful is passed over for another if a few tries find any.
	 * @param slots receives their slots
	 * @param count how many are wanted at most
	 * @param subject the slot of the member to look at, which is not wanted
	 * @param doubtful tells of a slot whether its member may not be there at all
	 * @return how many there are
	 */
	public int sampleAcrossZones(int[] slots, int count, int subject, IntPredicate doubtful) {
		int theirs = this.table.zone(subject);
		int ours = this.table.zone(OWN_SLOT);
		int found = 0;
		boolean needsTheirs = true;
		boolean needsOurs = ours != theirs && count > 1;
		boolean needsOther = this.table.zones().count() > 1 && count > (needsOurs ? 2 : 1);
		for (int tries = 0; found < count && tries < 8 * count; tries++) {
			int slot = randomBut(doubtful);
			if (slot == MembershipTable.NO_SLOT) {
				break;
			}
			if (slot == subject || contains(slots, found, slot)) {
				continue;
			}
			int zone = this.table.zone(slot);
			boolean isTheirs = zone == theirs;
			boolean isOurs = !isTheirs && zone == ours;
			boolean isOther = !isTheirs && !isOurs;
			boolean isWanted = (isTheirs && needsTheirs) || (isOurs && needsOurs) || (isOther && needsOther);
			boolean isAnybodyWelcome = tries >= 4 * count || !(needsTheirs || needsOurs || needsOther);
			if (isWanted || isAnybodyWelcome) {
				slots[found++] = slot;
				needsTheirs &= !isTheirs;
				needsOurs &= !isOurs;
				needsOther &= !isOther;
			}
		}
		return found;
	}

	private int randomBut(IntPredicate doubtful) {
		int slot = random();
		for (int tries = 1; tries < TRIES && slot != MembershipTable.NO_SLOT && doubtful.test(slot); tries++) {
			slot = random();
		}
		return slot;
	}

	private static boolean contains(int[] slots, int count, int slot) {
		for (int i = 0; i < count; i++) {
			if (slots[i] == slot) {
				return true;
			}
		}
		return false;
	}

	private boolean isListed(int slot) {
		int word = slot >>> 6;
		return word < this.listed.length && (this.listed[word] & (1L << slot)) != 0;
	}

	private void removeAt(int place) {
		int slot = this.order[place];
		this.listed[slot >>> 6] &= ~(1L << slot);
		int last = --this.size;
		if (place < this.cursor) {
			// The hole is in the part that is done: fill it from there, and that place
			// from the end.
			this.cursor--;
			this.order[place] = this.order[this.cursor];
			this.order[this.cursor] = this.order[last];
		}
		else {
			this.order[place] = this.order[last];
		}
	}

	private void shuffle() {
		for (int i = this.size - 1; i > 0; i--) {
			int other = this.random.nextInt(i + 1);
			int slot = this.order[i];
			this.order[i] = this.order[other];
			this.order[other] = slot;
		}
	}

}
