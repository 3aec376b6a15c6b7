package io.gossip.protocol.engine;

import java.time.Duration;
import java.util.List;

import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.NodeId;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.membership.ForgottenDead;
import io.gossip.protocol.membership.LocalIncarnation;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.membership.Precedence;
import io.gossip.protocol.membership.Tombstones;
import io.gossip.protocol.probe.AccuserLimit;
import io.gossip.protocol.probe.FlapDamping;
import io.gossip.protocol.rumor.RumorKind;
import io.gossip.protocol.rumor.RumorPriority;
import io.gossip.protocol.wire.RecordCursor;
import org.jspecify.annotations.Nullable;

/**
 * The records of the others: every claim about a member is merged here, and what follows
 * from a change (events, rumors, suspicions, tombstones) is done here.
 */
class MemberRecords {

	/**
	 * A tombstone this close to its end is not adopted, or it would circulate for ever.
	 */
	private static final double ADOPTABLE_SHARE = 0.9;

	/** Whoever is said to be gone may come back with a refutation for so long. */
	private static final int GONE_FOR_MILLIS = 60_000;

	private final EngineState state;

	private final EngineParts parts;

	private final MembershipTable table;

	private final SuspicionCourse course;

	private final AccuserLimit accusers = new AccuserLimit();

	private final FlapDamping damping = new FlapDamping();

	private final ForgottenDead forgotten;

	private final Tombstones tombstones;

	MemberRecords(EngineState state, EngineParts parts) {
		this.state = state;
		this.parts = parts;
		this.table = state.table;
		this.forgotten = new ForgottenDead(state.config.limits().membersMax());
		this.tombstones = new Tombstones(this.table, state.memberDeadlines);
		this.course = new SuspicionCourse(state, parts, this.damping);
	}

	/**
	 * Merges a claim about the state of a member that is known, other than this node.
	 * @param accuser who accused it, zero if nobody
	 * @param bornNanos when the news was made
	 * @param isNews whether to spread it
	 * @return negative, zero or positive as the claim is older than, the same as or newer
	 * than what is held
	 */
	int mergeLiveness(long nowNanos, int slot, MemberState claimed, int incarnation, int instance, long accuser,
			long bornNanos, boolean isNews) {
		int order = Precedence.compareLiveness(incarnation, claimed, instance, this.table.incarnation(slot),
				this.table.state(slot), this.table.instance(slot));
		if (order >= 0 && this.parts.zones.defers(slot, claimed)) {
			return 0;
		}
		if (order > 0 && claimed == MemberState.DEAD && incarnation == this.table.incarnation(slot)
				&& this.course.isExcused(nowNanos, slot)) {
			// Who says so has not heard of the pause.
			return 0;
		}
		if (order == 0 && claimed == MemberState.SUSPECT && this.course.confirm(nowNanos, slot, accuser)) {
			armTimer();
			spread(slot, RumorKind.LIVENESS, accuser, bornNanos, RumorPriority.STATE);
		}
		if (order > 0) {
			if (claimed == MemberState.SUSPECT && isExcessive(nowNanos, accuser)) {
				this.state.drop(DropReason.ACCUSATIONS_LIMIT);
				return 0;
			}
			boolean returns = claimed.isIn() && this.table.state(slot) == MemberState.DEAD
					&& instance == this.table.instance(slot);
			if (returns && !this.damping.onReturn(this.state.millis(nowNanos), this.table.id(slot))) {
				this.state.drop(DropReason.RETURNS_LIMIT);
			}
			apply(nowNanos, slot, claimed, incarnation, instance, accuser);
			if (isNews && this.table.isUsed(slot)) {
				spread(slot, RumorKind.LIVENESS, accuser, bornNanos,
						(claimed == MemberState.LEFT) ? RumorPriority.URGENT : RumorPriority.STATE);
			}
		}
		return order;
	}

	/** Whether an accuser other than this node has accused too many of late. */
	private boolean isExcessive(long nowNanos, long accuser) {
		return accuser != 0 && accuser != this.state.selfId
				&& !this.accusers.tryAccuse(this.state.millis(nowNanos), accuser);
	}

