package io.gossip.protocol.engine;

import io.gossip.Address;
import io.gossip.MemberState;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.probe.IndirectProbes;
import io.gossip.protocol.wire.PacketEncoder;
import io.gossip.protocol.wire.WireLimits;

/**
 * The small talk between two members: corrections of the stale, questions for records,
 * helping with a probe, knocking at the graves. All of it is limited in rate, because
 * every bit of it answers somebody else's packet.
 */
final class PeerTalk {

	private static final long SECOND_NANOS = 1_000_000_000L;

	private static final int QUESTIONS_PER_SECOND = 200;

	private static final int ANSWERS_PER_SECOND = 500;

	private static final int WITNESSES = 2;

	private final EngineState state;

	private final EngineParts parts;

	private final RateLimiter corrections;

	private final RateLimiter questions;

	private final RateLimiter answers;

	private final ReplyBatch answersDue = new ReplyBatch();

	private final RateLimiter knocks;

	private final int[] witnesses = new int[WITNESSES];

	/** No prober waits longer than its interval, stretched as far as can be. */
	private final long errandNanosMax;

	private final long errandNanosMin;

	private final int healingSequence;

	PeerTalk(EngineState state, EngineParts parts) {
		int perSecond = state.config.limits().correctionsPerSecond();
		this.state = state;
		this.parts = parts;
		this.corrections = new RateLimiter(SECOND_NANOS, perSecond);
		this.knocks = new RateLimiter(SECOND_NANOS, perSecond);
		this.questions = new RateLimiter(SECOND_NANOS / 5, QUESTIONS_PER_SECOND);
		this.answers = new RateLimiter(0, ANSWERS_PER_SECOND);
		this.healingSequence = state.random.nextInt();
		this.errandNanosMin = state.config.failureDetection().probeTimeout().toNanos();
		this.errandNanosMax = state.config.failureDetection().probeInterval().toNanos()
				* (state.config.failureDetection().localHealthMax() + 1);
	}

	/** Tells a member what is held of it, so that it refutes. */
	void correct(long nowNanos, Address to, boolean overStream, int slot) {
		if (!this.corrections.tryAcquire(nowNanos, this.state.table.id(slot))) {
			this.state.drop(DropReason.CORRECTIONS_LIMIT);
			return;
		}
		this.parts.packets.begin(this.state.table.id(slot)).markCorrection();
		this.parts.packets.correction(slot);
		reply(to, overStream, TrafficClass.PROBE);
	}

	/**
	 * Tells whoever came to the wrong cluster over a stream that somebody is there, whose
	 * cluster is another one: else a wrong name of the cluster looks like silence.
	 */
	void tellOtherCluster(long nowNanos, Address to, long stranger) {
		if (!this.corrections.tryAcquire(nowNanos, stranger)) {
			this.state.drop(DropReason.CORRECTIONS_LIMIT);
			return;
		}
		PacketEncoder packet = this.parts.packets.beginFrame(stranger);
		packet.markCorrection();
		packet.ack(0);
		this.parts.packets.sendFrame(to, TrafficClass.BULK);
	}

	/** Asks a peer for the record of a member. */
	void askFor(long nowNanos, Address to, boolean overStream, long peer, long subject) {
		if (!this.state.isActive()) {
			return;
		}
		if (this.state.table.slotOf(subject) == MembershipTable.NO_SLOT) {
			this.parts.join.onStranger(nowNanos);
		}
		if (!this.questions.tryAcquire(nowNanos, subject)) {
			this.state.drop(DropReason.RATE_LIMIT);
			return;
		}
		if (!this.state.budgets.grantsBulk(nowNanos)) {
			return;
		}
		this.parts.packets.begin(peer).recordRequest(subject);
		this.parts.packets.sendBulk(nowNanos, to, overStream);
	}

	/** Takes note that the sender of the packet asks for the record of a member. */
	void answerRequest(int slot) {
		if (!this.answersDue.add(ReplyBatch.Kind.RECORD, this.state.table.id(slot))) {
			this.state.drop(DropReason.RATE_LIMIT);
		}
	}

