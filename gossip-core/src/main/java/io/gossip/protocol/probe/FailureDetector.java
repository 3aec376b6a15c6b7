package io.gossip.protocol.probe;

import java.util.random.RandomGenerator;

import io.gossip.Address;
import io.gossip.FailureDetectionSettings;
import io.gossip.protocol.DeadlineHeap;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProbeOutcome;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.UnreachableReason;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.peer.ProbeOrder;

/**
 * The prober: one member an interval, in random order, first directly, then through
 * helpers and over a stream; whoever has not answered by the end of the interval is
 * accused (SWIM, section 3.1). Interval and timeout stretch with local health. A few
 * members that others accuse are probed beside the order.
 */
public final class FailureDetector {

	/** The part of what is left of the interval that a helper and the way to it have. */
	private static final double HELPER_SHARE = 0.9;

	/** The round of the order, and those beside it. */
	private static final int ROUNDS = 8;

	private final MembershipTable table;

	private final ProbeOrder order;

	private final ProbeActions actions;

	private final LocalHealth health;

	private final RoundTripTimes roundTrips;

	private final ProtocolObserver observer;

	private final long intervalNanos;

	private final long timeoutNanosMax;

	private final int helpersWanted;

	private final ProbeRound[] rounds = new ProbeRound[ROUNDS];

	/** By round: when its ping has taken too long, then when it ends. */
	private final DeadlineHeap deadlines = new DeadlineHeap(ROUNDS);

	private int nextSequence;

	/**
	 * A detector.
	 * @param config the settings
	 * @param table who is in
	 * @param order whom to probe next
	 * @param health this node's own health
	 * @param roundTrips how long pings take
	 * @param random where sequences start
	 * @param actions what to do about it
	 * @param observer hears of outcomes
	 */
	public FailureDetector(FailureDetectionSettings config, MembershipTable table, ProbeOrder order, LocalHealth health,
			RoundTripTimes roundTrips, RandomGenerator random, ProbeActions actions, ProtocolObserver observer) {
		this.table = table;
		this.order = order;
		this.health = health;
		this.roundTrips = roundTrips;
		this.actions = actions;
		this.observer = observer;
		this.intervalNanos = config.probeInterval().toNanos();
		this.timeoutNanosMax = config.probeTimeout().toNanos();
		this.helpersWanted = Math.min(config.indirectProbes(), ProbeRound.HELPERS_MAX);
		this.nextSequence = random.nextInt();
		for (int i = 0; i < ROUNDS; i++) {
			this.rounds[i] = new ProbeRound();
		}
	}

	/** A sequence number that no other open question of this node has. */
	public int takeSequence() {
		return this.nextSequence++;
	}

	/**
	 * Probes the next member of the order.
	 * @return when to call this again
	 */
	public long onTick(long nowNanos) {
		long end = nowNanos + this.health.scale(this.intervalNanos);
		int slot = this.order.next();
		if (slot != MembershipTable.NO_SLOT) {
			start(0, nowNanos, slot, end);
		}
		return end;
	}

	/**
	 * Probes a member beside the order, if there is room and it is not probed already.
	 */
	public void probe(long nowNanos, int slot) {
		int free = -1;
		for (int i = ROUNDS - 1; i >= 0; i--) {
			if (this.rounds[i].open && this.rounds[i].targetId == this.table.id(slot)) {
				return;
			}
			free = (i > 0 && !this.rounds[i].open) ? i : free;
		}
		if (free > 0) {
			start(free, nowNanos, slot, nowNanos + this.health.scale(this.intervalNanos));
		}
		else {
			this.observer.onDropped(DropReason.PROBES_LIMIT);
		}
	}

	/**
	 * Probes a member beside the order by datagram and stream at once, because somebody
	 * was refused a stream by its host.
	 */
	public void probeByStream(long nowNanos, int slot) {
		probe(nowNanos, slot);
		for (ProbeRound round : this.rounds) {
			if (round.open && round.targetId == this.table.id(slot)) {
				sendStreamPing(nowNanos, round);
			}
		}
	}

	private void sendStreamPing(long nowNanos, ProbeRound round) {
		if (!round.streamed) {
			round.streamed = true;
			this.actions.sendStreamPing(nowNanos, round.slot, round.sequence);
		}
	}

	/**
	 * Takes note that a stream to an address failed. A refusal ends the round of a target
	 * there as soon as a datagram would have been answered; a stream that broke may have
	 * been a leftover, and another is tried.
	 */
	public void onStreamFailed(long nowNanos, Address to, UnreachableReason why) {
		for (int index = 0; index < ROUNDS; index++) {
			ProbeRound round = this.rounds[index];
			if (!round.open || !isStillTarget(round) || !this.table.member(round.slot).address().equals(to)) {
				continue;
			}
			if (why == UnreachableReason.REFUSED && !round.refused) {
				round.refused = true;
				if (round.late) {
					long answered = nowNanos + timeoutNanos(round.slot);
					this.deadlines.set(index, (answered - round.endNanos < 0) ? answered : round.endNanos);
				}
			}
			else if (why == UnreachableReason.BROKEN && round.streamed && !round.streamedAgain) {
				round.streamedAgain = true;
				this.actions.sendStreamPing(nowNanos, round.slot, round.sequence);
			}
		}
	}

	private void start(int index, long nowNanos, int slot, long end) {
		ProbeRound round = this.rounds[index];
		round.start(slot, this.table.id(slot), takeSequence(), nowNanos, end);
		this.deadlines.set(index, nowNanos + timeoutNanos(slot));
		this.actions.sendPing(nowNanos, slot, round.sequence);
	}