	/**
	 * Merges a whole record of a member other than this node.
	 * @return whether anything was news
	 */
	boolean mergeRecord(long nowNanos, RecordCursor record, long bornNanos, boolean isNews) {
		int slot = this.table.slotOf(record.subject());
		if (slot == MembershipTable.NO_SLOT) {
			return addUnknown(nowNanos, record, bornNanos, isNews);
		}
		int content = Precedence.compareContent(record.contentVersion(), record.contentInstance(),
				this.table.member(slot).contentVersion(), this.table.member(slot).instance());
		Member previous = this.table.member(slot);
		if (content > 0) {
			this.table.setMember(slot, decode(record));
			if (previous.instance() != record.contentInstance()) {
				this.state.budgets.onNewcomer(nowNanos, this.table.sizeIn());
			}
		}
		boolean wasIn = this.table.isIn(slot);
		int liveness = mergeLiveness(nowNanos, slot, record.state(), record.incarnation(), record.instance(),
				record.accuser(), bornNanos, isNews && content <= 0);
		if (content > 0 && this.table.isUsed(slot)) {
			tellNewStart(nowNanos, slot);
			if (wasIn && this.table.isIn(slot)) {
				this.state.effects
					.emit(new MembershipEvent.Updated(this.table.member(slot), this.table.incarnation(slot), previous));
			}
			// What is held of it only here, after a cut, say, would be news to those who
			// know better.
			boolean isOldDeath = !this.table.isIn(slot) && liveness <= 0;
			// The content of a new start with the death of an earlier one would be the
			// death of the new one, which is about to refute.
			boolean isOfTwoStarts = !this.table.isIn(slot) && this.table.instance(slot) != record.contentInstance();
			if (isNews && !isOldDeath && !isOfTwoStarts) {
				spread(slot, RumorKind.RECORD, 0, bornNanos, RumorPriority.CONTENT);
			}
		}
		return content > 0 || liveness > 0;
	}

	/** Takes note of the death of somebody who is not in the table. */
	void onDeathOfUnknown(long subject, int instance, int incarnation) {
		this.forgotten.add(subject, instance, incarnation);
	}

	/** Whether somebody who is not in the table is known to be dead. */
	boolean isForgotten(RecordCursor record) {
		return this.forgotten.contains(record.subject(), record.instance(), record.incarnation());
	}

	/** Takes over a cluster at rest: all are alive, and nobody has to be told. */
	void adoptAll(long nowNanos, List<Member> members) {
		this.table.reserve(members.size());
		this.state.order.reserve(members.size());
		int nowMillis = this.state.millis(nowNanos);
		for (Member member : members) {
			if (member.id().value() != this.state.selfId) {
				this.state.order.add(this.table.add(member, MemberState.ALIVE, LocalIncarnation.FIRST,
						member.instance(), nowMillis));
			}
		}
		this.state.rings.onManyChanged();
	}

	/**
	 * Merges an accusation by somebody who was refused a stream, which may end the
	 * suspicion soon and has those who look after the member try for themselves.
	 * @return as {@link #mergeLiveness}
	 */
	int mergeRefusal(long nowNanos, int slot, int incarnation, int instance, long accuser, long bornNanos) {
		int order = mergeLiveness(nowNanos, slot, MemberState.SUSPECT, incarnation, instance, accuser, bornNanos, true);
		if (order < 0 || this.parts.zones.defers(slot, MemberState.SUSPECT)
				|| !this.course.refuse(nowNanos, slot, accuser)) {
			return order;
		}
		armTimer();
		spread(slot, RumorKind.LIVENESS, accuser, bornNanos, RumorPriority.STATE);
		if (accuser != this.state.selfId && this.state.rings.isWard(slot)) {
			this.parts.detector.probeByStream(nowNanos, slot);
		}
		return 1;
	}

