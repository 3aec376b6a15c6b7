package io.gossip.protocol.peer;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.membership.ViewHash;

/**
 * The neighbours of this node in a few rings, in each of which all members are ordered by
 * another hash of their identity. Nodes with equal views agree on the rings, so that
 * pushing news to one's successors floods it to everybody along few edges (each ring
 * alone visits all), and everybody knows who is to look after whom.
 *
 * <p>
 * Only this node's own neighbours are kept. A member that comes in costs a comparison a
 * ring; one that goes costs a walk over the table if it was a neighbour.
 */
public final class RingNeighbours {

	/** The most rings. */
	public static final int RINGS_MAX = 16;

	/** How many members before this node it looks after. */
	public static final int WARDS = 4;

	/** This node is the first in its table. */
	private static final int OWN_SLOT = 0;

	private final MembershipTable table;

	private final IntPredicate reachable;

	private final long selfId;

	/** The slot of the successor in each ring. */
	private final int[] successors;

	/** The same among the members of this node's zone. */
	private final int[] nearSuccessors;

	/** The slots of the members before this node in the first ring, the nearest first. */
	private final int[] wards = new int[WARDS];

	private int wardCount;

	private boolean stale;

	/**
	 * A node without neighbours.
	 * @param table tells who is in
	 * @param reachable tells of a slot whether news may be pushed there
	 * @param selfId the identity of this node
	 * @param rings how many rings, 0 to {@value #RINGS_MAX}
	 */
	public RingNeighbours(MembershipTable table, IntPredicate reachable, long selfId, int rings) {
		this.table = table;
		this.reachable = reachable;
		this.selfId = selfId;
		this.successors = new int[rings];
		this.nearSuccessors = new int[rings];
		Arrays.fill(this.successors, MembershipTable.NO_SLOT);
		Arrays.fill(this.nearSuccessors, MembershipTable.NO_SLOT);
	}

	/**
	 * Takes note that many members have come in, or can or cannot be reached: the
	 * neighbours are found when they matter.
	 */
	public void onManyChanged() {
		this.stale = true;
	}

	/** Takes note that a member is in, other than this node. */
	public void onIn(int slot) {
		if (!this.stale) {
			insert(slot);
		}
	}

	/** Takes note that a member is no longer in. */
	public void onOut(int slot) {
		for (int ring = 0; ring < this.successors.length; ring++) {
			this.stale |= this.successors[ring] == slot || this.nearSuccessors[ring] == slot;
		}
		for (int i = 0; i < this.wardCount; i++) {
			this.stale |= this.wards[i] == slot;
		}
	}

	/**
	 * The distinct successors of this node.
	 * @param slots receives their slots
	 * @return how many there are
	 */
	public int successors(int[] slots) {
		refresh();
		int count = 0;
		for (int successor : this.successors) {
			count = add(slots, count, successor);
		}
		return count;
	}

	/**
	 * The distinct successors of this node among the members of its zone, which flood the
	 * zone for themselves, and some among all members.
	 * @param slots receives their slots, up to two for each ring
	 * @param staysNear tells, asked for each ring, whether to leave out that among all
	 * @return how many there are
	 */
	public int nearSuccessors(int[] slots, BooleanSupplier staysNear) {
		refresh();
		int count = 0;
		for (int ring = 0; ring < this.successors.length; ring++) {
			count = add(slots, count, this.nearSuccessors[ring]);
			if (!staysNear.getAsBoolean() || this.nearSuccessors[ring] == MembershipTable.NO_SLOT) {
				count = add(slots, count, this.successors[ring]);
			}
		}
		return count;
	}

	private static int add(int[] slots, int count, int slot) {
		boolean known = slot == MembershipTable.NO_SLOT;
		for (int i = 0; i < count; i++) {
			known |= slots[i] == slot;
		}
		if (!known) {
			slots[count] = slot;
		}
		return known ? count : count + 1;
	}

	/**
	 * Whether this node looks after a member: as one of the first who follow it, or as
	 * the first of another zone, who sees it over another way.
	 */
	public boolean isWard(int slot) {
		refresh();
		for (int i = 0; i < this.wardCount; i++) {
			if (this.wards[i] == slot) {
				return true;
			}
		}
		return isFirstOfAnotherZone(slot);
	}

	private boolean isFirstOfAnotherZone(int slot) {
		int zone = this.table.zone(slot);
		boolean isPossible = zone != this.table.zone(OWN_SLOT);
		for (int i = 0; i < this.wardCount; i++) {
			isPossible &= this.table.zone(this.wards[i]) == zone;
		}
		long behind = -distance(0, slot);
		for (int other = 1; isPossible && other < this.table.slots(); other++) {
			isPossible = !this.table.isIn(other) || this.table.zone(other) == zone
					|| Long.compareUnsigned(-distance(0, other), behind) > 0;
		}
		return isPossible;
	}

	private void refresh() {
		if (!this.stale) {
			return;
		}
		this.stale = false;
		this.wardCount = 0;
		Arrays.fill(this.successors, MembershipTable.NO_SLOT);
		Arrays.fill(this.nearSuccessors, MembershipTable.NO_SLOT);
		for (int slot = 0; slot < this.table.slots(); slot++) {
			if (this.table.isIn(slot) && this.table.id(slot) != this.selfId) {
				insert(slot);
			}
		}
	}

	private void insert(int slot) {
		boolean isReachable = this.reachable.test(slot);
		boolean isNear = this.table.zone(slot) == this.table.zone(OWN_SLOT);
		for (int ring = 0; isReachable && ring < this.successors.length; ring++) {
			this.successors[ring] = nearer(ring, slot, this.successors[ring]);
			if (isNear) {
				this.nearSuccessors[ring] = nearer(ring, slot, this.nearSuccessors[ring]);
			}
		}
		int place = this.wardCount;
		long behind = -distance(0, slot);
		while (place > 0 && Long.compareUnsigned(behind, -distance(0, this.wards[place - 1])) < 0) {
			place--;
		}
		if (place < WARDS) {
			this.wardCount = Math.min(this.wardCount + 1, WARDS);
			System.arraycopy(this.wards, place, this.wards, place + 1, this.wardCount - place - 1);
			this.wards[place] = slot;
		}
	}

	/** Which of two members comes first after this node; the second may be missing. */
	private int nearer(int ring, int slot, int known) {
		boolean isNearer = known == MembershipTable.NO_SLOT
				|| Long.compareUnsigned(distance(ring, slot), distance(ring, known)) < 0;
		return isNearer ? slot : known;
	}

	/** How far a member is ahead of this node in a ring. */
	private long distance(int ring, int slot) {
		return position(ring, this.table.id(slot)) - position(ring, this.selfId);
	}

	private static long position(int ring, long id) {
		return ViewHash.mix(id + (ring + 1) * 0x9E3779B97F4A7C15L);
	}

}
