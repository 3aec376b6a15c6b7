package io.gossip.protocol.engine;

import io.gossip.MemberState;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.probe.AskingDelay;
import io.gossip.protocol.probe.FlapDamping;
import io.gossip.protocol.probe.Suspicions;

/**
 * The course of suspicions: how long each lasts, who confirms it, who is asked at its
 * end, and whether it ends in death.
 */
final class SuspicionCourse {

	/** How often others are asked for signs of life, at the end of a suspicion. */
	private static final int WITNESS_ROUNDS = 2;

	/** The same of a node that stood still: the refutation may be what it has missed. */
	private static final int WITNESS_ROUNDS_AFTER_STALL = 4;

	/** A zone is given up as a whole, a little before its single members would be. */
	private static final long HOLD_MARGIN_NANOS = 60_000_000_000L;

	/** So often witnesses are asked about a member before it counts as made up. */
	private static final int UNHEARD_ROUNDS = 2;

	/** The same of a member that has spoken to this node. */
	private static final int UNKNOWN_ROUNDS = 8;

	/** With more members than this, one accuser alone never suffices. */
	private static final int LONE_ACCUSER_MEMBERS_MAX = 3;

	private final EngineState state;

	private final EngineParts parts;

	private final MembershipTable table;

	private final Suspicions suspicions;

	private final SuspicionTimes times;

	private final Refusals refusals;

	private final FlapDamping damping;

	SuspicionCourse(EngineState state, EngineParts parts, FlapDamping damping) {
		this.state = state;
		this.parts = parts;
		this.table = state.table;
		this.suspicions = state.suspicions;
		this.times = new SuspicionTimes(state.config);
		this.refusals = new Refusals(state, this.times);
		this.damping = damping;
	}

	/** Begins the suspicion of a member, and has those who look after it probe it. */
	void begin(long nowNanos, int slot, long accuser) {
		if (this.suspicions.isFull()) {
			// It begins when somebody accuses again and there is room, or tells of a
			// death.
			this.state.drop(DropReason.SUSPICIONS_LIMIT);
			return;
		}
		int members = this.table.sizeIn();
		long patience = this.damping.factor(this.state.millis(nowNanos), this.table.id(slot));
		this.suspicions.start(slot, nowNanos, accuser, this.times.confirmations(members),
				patience * this.times.minNanos(members), patience * this.times.maxNanos(members));
		planFromStart(slot);
		if (accuser != this.state.selfId && this.state.rings.isWard(slot)) {
			// Confirmations are solicited, not awaited.
			this.parts.detector.probe(nowNanos, slot);
		}
	}

	/**
	 * Counts an accuser of a member that is suspected.
	 * @return whether it is news
	 */
	boolean confirm(long nowNanos, int slot, long accuser) {
		if (beginIfNoneRuns(nowNanos, slot, accuser)) {
			return true;
		}
		boolean isNews = this.suspicions.confirm(slot, accuser);
		if (isNews && this.suspicions.asks(slot) == 0) {
			plan(slot);
		}
		return isNews;
	}

	/**
	 * Counts somebody who was refused a stream by a member that is suspected.
	 * @return whether it is news
	 */
	boolean refuse(long nowNanos, int slot, long accuser) {
		boolean isNews = this.refusals.count(nowNanos, slot, accuser);
		if (isNews && this.suspicions.asks(slot) == 0) {
			plan(slot);
		}
		return isNews;
	}

	/**
	 * Takes the word of somebody who has waited for the member before: no longer than the
	 * shortest time need be waited again.
	 */
	void onHearsayOfDeath(long nowNanos, int slot, long teller) {
		beginIfNoneRuns(nowNanos, slot, teller);
		if (this.suspicions.isRunning(slot)) {
			this.suspicions.hastenToMin(slot);
			if (this.suspicions.asks(slot) == 0) {
				plan(slot);
			}
		}
	}

	/** Too many may have run when the member was accused first. */
	private boolean beginIfNoneRuns(long nowNanos, int slot, long accuser) {
		if (this.suspicions.isRunning(slot) || this.table.state(slot) != MemberState.SUSPECT) {
			return false;
		}
		begin(nowNanos, slot, accuser);
		return this.suspicions.isRunning(slot);
	}

	/**
	 * Whether a suspicion has run for so long that others may have ended it in death: the
	 * shortest time, less what news takes to come here, or the time of news where
	 * refusals hasten it. Before that a member that lives has not had the time to refute.
	 */
	boolean isDue(long nowNanos, int slot) {
		int members = this.table.sizeIn();
		long minNanos = this.times.minNanos(members);
		if (!hasOthersToAsk() || this.state.isNewSince(nowNanos - minNanos)) {
			// A newcomer has not heard of suspicions that began before it came.
			return true;
		}
		if (!this.suspicions.isRunning(slot)) {
			return false;
		}
		long spreadNanos = this.times.spreadNanos(members);
		long leastNanos = this.refusals.areEnough(slot) ? spreadNanos : minNanos - spreadNanos;
		return nowNanos - this.suspicions.evidenceNanos(slot) >= leastNanos;
	}

