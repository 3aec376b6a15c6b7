package io.gossip.protocol.engine;

import java.util.ArrayList;
import java.util.List;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.wire.PacketEncoder;
import io.gossip.protocol.wire.SnapshotShare;

/**
 * The answering side of a join: tells a joiner all members in frames that stand alone, as
 * fast as the setting allows. A large table is told in shares by many members, so that no
 * one carries a joiner alone. Whoever has the same view already is told so in a word, and
 * whom it would take too long to serve is given other members to ask.
 */
final class SnapshotServer {

	/** How many joiners wait for an answer; it comes within a step or two. */
	private static final int QUESTIONS_MAX = 4096;

	private static final int ANSWERS_PER_STEP = 32;

	/** To turn joiners away may take half of the bytes that snapshots may take. */
	private static final double REFERRALS_SHARE = 0.5;

	/** Whoever knows no more than this is told all. */
	private static final int SMALL = 64;

	/** Whoever lacks one of so many is sooner told what differs. */
	private static final int MEMBERS_PER_MISSING = 64;

	private static final int FRAME_BYTES_MAX = 16 * 1024;

	/** Who tells more than this tells a share of it. */
	private static final long WHOLE_BYTES_MAX = 32 * 1024;

	private static final long SHARE_BYTES = 8 * 1024;

	/** What a record takes is learnt from no less. */
	private static final int RECORDS_TO_LEARN = 8;

	/** How many members a joiner is given to ask. */
	private static final int NAMES = 4;

	/** How many of those who were served last are remembered, and half of the names. */
	private static final int SERVED = 16;

	private final EngineState state;

	private final OutboundPackets packets;

	private final Repair repair;

	/** One of each joiner, or for a share of each, in the order in which they came. */
	private final List<JoinQuestion> questions = new ArrayList<>();

	private final TokenBucket referrals;

	private final long bytesPerSecond;

	/** For those who come because this node is their seed. */
	private final SnapshotQueue asSeed;

	/** For those who were referred here, whose burden all members share. */
	private final SnapshotQueue asHelper;

	/** Who was served last: they know all, and have time. */
	private final long[] served = new long[SERVED];

	private int servedCount;

	private final int[] names = new int[NAMES];

	/** What a record takes, as far as was seen. */
	private int recordBytes = 100;

	SnapshotServer(EngineState state, OutboundPackets packets, Repair repair) {
		this.state = state;
		this.repair = repair;
		this.packets = packets;
		this.bytesPerSecond = state.config.join().snapshotBytesPerSecond();
		this.asSeed = new SnapshotQueue(this.bytesPerSecond);
		this.asHelper = new SnapshotQueue(this.bytesPerSecond / 4);
		this.referrals = new TokenBucket(REFERRALS_SHARE * this.bytesPerSecond, this.bytesPerSecond);
	}

	/** Takes the question of a joiner, whose own record is yet to be read. */
	void ask(long nowNanos, JoinQuestion question) {
		int place = placeOf(question);
		if (place == this.questions.size() && place == QUESTIONS_MAX) {
			this.state.drop(DropReason.SNAPSHOTS_LIMIT);
			return;
		}
		if (this.asSeed.isUnderWay(question) || this.asHelper.isUnderWay(question)) {
			// Whoever asks again keeps its place.
			return;
		}
		this.asSeed.replace(question);
		this.asHelper.replace(question);
		if (place < this.questions.size()) {
			this.questions.set(place, question);
		}
		else {
			this.questions.add(question);
		}
		this.state.timers.armBy(EngineTimer.SNAPSHOT, nowNanos);
	}

	private int placeOf(JoinQuestion question) {
		int place = 0;
		while (place < this.questions.size() && !question.replaces(this.questions.get(place))) {
			place++;
		}
		return place;
	}

	/** Gives up what was under way to an address that cannot be reached. */
	void onUnreachable(Address to) {
		this.questions.removeIf((question) -> question.from().equals(to));
		this.asSeed.remove(to);
		this.asHelper.remove(to);
	}