	/**
	 * Accuses a member that has not answered this node.
	 * @param refused whether its host has refused a stream
	 */
	void accuse(long nowNanos, int slot, boolean refused) {
		if (refused && this.course.trustsRefusals(slot)) {
			mergeRefusal(nowNanos, slot, this.table.incarnation(slot), this.table.instance(slot), this.state.selfId,
					nowNanos);
		}
		else {
			this.parts.zones.onUnanswered(nowNanos, slot);
			if (!this.parts.zones.tests().holds(slot)) {
				accuse(nowNanos, slot, this.state.selfId);
			}
		}
	}

	private void onSuspicionEnds(long nowNanos, int slot) {
		long accuser = this.state.suspicions.accuser(slot);
		switch (this.course.verdict(nowNanos, slot)) {
			case DEAD -> mergeLiveness(nowNanos, slot, MemberState.DEAD, this.table.incarnation(slot),
					this.table.instance(slot), accuser, nowNanos, true);
			case DEAD_TO_US -> giveUp(nowNanos, slot);
			case ANEW -> spread(slot, RumorKind.LIVENESS, accuser, nowNanos, RumorPriority.STATE);
			case WAITS -> {
				// The course has set its next deadline.
			}
		}
	}

	/** Takes a sign of life of a member. */
	void onWitness(long nowNanos, int slot, long heardAgoNanos) {
		if (this.course.onWitness(nowNanos, slot, heardAgoNanos)) {
			armTimer();
		}
	}

	/** Takes the word of a member that it holds another dead, which is suspected here. */
	void onHearsayOfDeath(long nowNanos, int slot, long teller) {
		accuse(nowNanos, slot, teller);
		this.course.onHearsayOfDeath(nowNanos, slot, teller);
		armTimer();
	}

	/**
	 * Whether a death that is told may be believed: the member was suspected here for
	 * long enough to refute it.
	 */
	boolean isDeathDue(long nowNanos, int slot) {
		return this.course.isDue(nowNanos, slot);
	}

	/**
	 * Takes news of a death that comes too early to be believed: it counts as what it
	 * should have followed, an accusation, and its teller confirms it.
	 */
	void onEarlyDeath(long nowNanos, int slot, int incarnation, int instance, long accuser, long teller) {
		mergeLiveness(nowNanos, slot, MemberState.SUSPECT, incarnation, instance, accuser, nowNanos, true);
		onHearsayOfDeath(nowNanos, slot, teller);
	}

	/** Lets the suspicions of a zone rest: it has been cut off as a whole. */
	void holdSuspicions(int zone, long untilNanos) {
		this.course.hold(zone, untilNanos);
		armTimer();
	}

	/** Gives every suspicion more time, because this node stood still. */
	void extendSuspicions(long stallNanos) {
		this.course.extendAll(stallNanos);
		armTimer();
	}

	/** Takes an accusation of a member at the incarnation that is held. */
	void accuse(long nowNanos, int slot, long accuser) {
		mergeLiveness(nowNanos, slot, MemberState.SUSPECT, this.table.incarnation(slot), this.table.instance(slot),
				accuser, nowNanos, true);
	}

	/** Ends what has run out: suspicions in death, tombstones in oblivion. */
	void onMembersTimer(long nowNanos) {
		int budget = 64;
		while (!this.state.memberDeadlines.isEmpty() && budget-- > 0
				&& this.state.memberDeadlines.firstDeadline() - nowNanos <= 0) {
			int slot = this.state.memberDeadlines.firstKey();
			if (this.table.state(slot) == MemberState.SUSPECT) {
				onSuspicionEnds(nowNanos, slot);
			}
			else {
				forget(slot);
			}
		}
		armTimer();
	}

	/** Takes back the suspicions of a zone that is no longer cut off. */
	void withdrawSuspicions(long nowNanos, int zone) {
		for (int place = this.state.suspicions.size() - 1; place >= 0; place--) {
			int slot = this.state.suspicions.slotAt(place);
			if (this.table.zone(slot) == zone) {
				takeBack(nowNanos, slot);
			}
		}
	}

	/** Declares a member dead for this node alone: nobody is told. */
	void giveUp(long nowNanos, int slot) {
		apply(nowNanos, slot, MemberState.DEAD, this.table.incarnation(slot), this.table.instance(slot), 0);
	}

