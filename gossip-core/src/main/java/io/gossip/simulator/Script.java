package io.gossip.simulator;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** The store of the actions that are still to run, known by their slots. */
final class Script {

	private @Nullable Runnable[] actions = new Runnable[16];

	private int[] free = new int[16];

	private int freeCount;

	private int used;

	int add(Runnable action) {
		int slot = (this.freeCount > 0) ? this.free[--this.freeCount] : this.used++;
		if (slot == this.actions.length) {
			this.actions = Arrays.copyOf(this.actions, 2 * slot);
			this.free = Arrays.copyOf(this.free, 2 * slot);
		}
		this.actions[slot] = action;
		return slot;
	}

	Runnable take(int slot) {
		Runnable action = this.actions[slot];
		if (action == null) {
			throw new IllegalStateException("action " + slot + " has run already");
		}
		this.actions[slot] = null;
		this.free[this.freeCount++] = slot;
		return action;
	}

}