	/** Answers questions, and sends the frames that are allowed by now. */
	void onTimer(long nowNanos) {
		for (int answers = 0; answers < ANSWERS_PER_STEP && !this.questions.isEmpty()
				&& this.referrals.waitNanos(nowNanos, 1) == 0; answers++) {
			answer(nowNanos, this.questions.remove(0));
		}
		if (!this.questions.isEmpty()) {
			this.state.timers.armBy(EngineTimer.SNAPSHOT, nowNanos + this.referrals.waitNanos(nowNanos, 1));
		}
		sendNext(nowNanos, this.asSeed);
		sendNext(nowNanos, this.asHelper);
	}

	private void answer(long nowNanos, JoinQuestion question) {
		if (question.viewHash() == this.state.table.viewHash()) {
			beginSnapshot(question, question.share().isPart() ? question.share() : SnapshotShare.WHOLE);
			addJoiner(question);
			this.packets.encoder().markLast();
			this.packets.sendFrame(question.from(), TrafficClass.BULK);
			onServed(question.joiner());
			return;
		}
		int known = this.state.table.sizeIn();
		boolean knowsMuch = (question.members() > SMALL && question.members() >= known / 2)
				|| (question.isReferred() && question.members() >= known);
		if (knowsMuch && !question.share().isPart() && !isIdleHelper(question, known) && compare(nowNanos, question)) {
			// It hears what it lacks in a moment, and then it need only ask again.
			refer(nowNanos, question);
			return;
		}
		SnapshotQueue queue = question.isReferred() ? this.asHelper : this.asSeed;
		long bytes = (long) known * this.recordBytes;
		SnapshotShare share = (question.share().count() > 0) ? question.share() : shareOf(nowNanos, bytes);
		// Who has not joined knows too little for a joiner with the choice.
		boolean isInformed = this.state.phase == ClusterPhase.JOINED || !question.isReferred();
		if (!isInformed || !queue.tryAdd(nowNanos, new SnapshotTransfer(question, share, bytes / share.count()))) {
			refer(nowNanos, question);
		}
	}

	/**
	 * What a joiner is told that asks for as much as is fit: where the table is large,
	 * one of several shares, for members of which it can ask others. While the cluster
	 * forms, those know too little.
	 */
	private SnapshotShare shareOf(long nowNanos, long bytes) {
		boolean isAtRest = this.state.phase == ClusterPhase.JOINED && !this.state.budgets.isForming(nowNanos);
		if (!isAtRest || bytes <= WHOLE_BYTES_MAX) {
			return SnapshotShare.WHOLE;
		}
		// Any, or all joiners would ask the members of the same one for the others.
		int count = (int) Math.min(bytes / SHARE_BYTES, SnapshotShare.COUNT_MAX);
		return new SnapshotShare(this.state.random.nextInt(count), count);
	}

	/**
	 * Whether nobody waits for this node's help, which knows many that the joiner lacks:
	 * all at once is sooner told than what differs is found.
	 */
	private boolean isIdleHelper(JoinQuestion question, int known) {
		return question.isReferred() && this.state.phase == ClusterPhase.JOINED && this.asHelper.first() == null
				&& known > question.members() + question.members() / MEMBERS_PER_MISSING;
	}

	/** Compares tables with a joiner that knows a lot already, as after a cold start. */
	private boolean compare(long nowNanos, JoinQuestion question) {
		int slot = this.state.table.slotOf(question.joiner());
		boolean isKnown = slot != MembershipTable.NO_SLOT && this.state.table.isIn(slot);
		if (isKnown) {
			this.repair.compareWith(nowNanos, this.state.table.member(slot).address(), question.joiner());
		}
		return isKnown;
	}

	private PacketEncoder beginSnapshot(JoinQuestion question, SnapshotShare share) {
		PacketEncoder packet = this.packets.beginFrame(question.joiner());
		packet.markHearsay();
		packet.snapshot(question.sequence(), share);
		return packet;
	}

	/** The joiner must know what is held of itself, whatever that is. */
	private void addJoiner(JoinQuestion question) {
		int slot = this.state.table.slotOf(question.joiner());
		if (slot != MembershipTable.NO_SLOT) {
			this.packets.record(slot, 0);
		}
	}

