package io.gossip.protocol.engine;

import java.util.function.IntConsumer;

import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.membership.MembershipTable;

/**
 * The accusations of this node that wait for the outcome of a zone's test: if the zone is
 * cut off, nobody ever hears of them.
 */
final class HeldAccusations {

	/** A node probes about one member a second, and a test takes less. */
	static final int HELD_MAX = 16;

	private final MembershipTable table;

	private final ProtocolObserver observer;

	private final int[] slots = new int[HELD_MAX];

	/** A slot may have another member by the time of the outcome. */
	private final long[] ids = new long[HELD_MAX];

	private int size;

	HeldAccusations(MembershipTable table, ProtocolObserver observer) {
		this.table = table;
		this.observer = observer;
	}

	/**
	 * Holds an accusation.
	 * @return whether there was room for it
	 */
	boolean add(int slot) {
		for (int place = 0; place < this.size; place++) {
			if (this.slots[place] == slot && this.ids[place] == this.table.id(slot)) {
				return true;
			}
		}
		if (this.size == HELD_MAX) {
			this.observer.onDropped(DropReason.HELD_ACCUSATIONS_LIMIT);
			return false;
		}
		this.slots[this.size] = slot;
		this.ids[this.size++] = this.table.id(slot);
		return true;
	}

	/** Lets go of the accusations of members of a zone, as far as they are still in. */
	void release(int zone, IntConsumer accuse) {
		int kept = 0;
		int count = this.size;
		this.size = 0;
		for (int place = 0; place < count; place++) {
			int slot = this.slots[place];
			if (!this.table.isIn(slot) || this.table.id(slot) != this.ids[place]) {
				continue;
			}
			if (this.table.zone(slot) == zone) {
				accuse.accept(slot);
			}
			else {
				this.slots[kept] = slot;
				this.ids[kept++] = this.table.id(slot);
			}
		}
		this.size = kept;
	}

	/** Forgets all of them: what they rest on proves nothing. */
	void clear() {
		this.size = 0;
	}

}