	/** Gives the sender of a packet the records that it has asked for. */
	void flushAnswers(long nowNanos, Address to, boolean overStream, long peer) {
		int count = this.answersDue.size();
		for (int first = 0; first < count;) {
			if (!this.answers.tryAcquire(nowNanos, peer)) {
				this.state.drop(DropReason.RATE_LIMIT);
				break;
			}
			if (!this.state.budgets.grantsBulk(nowNanos)) {
				break;
			}
			first = answerFrom(nowNanos, first, to, overStream, peer);
		}
		this.answersDue.clear();
	}

	private int answerFrom(long nowNanos, int first, Address to, boolean overStream, long peer) {
		PacketEncoder packet = overStream ? this.parts.packets.beginFrame(peer) : this.parts.packets.begin(peer);
		int next = first;
		int slot = MembershipTable.NO_SLOT;
		boolean fits = true;
		while (next < this.answersDue.size() && fits) {
			slot = this.state.table.slotOf(this.answersDue.value(next));
			fits = slot == MembershipTable.NO_SLOT
					|| this.parts.packets.record(slot, tombstoneAgeMillis(nowNanos, slot));
			next += fits ? 1 : 0;
		}
		if (packet.messages() > 0) {
			this.parts.packets.sendBulk(nowNanos, to, overStream);
		}
		else if (!fits) {
			// Too large for a datagram, so it goes by itself.
			this.parts.packets.sendRecord(nowNanos, to, peer, slot, tombstoneAgeMillis(nowNanos, slot), false);
			next++;
		}
		return next;
	}

	/** How long a member is known to be gone, which travels with the news of it. */
	private int tombstoneAgeMillis(long nowNanos, int slot) {
		if (this.state.table.isIn(slot)) {
			return 0;
		}
		int ageMillis = this.state.millis(nowNanos) - this.state.table.sinceMillis(slot);
		return Math.min(Math.max(ageMillis, 0), WireLimits.AGE_MILLIS_MAX);
	}

	/** Pings a member for somebody else, or says at once that it cannot. */
	void helpProbe(long nowNanos, Address from, long asker, int sequence, long target, int budgetMillis) {
		int slot = this.state.table.slotOf(target);
		int errand = IndirectProbes.NO_ERRAND;
		int own = this.parts.detector.takeSequence();
		// Only members are pinged, or anybody could make this node send to any address.
		if (slot != MembershipTable.NO_SLOT && slot != SelfRecord.SLOT) {
			long budgetNanos = Math.min(budgetMillis * 1_000_000L, this.errandNanosMax);
			errand = this.parts.errands.begin(nowNanos, asker, from, sequence, own, target, budgetNanos,
					this.errandNanosMin);
			if (errand == IndirectProbes.NO_ERRAND) {
				this.state.drop(DropReason.RELAYS_LIMIT);
			}
		}
		if (errand == IndirectProbes.NO_ERRAND) {
			this.parts.packets.begin(asker).nack(sequence, target);
			this.parts.packets.send(from, TrafficClass.PROBE);
			return;
		}
		this.state.timers.armBy(EngineTimer.RELAYS, this.parts.errands.nextDeadline());
		sendPing(nowNanos, slot, own);
	}

	/** Tells askers that their targets have not answered yet. */
	void onRelaysTimer(long nowNanos) {
		IndirectProbes errands = this.parts.errands;
		for (int errand = errands.takeDueNack(nowNanos); errand != IndirectProbes.NO_ERRAND; errand = errands
			.takeDueNack(nowNanos)) {
			this.parts.packets.begin(errands.requester(errand))
				.nack(errands.requesterSequence(errand), errands.target(errand));
			this.parts.packets.send(errands.requesterAddress(errand), TrafficClass.PROBE);
		}
		if (!errands.isEmpty()) {
			this.state.timers.arm(EngineTimer.RELAYS, errands.nextDeadline());
		}
	}

	/** Pings a member; one that is not held alive is told so in the same packet. */
	void sendPing(long nowNanos, int slot, int sequence) {
		beginPing(slot, sequence);
		this.parts.packets.sendProbe(nowNanos, this.state.table.member(slot).address(), this.state.table.id(slot));
	}

	/** Pings a member that may not be reached, or one of many: without news. */
	void sendPlainPing(int slot, int sequence) {
		beginPing(slot, sequence);
		this.parts.packets.send(this.state.table.member(slot).address(), TrafficClass.PROBE);
	}