	/** Names some members that the joiner may ask instead. */
	private void refer(long nowNanos, JoinQuestion question) {
		this.state.drop(DropReason.SNAPSHOTS_LIMIT);
		PacketEncoder packet = this.packets.beginFrame(question.joiner());
		packet.markHearsay();
		packet.busy(question.sequence());
		if (isHeldOtherwise(question)) {
			addJoiner(question);
		}
		if (question.members() <= SMALL) {
			nameSome(question);
		}
		this.packets.sendFrame(question.from(), TrafficClass.BULK);
		// The larger the members' records are, the larger is the answer that names some.
		double rate = (double) Math.max(this.bytesPerSecond, (long) this.state.table.sizeIn() * this.recordBytes);
		this.referrals.retune(nowNanos, REFERRALS_SHARE * rate, rate);
		this.referrals.take(nowNanos, packet.length());
	}

	/**
	 * Whether the joiner is known by another start, of which it must hear before it talks
	 * to others: that one may live. When thousands join, it is the exception.
	 */
	private boolean isHeldOtherwise(JoinQuestion question) {
		int slot = this.state.table.slotOf(question.joiner());
		return slot != MembershipTable.NO_SLOT && this.state.table.instance(slot) != question.instance();
	}

	private void nameSome(JoinQuestion question) {
		int named = 0;
		for (int i = 0; i < Math.min(this.servedCount, SERVED) && named < NAMES / 2; i++) {
			int slot = this.state.table
				.slotOf(this.served[this.state.random.nextInt(Math.min(this.servedCount, SERVED))]);
			if (slot != MembershipTable.NO_SLOT && this.state.table.isIn(slot)) {
				this.packets.record(slot, 0);
				named++;
			}
		}
		int joiner = this.state.table.slotOf(question.joiner());
		int count = this.state.order.sample(this.names, NAMES - named, joiner);
		for (int i = 0; i < count; i++) {
			this.packets.record(this.names[i], 0);
		}
	}

	private void onServed(long joiner) {
		this.served[this.servedCount++ % SERVED] = joiner;
		if (this.servedCount == 2 * SERVED) {
			this.servedCount = SERVED;
		}
	}

	private void sendNext(long nowNanos, SnapshotQueue queue) {
		SnapshotTransfer transfer = queue.first();
		if (transfer == null) {
			return;
		}
		if (queue.waitNanos(nowNanos) == 0) {
			int bytes = sendFrame(transfer);
			boolean isDone = transfer.cursor >= this.state.table.slots();
			queue.onSent(nowNanos, bytes, isDone);
			if (isDone) {
				onServed(transfer.question.joiner());
				if (transfer.records >= RECORDS_TO_LEARN) {
					this.recordBytes = (int) Math.max(1, transfer.sentBytes / transfer.records);
				}
			}
		}
		if (queue.first() != null) {
			this.state.timers.armBy(EngineTimer.SNAPSHOT, nowNanos + queue.waitNanos(nowNanos));
		}
	}

	private int sendFrame(SnapshotTransfer transfer) {
		MembershipTable table = this.state.table;
		PacketEncoder packet = beginSnapshot(transfer.question, transfer.share);
		if (!transfer.joinerTold) {
			addJoiner(transfer.question);
			transfer.records++;
			transfer.joinerTold = true;
		}
		int slot = transfer.cursor;
		while (slot < table.slots() && packet.length() < FRAME_BYTES_MAX) {
			boolean isWanted = table.isIn(slot) && transfer.share.includes(table.id(slot))
					&& table.id(slot) != transfer.question.joiner();
			if (isWanted && !this.packets.record(slot, 0)) {
				break;
			}
			transfer.records += isWanted ? 1 : 0;
			slot++;
		}
		transfer.cursor = slot;
		if (slot >= table.slots()) {
			packet.markLast();
		}
		transfer.sentBytes += packet.length();
		this.packets.sendFrame(transfer.question.from(), TrafficClass.BULK);
		return packet.length();
	}

}