	private long timeoutNanos(int slot) {
		return this.health.scale(this.roundTrips.timeoutNanos(this.table.zone(slot)));
	}

	/** Does what is due: asks helpers, and ends rounds. */
	public void onRoundsTimer(long nowNanos) {
		while (!this.deadlines.isEmpty() && this.deadlines.firstDeadline() - nowNanos <= 0) {
			int index = this.deadlines.firstKey();
			ProbeRound round = this.rounds[index];
			if (!isStillTarget(round)) {
				close(index);
			}
			else if (round.refused && !this.actions.hasHeardSince(nowNanos, round.slot, round.sentNanos)) {
				close(index);
				this.observer.onProbe(ProbeOutcome.TIMEOUT, nowNanos - round.sentNanos);
				this.actions.accuse(nowNanos, round.slot, true);
			}
			else if (!round.late) {
				round.late = true;
				this.deadlines.set(index, round.endNanos);
				this.actions.onLate(nowNanos, round.slot);
				askHelpers(nowNanos, round);
			}
			else if (nowNanos - round.endNanos < 0) {
				this.deadlines.set(index, round.endNanos);
			}
			else {
				finish(nowNanos, index);
			}
		}
	}

	/** Whether a round is open. */
	public boolean isProbing() {
		return !this.deadlines.isEmpty();
	}

	/** When to call {@link #onRoundsTimer}; only if a round is open. */
	public long nextDeadline() {
		return this.deadlines.firstDeadline();
	}

	private void askHelpers(long nowNanos, ProbeRound round) {
		int count = this.order.sampleAcrossZones(round.helpers, this.helpersWanted, round.slot,
				(slot) -> this.actions.isNeverHeard(nowNanos, slot));
		for (int i = 0; i < count; i++) {
			round.helperIds[i] = this.table.id(round.helpers[i]);
		}
		round.helperCount = count;
		long leftNanos = (long) ((round.endNanos - nowNanos) * HELPER_SHARE);
		for (int i = 0; i < count; i++) {
			int zone = this.table.zone(round.helpers[i]);
			long wayNanos = this.roundTrips.usualNanos(zone, this.timeoutNanosMax / 2);
			// A prober that is late itself may have no time left to give.
			int budgetMillis = (int) (Math.max(leftNanos - wayNanos, 0) / 1_000_000);
			this.actions.sendPingRequest(nowNanos, round.helpers[i], round.sequence, round.targetId, budgetMillis);
		}
		sendStreamPing(nowNanos, round);
	}

	/**
	 * Takes an answer.
	 * @param sequence the sequence that it names
	 * @param sender who sent it
	 * @param overStream whether it came over a stream, and so answers a ping that did
	 * @return whether it answers a ping of this detector
	 */
	public boolean onAck(long nowNanos, int sequence, long sender, boolean overStream) {
		int index = find(sequence, sender);
		if (index < 0) {
			return false;
		}
		ProbeRound round = this.rounds[index];
		if (!overStream && isStillTarget(round)) {
			// However late: only one datagram had this sequence.
			this.roundTrips.onRoundTrip(this.table.zone(round.slot), nowNanos - round.sentNanos);
		}
		succeed(nowNanos, index, round.late ? ProbeOutcome.INDIRECT : ProbeOutcome.DIRECT);
		return true;
	}

	/** Takes a helper's word that the target has answered. */
	public boolean onRelayedAck(long nowNanos, int sequence, long helper, long target) {
		int index = find(sequence, target);
		if (index < 0 || this.rounds[index].helperIndex(helper) < 0) {
			return false;
		}
		succeed(nowNanos, index, ProbeOutcome.INDIRECT);
		return true;
	}

	/** Takes a helper's word that it has had no answer: the helper at least is there. */
	public boolean onNack(int sequence, long helper, long target) {
		int index = find(sequence, target);
		int helperIndex = (index < 0) ? -1 : this.rounds[index].helperIndex(helper);
		if (helperIndex >= 0) {
			this.rounds[index].nackedHelpers |= 1 << helperIndex;
		}
		return helperIndex >= 0;
	}

	/** Gives up all rounds without a verdict: this node itself stood still. */
	public void voidRounds() {
		for (int index = 0; index < ROUNDS; index++) {
			close(index);
		}
	}

	/** Counts a reply that matches no open question. */
	public void countUnmatched() {
		this.observer.onDropped(DropReason.UNMATCHED_REPLY);
	}

	private int find(int sequence, long target) {
		for (int index = 0; index < ROUNDS; index++) {
			if (this.rounds[index].matches(sequence, target)) {
				return index;
			}
		}
		return -1;
	}

	private void succeed(long nowNanos, int index, ProbeOutcome outcome) {
		close(index);
		this.health.add(-1);
		this.observer.onProbe(outcome, nowNanos - this.rounds[index].sentNanos);
	}

	private void finish(long nowNanos, int index) {
		ProbeRound round = this.rounds[index];
		close(index);
		this.observer.onProbe(ProbeOutcome.TIMEOUT, nowNanos - round.sentNanos);
		// Helpers that did answer, if only to say no, prove that this node is well.
		this.health.add((round.helperCount > 0) ? round.missedNacks() : 1);
		this.actions.accuse(nowNanos, round.slot, false);
	}

	private void close(int index) {
		this.rounds[index].open = false;
		this.deadlines.cancel(index);
	}

	/** Whether the slot still holds the member that was pinged, and it is in. */
	private boolean isStillTarget(ProbeRound round) {
		return this.table.isIn(round.slot) && this.table.id(round.slot) == round.targetId;
	}

}