	/** Holds a member alive again, of which this node alone has thought worse. */
	void takeBack(long nowNanos, int slot) {
		apply(nowNanos, slot, MemberState.ALIVE, this.table.incarnation(slot), this.table.instance(slot), 0);
	}

	/**
	 * Holds a member of a zone that is cut off at an incarnation, for this node alone:
	 * ALIVE if it is, and SUSPECT until a time if somebody has accused it.
	 * @return whether it could; there may be too many suspicions
	 */
	boolean hold(long nowNanos, int slot, int incarnation, int instance, long untilNanos) {
		if (this.table.state(slot) == MemberState.ALIVE) {
			apply(nowNanos, slot, MemberState.ALIVE, incarnation, instance, 0);
			return true;
		}
		if (this.state.suspicions.isFull() && !this.state.suspicions.isRunning(slot)) {
			this.state.drop(DropReason.SUSPICIONS_LIMIT);
			return false;
		}
		apply(nowNanos, slot, MemberState.SUSPECT, incarnation, instance, 0);
		this.course.holdOne(slot, untilNanos);
		armTimer();
		return true;
	}

	private void armTimer() {
		if (this.state.memberDeadlines.isEmpty()) {
			this.state.timers.disarm(EngineTimer.MEMBERS);
		}
		else {
			this.state.timers.arm(EngineTimer.MEMBERS, this.state.memberDeadlines.firstDeadline());
		}
	}

	private boolean addUnknown(long nowNanos, RecordCursor record, long bornNanos, boolean isNews) {
		boolean isFull = this.table.size() >= this.state.config.limits().membersMax();
		if (isFull && !(record.state().isIn() && forgetsTombstone(nowNanos, GONE_FOR_MILLIS))) {
			this.state.drop(DropReason.MEMBERS_LIMIT);
			return false;
		}
		if (!record.state().isIn() && !isAdoptable(record)) {
			return false;
		}
		Member member = decode(record);
		boolean isIn = record.state().isIn();
		int slot = this.table.add(member, isIn ? MemberState.ALIVE : record.state(), record.incarnation(),
				record.instance(), this.state.millis(nowNanos) - (isIn ? 0 : record.ageMillis()));
		if (isIn) {
			this.state.order.add(slot);
			this.state.rings.onIn(slot);
			this.state.budgets.onNewcomer(nowNanos, this.table.sizeIn());
			this.state.effects.emit(new MembershipEvent.Joined(member, record.incarnation()));
			if (record.state() == MemberState.SUSPECT) {
				apply(nowNanos, slot, MemberState.SUSPECT, record.incarnation(), record.instance(), record.accuser());
				tellNewStart(nowNanos, slot);
			}
		}
		else {
			bury(slot, nowNanos, record.ageMillis() * 1_000_000L);
		}
		if (isNews && this.table.isUsed(slot)) {
			spread(slot, RumorKind.RECORD, 0, bornNanos, RumorPriority.CONTENT);
		}
		return true;
	}

	/** A new start of a member may not have heard that an earlier one is suspected. */
	private void tellNewStart(long nowNanos, int slot) {
		if (this.table.state(slot) == MemberState.SUSPECT && this.table.isOfTwoStarts(slot)) {
			this.course.onNewStart(nowNanos, slot);
		}
	}

	private boolean isAdoptable(RecordCursor record) {
		return record.ageMillis() < this.state.config.healing().retention().toMillis() * ADOPTABLE_SHARE;
	}

	private Member decode(RecordCursor record) {
		Member known = this.state.interner.find(record.subject(), record.contentInstance(), record.contentVersion());
		Member member = (known != null) ? known : this.state.interner.intern(record.decodeMember());
		if (this.table.zones().isBeyondLimit(member.zone())) {
			this.state.drop(DropReason.ZONES_LIMIT);
		}
		return member;
	}