	/** Whether a refusal by a member means anything. */
	boolean trustsRefusals(int slot) {
		return this.refusals.areTrusted(slot);
	}

	/**
	 * What becomes of a suspicion that has run out. It does not end in death if somebody
	 * has heard from the member since it was accused: larger timeouts do not help where
	 * every fifth packet is lost, asking does.
	 */
	Verdict verdict(long nowNanos, int slot) {
		if (this.parts.zones.defers(slot, MemberState.DEAD)) {
			// A sign of life had put it off after its zone was cut off; it rests with it.
			long timeoutNanos = this.state.config.failureDetection().zoneUnreachableTimeout().toNanos();
			this.state.memberDeadlines.set(slot, nowNanos + timeoutNanos + HOLD_MARGIN_NANOS);
			return Verdict.WAITS;
		}
		if (isExcused(nowNanos, slot)) {
			this.state.memberDeadlines.set(slot, excuseEndNanos(slot));
			return Verdict.WAITS;
		}
		if (putOffBy(nowNanos, slot, this.state.heardAgoNanos(nowNanos, slot))) {
			return Verdict.WAITS;
		}
		if (isEarly(nowNanos, slot)) {
			// It may have refuted long ago, and only this node has missed it; or it has
			// never heard of an accusation that was of its earlier start.
			if (this.parts.peers.knock(nowNanos, slot)) {
				this.suspicions.countEarlyAsk(slot);
				this.parts.peers.askWitnesses(slot);
				plan(slot);
			}
			else {
				this.state.memberDeadlines.set(slot, nowNanos + this.times.witnessNanos());
			}
			return Verdict.WAITS;
		}
		if (this.suspicions.asks(slot) < witnessRounds(slot) && this.parts.peers.askWitnesses(slot)) {
			this.suspicions.countAsk(slot);
			long answered = nowNanos + this.times.witnessNanos();
			long planned = nextStepNanos(slot);
			this.state.memberDeadlines.set(slot, (planned - answered > 0) ? planned : answered);
			return Verdict.WAITS;
		}
		// Nobody can confirm what is said of a member that nobody else knows.
		if (!isUnconfirmed(slot) || isUnheardOf(nowNanos, slot)) {
			return Verdict.DEAD;
		}
		if (!this.state.hasHeardSince(this.suspicions.evidenceNanos(slot))
				|| this.suspicions.rounds(slot) >= UNKNOWN_ROUNDS) {
			// Who hears nobody at all has nobody to wait for, and nobody to tell; nor has
			// the only one to whom a member has ever spoken.
			return Verdict.DEAD_TO_US;
		}
		// Nobody has confirmed it although they were asked to: they are asked again.
		putOff(slot, nowNanos);
		this.suspicions.countRound(slot);
		return Verdict.ANEW;
	}

	/**
	 * Whether a member has announced a pause that is not over, or has just ended. Two
	 * members whom its host refused a stream know better.
	 */
	boolean isExcused(long nowNanos, int slot) {
		return this.state.pauses.isAnnounced(this.table.id(slot), this.table.incarnation(slot),
				this.table.instance(slot)) && excuseEndNanos(slot) - nowNanos > 0 && !this.refusals.areEnough(slot);
	}

	private long excuseEndNanos(int slot) {
		return this.state.pauses.endNanos(this.table.id(slot)) + this.times.minNanos(this.table.sizeIn());
	}

	/**
	 * Whether a member has never spoken to this node, and nobody who was asked has heard
	 * of it: somebody may have made it up.
	 */
	private boolean isUnheardOf(long nowNanos, int slot) {
		return this.suspicions.rounds(slot) >= UNHEARD_ROUNDS
				&& this.table.isNeverHeard(slot, this.state.millis(nowNanos));
	}

	/**
	 * Whether there are more members than the subject, its accuser and one to settle it.
	 */
	private boolean hasOthersToAsk() {
		return this.table.sizeIn() > LONE_ACCUSER_MEMBERS_MAX;
	}

	/** Whether one accuser stands alone in a cluster where others could confirm. */
	private boolean isUnconfirmed(int slot) {
		return hasOthersToAsk() && this.times.confirmations(this.table.sizeIn()) > 0
				&& this.suspicions.confirmations(slot) == 0;
	}

	/**
	 * Takes a sign of life of a member.
	 * @return whether it puts off the death of the member
	 */
	boolean onWitness(long nowNanos, int slot, long heardAgoNanos) {
		if (this.suspicions.isRunning(slot)) {
			this.suspicions.vouch(slot);
		}
		return this.suspicions.isRunning(slot)
				&& (this.suspicions.asks(slot) > 0 || this.suspicions.hasAskedEarly(slot))
				&& putOffBy(nowNanos, slot, heardAgoNanos);
	}

	private boolean putOffBy(long nowNanos, int slot, long heardAgoNanos) {
		if (nowNanos - heardAgoNanos - this.suspicions.evidenceNanos(slot) <= 0) {
			return false;
		}
		this.refusals.spend(slot);
		putOff(slot, nowNanos);
		// It lives and has not refuted, or its refutation was lost: it is told again.
		this.parts.peers.knock(nowNanos, slot);
		return true;
	}