	private void beginPing(int slot, int sequence) {
		MembershipTable table = this.state.table;
		PacketEncoder packet = this.parts.packets.beginWithHash(table.id(slot));
		this.parts.zones.tell(packet);
		if (table.state(slot) != MemberState.ALIVE && !this.parts.zones.isSpared(slot)) {
			// Before the ping, so that the answer carries the refutation.
			this.parts.packets.correction(slot);
		}
		packet.ping(sequence);
	}

	/**
	 * Asks two members when they last heard from another, one of its zone and one of this
	 * node's, or of a third where that is the same, if a few tries find such: a cut that
	 * nobody has noticed yet may be between this node and most of the others.
	 * @return whether there is anybody to ask
	 */
	boolean askWitnesses(int slot) {
		if (this.state.table.sizeIn() <= 3) {
			return false;
		}
		long subject = this.state.table.id(slot);
		int count = this.state.order.sampleAcrossZones(this.witnesses, WITNESSES, slot, (witness) -> false);
		for (int i = 0; i < count; i++) {
			int witness = this.witnesses[i];
			this.parts.packets.begin(this.state.table.id(witness)).witnessRequest(subject);
			this.parts.packets.send(this.state.table.member(witness).address(), TrafficClass.PROBE);
		}
		return count > 0;
	}

	/** Tells when this node last heard from a member, and what it holds of it. */
	void testify(long nowNanos, Address to, long asker, int slot) {
		if (!this.answers.tryAcquire(nowNanos, asker)) {
			this.state.drop(DropReason.RATE_LIMIT);
			return;
		}
		MembershipTable table = this.state.table;
		int heardAgoMillis = this.state.millis(nowNanos) - table.heardMillis(slot);
		PacketEncoder packet = this.parts.packets.begin(asker);
		this.parts.zones.tell(packet);
		packet.witness(table.id(slot), Math.min(Math.max(heardAgoMillis, 0), WireLimits.AGE_MILLIS_MAX));
		this.parts.packets.liveness(slot, this.state.suspicions.accuser(slot), 0);
		this.parts.packets.send(to, TrafficClass.PROBE);
	}

	/** Tells a member that somebody holds it dead; it refutes if it lives. */
	void tellOfDeath(long nowNanos, int slot, int incarnation, int instance, long accuser) {
		if (!this.knocks.tryAcquire(nowNanos, this.state.table.id(slot))) {
			this.state.drop(DropReason.CORRECTIONS_LIMIT);
			return;
		}
		PacketEncoder packet = this.parts.packets.begin(this.state.table.id(slot));
		packet.liveness(this.state.table.id(slot), MemberState.DEAD, incarnation, instance, 0, accuser);
		packet.ping(this.healingSequence);
		this.parts.packets.send(this.state.table.member(slot).address(), TrafficClass.BULK);
	}

	/**
	 * Knocks at a grave, if somebody claims that its member lives; in a zone that is cut
	 * off nobody would answer.
	 */
	void tryBuried(long nowNanos, int slot, MemberState claimed, int incarnation) {
		if (claimed.isIn() && this.state.table.state(slot) == MemberState.DEAD
				&& incarnation == this.state.table.incarnation(slot) && !this.parts.zones.reclaims(nowNanos, slot)) {
			knock(nowNanos, slot);
		}
	}

	/**
	 * Pings a member that is held dead or suspected, which says so.
	 * @return whether it could, within what may be asked in a second
	 */
	boolean knock(long nowNanos, int slot) {
		boolean may = this.knocks.tryAcquire(nowNanos, this.state.table.id(slot));
		if (may) {
			sendPlainPing(slot, this.healingSequence);
		}
		else {
			this.state.drop(DropReason.CORRECTIONS_LIMIT);
		}
		return may;
	}

	/** Pings an address of which nothing is known but that it is a seed. */
	void knockAtSeed(Address seed) {
		this.parts.packets.beginWithHash(0).ping(this.healingSequence);
		this.parts.packets.send(seed, TrafficClass.BULK);
	}

	/** Whether an answer is to a knock; what it is good for is done for any packet. */
	boolean onHealingAck(int sequence) {
		return sequence == this.healingSequence;
	}

	private void reply(Address to, boolean overStream, TrafficClass trafficClass) {
		if (overStream) {
			this.parts.packets.sendFrame(to, trafficClass);
		}
		else {
			this.parts.packets.send(to, trafficClass);
		}
	}

}
