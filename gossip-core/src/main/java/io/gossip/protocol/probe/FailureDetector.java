package io.gossip.protocol.probe;

import java.util.random.RandomGenerator;

import io.gossip.GossipConfig;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProbeOutcome;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.peer.ProbeOrder;

/**
 * The prober: one member an interval, in random order, first directly, then through
 * helpers and over a stream; whoever has not answered by the end of the interval is
 * accused (SWIM, section 3.1). Interval and timeout stretch with local health.
 */
public final class FailureDetector {

	/** The part of what is left of the interval that helpers are given. */
	private static final double HELPER_SHARE = 0.9;

	private final MembershipTable table;

	private final ProbeOrder order;

	private final ProbeActions actions;

	private final LocalHealth health;

	private final ProtocolObserver observer;

	private final long intervalNanos;

	private final long timeoutNanos;

	private final int helpersWanted;

	private final ProbeRound round = new ProbeRound();

	private int nextSequence;

	/**
	 * A detector.
	 * @param config the settings
	 * @param table who is in
	 * @param order whom to probe next
	 * @param health this node's own health
	 * @param random where sequences start
	 * @param actions what to do about it
	 * @param observer hears of outcomes
	 */
	public FailureDetector(GossipConfig.FailureDetection config, MembershipTable table, ProbeOrder order,
			LocalHealth health, RandomGenerator random, ProbeActions actions, ProtocolObserver observer) {
		this.table = table;
		this.order = order;
		this.health = health;
		this.actions = actions;
		this.observer = observer;
		this.intervalNanos = config.probeInterval().toNanos();
		this.timeoutNanos = config.probeTimeout().toNanos();
		this.helpersWanted = config.indirectProbes();
		this.nextSequence = random.nextInt();
	}

	/** A sequence number that no other open question of this node has. */
	public int takeSequence() {
		return this.nextSequence++;
	}

	/**
	 * Ends the round that is open and starts the next.
	 * @return when to call {@link #onTimeout}; if no round is open then, nothing happens
	 */
	public long onTick(long nowNanos) {
		finish(nowNanos);
		long end = nowNanos + this.health.scale(this.intervalNanos);
		int slot = this.order.next();
		if (slot == MembershipTable.NO_SLOT) {
			return end;
		}
		this.round.start(slot, this.table.id(slot), takeSequence(), nowNanos, end);
		this.actions.sendPing(nowNanos, slot, this.round.sequence);
		return nowNanos + this.health.scale(this.timeoutNanos);
	}

	/**
	 * When the next round starts: an interval after the one that is open, or from now.
	 */
	public long nextTickNanos(long nowNanos) {
		return this.round.open ? this.round.endNanos : nowNanos + this.health.scale(this.intervalNanos);
	}

	/** Asks helpers, if the ping of this round is still unanswered. */
	public void onTimeout(long nowNanos) {
		if (!this.round.open || !isStillTarget()) {
			return;
		}
		int count = this.order.sample(this.round.helpers, Math.min(this.helpersWanted, ProbeRound.HELPERS_MAX),
				this.round.slot);
		for (int i = 0; i < count; i++) {
			this.round.helperIds[i] = this.table.id(this.round.helpers[i]);
		}
		this.round.helperCount = count;
		int budgetMillis = (int) ((this.round.endNanos - nowNanos) * HELPER_SHARE / 1_000_000);
		for (int i = 0; i < count; i++) {
			this.actions.sendPingRequest(nowNanos, this.round.helpers[i], this.round.sequence, this.round.targetId,
					budgetMillis);
		}
		this.actions.sendStreamPing(nowNanos, this.round.slot, this.round.sequence);
	}

	/**
	 * Takes an answer.
	 * @param sequence the sequence that it names
	 * @param sender who sent it
	 * @return whether it answers the ping of this round
	 */
	public boolean onAck(long nowNanos, int sequence, long sender) {
		if (!this.round.matches(sequence, sender)) {
			return false;
		}
		boolean late = nowNanos - this.round.sentNanos > this.health.scale(this.timeoutNanos);
		succeed(nowNanos, late ? ProbeOutcome.INDIRECT : ProbeOutcome.DIRECT);
		return true;
	}

	/** Takes a helper's word that the target has answered. */
	public boolean onRelayedAck(long nowNanos, int sequence, long helper, long target) {
		if (!this.round.matches(sequence, target) || this.round.helperIndex(helper) < 0) {
			return false;
		}
		succeed(nowNanos, ProbeOutcome.INDIRECT);
		return true;
	}

	/** Takes a helper's word that it has had no answer: the helper at least is there. */
	public boolean onNack(int sequence, long helper, long target) {
		int index = this.round.matches(sequence, target) ? this.round.helperIndex(helper) : -1;
		if (index >= 0) {
			this.round.nackedHelpers |= 1 << index;
		}
		return index >= 0;
	}

	/**
	 * Gives up the round that is open without a verdict: this node itself stood still.
	 */
	public void voidRound() {
		this.round.open = false;
	}

	private void succeed(long nowNanos, ProbeOutcome outcome) {
		this.round.open = false;
		this.health.add(-1);
		this.observer.onProbe(outcome, nowNanos - this.round.sentNanos);
	}

	private void finish(long nowNanos) {
		if (!this.round.open) {
			return;
		}
		this.round.open = false;
		if (!isStillTarget()) {
			return;
		}
		this.observer.onProbe(ProbeOutcome.TIMEOUT, nowNanos - this.round.sentNanos);
		// Helpers that did answer, if only to say no, prove that this node is well.
		this.health.add((this.round.helperCount > 0) ? this.round.missedNacks() : 1);
		this.actions.accuse(nowNanos, this.round.slot);
	}

	/** Whether the slot still holds the member that was pinged, and it is in. */
	private boolean isStillTarget() {
		return this.table.isIn(this.round.slot) && this.table.id(this.round.slot) == this.round.targetId;
	}

	/** Counts a reply that matches no open question. */
	public void countUnmatched() {
		this.observer.onDropped(DropReason.UNMATCHED_REPLY);
	}

}