	private void putOff(int slot, long nowNanos) {
		this.suspicions.putOff(slot, nowNanos);
		planFromStart(slot);
	}

	private void plan(int slot) {
		this.state.memberDeadlines.set(slot, nextStepNanos(slot));
	}

	/**
	 * Takes note that a member has started again, which may not have heard that an
	 * earlier start is suspected: it is told, or soon if that cannot be done at once.
	 */
	void onNewStart(long nowNanos, int slot) {
		if (this.suspicions.isRunning(slot) && !this.parts.peers.knock(nowNanos, slot)) {
			long soon = nowNanos + this.times.witnessNanos();
			this.suspicions.askEarlyAt(slot, soon);
			this.state.memberDeadlines.set(slot, soon);
		}
	}

	/**
	 * Plans a suspicion that begins, or begins again: all others who suspect the member
	 * may be about to ask it, and the answer comes to all.
	 */
	private void planFromStart(int slot) {
		int members = this.table.sizeIn();
		long delayNanos = AskingDelay.nanos(members, this.times.spreadNanos(members), this.state.random.nextDouble());
		this.suspicions.askEarlyAt(slot, this.suspicions.minDeadlineNanos(slot) + delayNanos);
		plan(slot);
	}

	private boolean isEarly(long nowNanos, int slot) {
		return !this.suspicions.hasAskedEarly(slot) && lastRoundsNanos(slot) - nowNanos > 0;
	}

	/** When to ask witnesses, or else to declare the member dead. */
	private long nextStepNanos(int slot) {
		long last = lastRoundsNanos(slot);
		if (this.suspicions.hasAskedEarly(slot) || !hasOthersToAsk()) {
			return last;
		}
		// However soon the end is, it is not asked for the first time then.
		long untilLast = Math.max(last - this.suspicions.minDeadlineNanos(slot), 0);
		long early = this.suspicions.earlyAskNanos(slot);
		long latest = last - untilLast / 2;
		return (early - latest < 0) ? early : latest;
	}

	private long lastRoundsNanos(int slot) {
		int rounds = hasOthersToAsk() ? witnessRounds(slot) - this.suspicions.asks(slot) : 0;
		return this.suspicions.deadlineNanos(slot) - Math.max(rounds, 0) * this.times.witnessNanos();
	}

	/**
	 * How often witnesses are asked. What came while this node stood still may have been
	 * more than its buffers hold: it has heard the accusations, which came first, and not
	 * the refutation.
	 */
	private int witnessRounds(int slot) {
		long newsNanos = this.times.minNanos(this.table.sizeIn());
		return this.state.hasStalledSince(this.suspicions.evidenceNanos(slot) - newsNanos) ? WITNESS_ROUNDS_AFTER_STALL
				: WITNESS_ROUNDS;
	}

	/** Lets the suspicions of a zone rest. */
	void hold(int zone, long untilNanos) {
		for (int place = 0; place < this.suspicions.size(); place++) {
			int slot = this.suspicions.slotAt(place);
			if (this.table.zone(slot) == zone) {
				holdOne(slot, untilNanos);
			}
		}
	}

	/** Lets the suspicion of a member rest. */
	void holdOne(int slot, long untilNanos) {
		this.state.rumors.retractLiveness(slot);
		this.state.memberDeadlines.set(slot, untilNanos + HOLD_MARGIN_NANOS);
	}

	/** Gives every suspicion more time, because this node stood still. */
	void extendAll(long stallNanos) {
		this.suspicions.extendAll(stallNanos);
		for (int place = 0; place < this.suspicions.size(); place++) {
			int slot = this.suspicions.slotAt(place);
			long moved = this.state.memberDeadlines.deadlineOf(slot) + stallNanos;
			// More witnesses are asked from now on, which begins sooner.
			boolean isAtRest = this.suspicions.asks(slot) > 0 || this.parts.zones.defers(slot, MemberState.DEAD);
			long next = isAtRest ? moved : nextStepNanos(slot);
			this.state.memberDeadlines.set(slot, (next - moved < 0) ? next : moved);
		}
	}

	/**
	 * Ends the suspicion of a member, if one runs.
	 * @param instance the start that the member is held at from now on
	 */
	void end(int slot, int instance) {
		if (instance != this.table.instance(slot)) {
			this.refusals.forget(slot);
		}
		else {
			this.refusals.spend(slot);
		}
		this.suspicions.end(slot);
	}

	/** Ends the suspicion of a member that is forgotten. */
	void forget(int slot) {
		this.suspicions.end(slot);
		this.refusals.forget(slot);
	}

	/** What becomes of a suspicion that has run out. */
	enum Verdict {

		/** The member is dead. */
		DEAD,

		/** The member is dead for this node, which alone says so and tells nobody. */
		DEAD_TO_US,

		/** There is more to wait for. */
		WAITS,

		/** It begins anew, and others are asked for confirmation again. */
		ANEW

	}

}
