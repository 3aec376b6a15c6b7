package io.gossip.protocol.membership;

import io.gossip.MemberState;
import io.gossip.protocol.DeadlineHeap;

/**
 * The choice of whom to forget when there is no more room for the dead and the departed:
 * of a number of them the one who was not heard for longest, or never. So members that
 * somebody has made up do not push out those who were there, and however many come, none
 * costs a walk over all tombstones.
 */
public final class Tombstones {

	/** How many are compared; with fewer tombstones, all. */
	static final int COMPARED = 64;

	private final MembershipTable table;

	/** The deadlines of tombstones and of suspicions. */
	private final DeadlineHeap deadlines;

	private int next;

	/**
	 * The tombstones of a table.
	 * @param table all members
	 * @param deadlines of tombstones, when each is to be forgotten, and of suspicions;
	 * the keys are slots
	 */
	public Tombstones(MembershipTable table, DeadlineHeap deadlines) {
		this.table = table;
		this.deadlines = deadlines;
	}

	/** How many there are. */
	public int size() {
		return this.table.count(MemberState.DEAD) + this.table.count(MemberState.LEFT);
	}

	/**
	 * Whom to forget.
	 * @param nowMillis the time
	 * @param goneForMillis how long somebody who was heard must be gone; who was not may
	 * be forgotten at once
	 * @return its slot, {@link MembershipTable#NO_SLOT} if there is none
	 */
	public int toForget(int nowMillis, int goneForMillis) {
		int found = MembershipTable.NO_SLOT;
		int count = this.deadlines.size();
		int compared = 0;
		int wanted = Math.min(size(), COMPARED);
		for (int i = 0; i < count && compared < wanted; i++) {
			this.next = (this.next + 1) % count;
			int slot = this.deadlines.keyAt(this.next);
			if (this.table.isIn(slot)) {
				continue;
			}
			compared++;
			boolean isLongGone = nowMillis - this.table.sinceMillis(slot) >= goneForMillis;
			if (isLongGone || this.table.isNeverHeard(slot, nowMillis)) {
				found = (found == MembershipTable.NO_SLOT || isBefore(slot, found)) ? slot : found;
			}
		}
		return found;
	}

	private boolean isBefore(int slot, int other) {
		int difference = this.table.heardMillis(slot) - this.table.heardMillis(other);
		return (difference != 0) ? difference < 0
				: this.deadlines.deadlineOf(slot) - this.deadlines.deadlineOf(other) < 0;
	}

}