	/** Sets the state of a member, and does what follows from it. */
	void apply(long nowNanos, int slot, MemberState after, int incarnation, int instance, long accuser) {
		MemberState before = this.table.state(slot);
		MembershipEvent.@Nullable Failed failed = (before.isIn() && after == MemberState.DEAD)
				? failure(nowNanos, slot, incarnation, accuser) : null;
		this.course.end(slot, instance);
		this.table.setLiveness(slot, after, incarnation, instance, this.state.millis(nowNanos));
		this.parts.zones.settle(slot);
		this.state.rumors.retractLiveness(slot);
		this.state.memberDeadlines.cancel(slot);
		Member member = this.table.member(slot);
		if (after.isIn()) {
			enterState(nowNanos, slot, before, after, accuser);
		}
		else {
			if (before.isIn()) {
				this.state.rings.onOut(slot);
			}
			bury(slot, nowNanos, 0);
			if (failed != null) {
				this.state.observer.onFailure(member);
				this.state.effects.emit(failed);
			}
			else if (before.isIn()) {
				this.state.effects.emit(new MembershipEvent.Left(member, incarnation));
			}
		}
		armTimer();
	}

	private void enterState(long nowNanos, int slot, MemberState before, MemberState after, long accuser) {
		Member member = this.table.member(slot);
		int incarnation = this.table.incarnation(slot);
		if (!before.isIn()) {
			this.state.order.add(slot);
			this.state.rings.onIn(slot);
			this.state.effects.emit(new MembershipEvent.Joined(member, incarnation));
		}
		if (after == MemberState.SUSPECT) {
			suspect(nowNanos, slot, before, accuser);
		}
		else if (before == MemberState.SUSPECT) {
			this.state.observer.onSuspicionRefuted(member);
			this.state.effects.emit(new MembershipEvent.Recovered(member, incarnation));
		}
	}

	private void suspect(long nowNanos, int slot, MemberState before, long accuser) {
		this.course.begin(nowNanos, slot, accuser);
		if (before != MemberState.SUSPECT) {
			this.parts.zones.onAccused(nowNanos, slot);
			Member member = this.table.member(slot);
			this.state.observer.onSuspicionStarted(member);
			NodeId who = new NodeId((accuser != 0) ? accuser : this.state.selfId);
			this.state.effects.emit(new MembershipEvent.Suspected(member, this.table.incarnation(slot), who));
		}
	}

	private MembershipEvent.Failed failure(long nowNanos, int slot, int incarnation, long accuser) {
		boolean suspected = this.state.suspicions.isRunning(slot);
		long first = suspected ? this.state.suspicions.accuser(slot) : accuser;
		Duration suspectedFor = suspected ? Duration.ofNanos(nowNanos - this.state.suspicions.startNanos(slot))
				: Duration.ZERO;
		return new MembershipEvent.Failed(this.table.member(slot), incarnation, (first != 0) ? new NodeId(first) : null,
				suspected ? this.state.suspicions.confirmations(slot) : 0, suspectedFor);
	}

	private void bury(int slot, long nowNanos, long ageNanos) {
		long retention = this.state.config.healing().retention().toNanos();
		this.state.memberDeadlines.set(slot, nowNanos + Math.max(retention - ageNanos, 0));
		if (this.tombstones.size() > this.state.config.limits().tombstonesMax()) {
			forgetsTombstone(nowNanos, 0);
		}
		armTimer();
	}

	/** Makes room for one more member, at the expense of one that is gone. */
	private boolean forgetsTombstone(long nowNanos, int goneForMillis) {
		int gone = this.tombstones.toForget(this.state.millis(nowNanos), goneForMillis);
		if (gone == MembershipTable.NO_SLOT) {
			return false;
		}
		this.state.drop(DropReason.TOMBSTONES_LIMIT);
		this.forgotten.add(this.table.id(gone), this.table.instance(gone), this.table.incarnation(gone));
		forget(gone);
		return true;
	}

	private void forget(int slot) {
		this.state.memberDeadlines.cancel(slot);
		this.course.forget(slot);
		this.state.rumors.retract(slot);
		this.parts.zones.settle(slot);
		this.table.remove(slot);
	}

	private void spread(int slot, RumorKind kind, long accuser, long bornNanos, RumorPriority priority) {
		if (!this.state.rumors.offer(slot, kind, accuser, priority, bornNanos)) {
			this.state.drop(DropReason.RUMORS_LIMIT);
		}
	}

}
