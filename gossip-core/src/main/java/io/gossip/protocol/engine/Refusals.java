package io.gossip.protocol.engine;

import java.util.Arrays;

import io.gossip.protocol.probe.Suspicions;

/**
 * What refused streams prove. A host that refuses one says that no process listens there,
 * which silence does not; two members who were refused shorten the suspicion to the time
 * that news takes. A member that was refused and yet lived (a firewall, a wrong port) is
 * no longer accused in this way until it starts anew.
 */
final class Refusals {

	private static final int NEEDED = 2;

	private final EngineState state;

	private final Suspicions suspicions;

	private final SuspicionTimes times;

	/** One bit a slot: whether refusals of this start have had their effect. */
	private long[] spent = new long[1];

	Refusals(EngineState state, SuspicionTimes times) {
		this.state = state;
		this.suspicions = state.suspicions;
		this.times = times;
	}

	/** Whether a refusal of the member that is held means anything. */
	boolean areTrusted(int slot) {
		int word = slot >>> 6;
		return word >= this.spent.length || (this.spent[word] & (1L << slot)) == 0;
	}

	/** Whether enough were refused to prove that the member that is held is gone. */
	boolean areEnough(int slot) {
		return this.suspicions.refusers(slot) >= NEEDED;
	}

	/**
	 * Counts a refusal of a member that is suspected.
	 * @return whether it is news
	 */
	boolean count(long nowNanos, int slot, long accuser) {
		if (!this.suspicions.isRunning(slot) || !areTrusted(slot)) {
			return false;
		}
		boolean isNews = this.suspicions.refuse(slot, accuser);
		int members = this.state.table.sizeIn();
		boolean isEnough = this.suspicions.refusers(slot) >= NEEDED;
		if (!isEnough && !isNews && members == 2) {
			// Nobody else can be asked, so a second refusal must do, an interval later.
			long interval = this.state.config.failureDetection().probeInterval().toNanos();
			isEnough = nowNanos - this.suspicions.startNanos(slot) >= interval / 2;
			isNews = isEnough;
		}
		if (isEnough) {
			this.suspicions.hasten(slot, nowNanos + this.times.spreadNanos(members));
		}
		return isNews;
	}

	/**
	 * Takes note that a suspicion ends. If refusals were part of it, then they have had
	 * their effect: should the same start be heard from again, they were wrong.
	 */
	void spend(int slot) {
		if (this.suspicions.refusers(slot) > 0) {
			int word = slot >>> 6;
			if (word >= this.spent.length) {
				this.spent = Arrays.copyOf(this.spent, Math.max(word + 1, this.spent.length * 2));
			}
			this.spent[word] |= 1L << slot;
		}
	}

	/** Trusts refusals again: the slot holds another start. */
	void forget(int slot) {
		if (!areTrusted(slot)) {
			this.spent[slot >>> 6] &= ~(1L << slot);
		}
	}

}
