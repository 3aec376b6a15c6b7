package io.gossip.protocol.engine;

import java.util.ArrayList;
import java.util.List;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.MemberState;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.UnreachableReason;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.wire.PacketEncoder;
import io.gossip.protocol.wire.SnapshotShare;
import org.jspecify.annotations.Nullable;

/**
 * The search for the cluster: asks a seed for all that it knows, then another one if it
 * is silent, or the members that it names if it is busy; again and again with a growing
 * pause, until one has answered; and starts anew when everybody else is gone.
 */
final class JoinProtocol {

	/** How many seeds are asked in one attempt, before the first has run out of time. */
	private static final int SEEDS_PER_ATTEMPT = 3;

	/**
	 * An attempt that makes progress ends after so many times its timeout: whoever tells
	 * only that it goes on telling does not keep this node from asking somebody else.
	 */
	private static final int TIMEOUTS_PER_ATTEMPT = 10;

	/** How many members that a busy one has named are remembered. */
	private static final int REFERRALS_MAX = 16;

	/** The pause before the next question, when all who were asked are busy. */
	private static final long BUSY_PAUSE_NANOS = 50_000_000L;

	private static final int BUSY_DOUBLINGS_MAX = 1;

	/** Who closes the door as often as this may not be a member at all. */
	private static final int BUSY_MAX = 12;

	/** How soon a new member looks for seeds that its own seed does not know. */
	private static final long STRANGERS_NANOS = 1_000_000_000L;

	private static final int LEAVE_SEEDS_MAX = 8;

	private static final int HELPER_TRIES = 8;

	/** For so long after a join this node may ask again for all that others know. */
	private static final long TOP_UP_NANOS = 30_000_000_000L;

	private static final long TOP_UP_PAUSE_NANOS = 500_000_000L;

	/** So many strangers, or one for so many members, are more than the latest news. */
	private static final int STRANGERS_MIN = 16;

	private static final int MEMBERS_PER_STRANGER = 256;

	private final EngineState state;

	private final SelfRecord self;

	private final OutboundPackets packets;

	private final int sequence;

	private final SeedList seeds;

	/** Those of the attempt under way who may still answer. */
	private final List<Address> asked = new ArrayList<>();

	/** Whom a busy member has named, and who was not asked yet. */
	private final List<Address> referrals = new ArrayList<>();

	/** When the attempt under way has failed, unless somebody answers. */
	private long deadlineNanos;

	/** When it has failed whatever comes. */
	private long attemptEndNanos;

	private int seedsAsked;

	/** How often in this attempt whoever was asked was busy. */
	private int timesBusy;

	private boolean waiting;

	private boolean wasInCompany;

	private int attempts;

	private boolean answered;

	/** What others have still to tell, where a table comes in shares. */
	private final SharesWanted shares = new SharesWanted();

	/** Whether a table that came in shares did not come to its end. */
	private boolean wantsWhole;

	private boolean isToldInShares;

	private long nextTopUpNanos;

	private int strangers;

	JoinProtocol(EngineState state, SelfRecord self, OutboundPackets packets) {
		this.state = state;
		this.self = self;
		this.packets = packets;
		this.sequence = state.random.nextInt();
		this.seeds = new SeedList(self.member().address());
	}

	/** Takes the seeds as they are known now; the node itself is not one. */
	void seeds(List<Address> fresh) {
		this.seeds.set(fresh);
	}

	/** Begins: without seeds, this node is the cluster. */
	void begin(long nowNanos) {
		if (this.seeds.isEmpty()) {
			this.state.phase = ClusterPhase.JOINED;
			return;
		}
		this.state.phase = ClusterPhase.JOINING;
		this.state.timers.arm(EngineTimer.JOIN, nowNanos);
	}

	/** Is a member without having asked; the seeds are for later. */
	void skip(List<Address> fresh) {
		seeds(fresh);
		this.state.phase = ClusterPhase.JOINED;
	}

	/**
	 * Asks the seeds, or gives up the attempt under way; nothing if neither is needed.
	 */
	void onTimer(long nowNanos) {
		boolean isComplete = !isIsolated() && !this.shares.isAny() && !this.wantsWhole;
		if (!isLooking() || (this.state.phase == ClusterPhase.JOINED && isComplete)) {
			this.attempts = 0;
			stop();
		}
		else if (this.seeds.isEmpty()) {
			// Whoever named seeds before names none now: this node is the cluster.
			onAnswered();
		}
		else if (!this.waiting) {
			beginAttempt(nowNanos);
		}
		else if (this.deadlineNanos - nowNanos <= 0) {
			giveUp(nowNanos);
		}
		else if (this.shares.isAny()) {
			askForShares(nowNanos);
		}
		else {
			if (this.timesBusy > 0 && this.referrals.isEmpty() && this.state.table.sizeIn() > 1) {
				// Whoever knows many by now need not be told whom to ask.
				onReferral(this.state.table.id(this.state.order.random()));
			}
			askNext(nowNanos);
		}
	}

	private boolean isLooking() {
		return this.state.phase == ClusterPhase.JOINING || this.state.phase == ClusterPhase.JOINED;
	}

	/** Nobody is asked any more, and what comes late is no answer. */
	private void stop() {
		this.waiting = false;
		this.wantsWhole = false;
		this.shares.clear();
	}

	private void beginAttempt(long nowNanos) {
		this.attempts++;
		this.waiting = true;
		this.asked.clear();
		this.referrals.clear();
		this.seeds.shuffle(this.state.random);
		this.seedsAsked = 0;
		this.timesBusy = 0;
		this.attemptEndNanos = nowNanos + TIMEOUTS_PER_ATTEMPT * timeoutNanos();
		extend(nowNanos);
		int slot = (this.attempts > 1 && !this.wantsWhole) ? this.state.order.random() : MembershipTable.NO_SLOT;
		if (slot != MembershipTable.NO_SLOT) {
			// The seeds may be gone for good, and somebody else has come meanwhile.
			ask(this.state.table.member(slot).address(), true, SnapshotShare.ANY);
		}
		askNext(nowNanos);
	}

	private void extend(long nowNanos) {
		long usualNanos = nowNanos + timeoutNanos();
		this.deadlineNanos = (usualNanos - this.attemptEndNanos < 0) ? usualNanos : this.attemptEndNanos;
	}

	private long timeoutNanos() {
		return this.state.config.join().attemptTimeout().toNanos();
	}

	/**
	 * Asks one more, who may answer sooner than the one before: a member that was named,
	 * or else a seed. Who is silent for its share of the time may be gone.
	 */
	private void askNext(long nowNanos) {
		long nextNanos = this.deadlineNanos;
		if (!this.referrals.isEmpty()) {
			ask(this.referrals.remove(this.state.random.nextInt(this.referrals.size())), true, wanted());
			nextNanos = nowNanos + timeoutNanos() / SEEDS_PER_ATTEMPT;
		}
		else if (this.seedsAsked < Math.min(SEEDS_PER_ATTEMPT, this.seeds.size())) {
			ask(this.seeds.next(), false, wanted());
			this.seedsAsked++;
			nextNanos = nowNanos + timeoutNanos() / SEEDS_PER_ATTEMPT;
		}
		this.state.timers.arm(EngineTimer.JOIN, this.deadlineNanos);
		this.state.timers.armBy(EngineTimer.JOIN, nextNanos);
	}

	private SnapshotShare wanted() {
		return this.wantsWhole ? SnapshotShare.WHOLE : SnapshotShare.ANY;
	}

	/** Asks random members for the shares that nobody tells. */
	private void askForShares(long nowNanos) {
		for (SnapshotShare share = this.shares.due(nowNanos); share != null; share = this.shares.due(nowNanos)) {
			Address helper = helper();
			if (helper != null) {
				ask(helper, true, share);
			}
			this.shares.onAsked(nowNanos, share, helper);
		}
		this.state.timers.arm(EngineTimer.JOIN, this.deadlineNanos);
		this.state.timers.armBy(EngineTimer.JOIN, this.shares.nextDueNanos());
	}

	/** A member that is alive and was asked for no share yet, if a few tries find one. */
	private @Nullable Address helper() {
		Address helper = null;
		boolean isGood = false;
		for (int tries = 0; tries < HELPER_TRIES && !isGood; tries++) {
			int slot = this.state.order.random();
			if (slot != MembershipTable.NO_SLOT) {
				helper = this.state.table.member(slot).address();
				isGood = this.state.table.state(slot) == MemberState.ALIVE && !this.shares.isAsked(helper);
			}
		}
		return helper;
	}

	/** Whoever was asked cannot be reached; if nobody is left, the attempt is over. */
	void onUnreachable(long nowNanos, Address to, UnreachableReason why) {
		if (!isLooking() || !this.waiting) {
			return;
		}
		if (this.shares.isAny()) {
			onShareRefused(nowNanos, to);
			return;
		}
		if (!this.asked.remove(to) || !this.asked.isEmpty()) {
			return;
		}
		boolean isCrowded = why == UnreachableReason.BROKEN || why == UnreachableReason.OVERLOAD;
		if (isCrowded && this.timesBusy < BUSY_MAX) {
			// It is there, and has no room for another stream just now, or we have none.
			onBusy(nowNanos, to);
		}
		else if (this.referrals.isEmpty() && this.seedsAsked >= Math.min(SEEDS_PER_ATTEMPT, this.seeds.size())) {
			giveUp(nowNanos);
		}
		else {
			askNext(nowNanos);
		}
	}

	/** Whoever was asked for a share has no time, or is not there: others are asked. */
	private void onShareRefused(long nowNanos, Address by) {
		this.shares.onRefused(nowNanos, by);
		this.state.timers.armBy(EngineTimer.JOIN, this.shares.nextDueNanos());
	}

	/** Whoever was asked is busy, and names others: they are asked soon. */
	void onBusy(long nowNanos, Address by) {
		if (!this.waiting) {
			return;
		}
		if (this.shares.isAny()) {
			onShareRefused(nowNanos, by);
			return;
		}
		long pauseNanos = BUSY_PAUSE_NANOS << Math.min(this.timesBusy++, BUSY_DOUBLINGS_MAX);
		extend(nowNanos);
		// A seed may have time again when all who were named have had none.
		this.seedsAsked = 0;
		// Half of it at random, or those who were turned away together come back
		// together.
		this.state.timers.arm(EngineTimer.JOIN,
				nowNanos + pauseNanos / 2 + (long) (this.state.random.nextDouble() * pauseNanos / 2));
	}

	/** Takes a member that a busy one has named. */
	void onReferral(long id) {
		int slot = this.state.table.slotOf(id);
		if (this.waiting && slot != MembershipTable.NO_SLOT && slot != SelfRecord.SLOT && this.state.table.isIn(slot)
				&& this.referrals.size() < REFERRALS_MAX) {
			this.referrals.add(this.state.table.member(slot).address());
		}
	}

	/**
	 * Somebody is telling members. If it tells one share of them, others are asked for
	 * the rest.
	 * @param share what it tells
	 * @param isLast whether no more of that follows
	 */
	void onSnapshot(long nowNanos, SnapshotShare share, boolean isLast) {
		if (!share.isPart()) {
			if (isLast) {
				onAnswered();
			}
			else if (!this.shares.isAny()) {
				onProgress(nowNanos);
			}
		}
		else if (isLooking() && this.waiting && !this.wantsWhole) {
			this.isToldInShares = true;
			boolean isOneMore = this.shares.onTold(nowNanos, share, isLast);
			if (!this.shares.isAny()) {
				onAnswered();
				return;
			}
			if (isOneMore) {
				onProgress(nowNanos);
			}
			// Others are asked once the members are known that this packet tells.
			this.state.timers.armBy(EngineTimer.JOIN, this.shares.nextDueNanos());
		}
	}

	/** Somebody is answering: as long as it does, nobody else is asked. */
	private void onProgress(long nowNanos) {
		if (this.waiting) {
			extend(nowNanos);
			this.state.timers.arm(EngineTimer.JOIN, this.deadlineNanos);
		}
	}

	private void giveUp(long nowNanos) {
		this.waiting = false;
		this.wantsWhole = this.shares.isAny();
		this.shares.clear();
		long delay = retryDelayNanos();
		this.state.timers.arm(EngineTimer.JOIN, nowNanos + delay);
		this.state.observer.onJoinAttempt(this.attempts, delay);
	}

	/**
	 * Takes note that somebody tells of a member that is unknown here. If there are many
	 * soon after the join, whoever was asked knew little itself: somebody else is asked.
	 */
	void onStranger(long nowNanos) {
		if (this.state.phase != ClusterPhase.JOINED || !this.state.isNewSince(nowNanos - TOP_UP_NANOS)) {
			return;
		}
		boolean areMany = ++this.strangers >= Math.max(STRANGERS_MIN, this.state.table.sizeIn() / MEMBERS_PER_STRANGER);
		int slot = areMany ? this.state.order.random() : MembershipTable.NO_SLOT;
		if (slot != MembershipTable.NO_SLOT) {
			askAgain(nowNanos, this.state.table.member(slot).address());
		}
	}

	/**
	 * Asks a member for all that it knows, if this node has joined a moment ago: whoever
	 * is asked tells all, or compares if little is missing.
	 * @return whether it is asked
	 */
	boolean askAgain(long nowNanos, Address whom) {
		if (this.state.phase != ClusterPhase.JOINED || !this.state.isNewSince(nowNanos - TOP_UP_NANOS)
				|| this.nextTopUpNanos - nowNanos > 0) {
			return false;
		}
		this.strangers = 0;
		this.nextTopUpNanos = nowNanos + TOP_UP_PAUSE_NANOS;
		ask(whom, true, SnapshotShare.WHOLE);
		return true;
	}

	private void ask(Address whom, boolean isReferred, SnapshotShare share) {
		if (this.waiting && !share.isPart()) {
			this.asked.add(whom);
		}
		PacketEncoder packet = this.packets.beginFrame(0);
		// Whoever knows the same already need not be told.
		packet.viewHash(this.state.table.viewHash());
		packet.join(this.sequence, isReferred, this.state.table.sizeIn(), share);
		this.packets.record(SelfRecord.SLOT, 0);
		this.packets.sendFrame(whom, TrafficClass.BULK);
	}

	private long retryDelayNanos() {
		long initial = this.state.config.join().retryInitial().toNanos();
		long max = this.state.config.join().retryMax().toNanos();
		int doublings = Math.min(this.attempts - 1, 30);
		long delay = (initial > (max >> doublings)) ? max : initial << doublings;
		return this.state.jitter(delay);
	}

	/** The seeds that may have been asked, if none has answered; a few of them. */
	List<Address> askedInVain() {
		boolean inVain = this.state.phase == ClusterPhase.JOINING && this.attempts > 0;
		return inVain ? this.seeds.first(LEAVE_SEEDS_MAX) : List.of();
	}

	/** Whether a snapshot answers this node's question. */
	boolean isAnswer(int answeredSequence) {
		return answeredSequence == this.sequence;
	}

	/** All has been told that somebody knows. */
	private void onAnswered() {
		this.answered = true;
		stop();
		if (this.state.phase == ClusterPhase.JOINING) {
			// All that is still to come is the end of the doubt about a rival.
			this.state.timers.disarm(EngineTimer.JOIN);
		}
	}

	/**
	 * Becomes a member, once a seed has answered and no rival is in doubt.
	 * @return whether it has just become one
	 */
	boolean completeIfSettled(long nowNanos, boolean isRivalInDoubt) {
		if (this.state.phase != ClusterPhase.JOINING || !this.answered || isRivalInDoubt) {
			return false;
		}
		this.state.joined(nowNanos);
		this.nextTopUpNanos = nowNanos;
		this.attempts = 0;
		stop();
		this.state.timers.disarm(EngineTimer.JOIN);
		this.self.announce(nowNanos);
		if (strangerAmongSeeds() != null) {
			// Seeds that start together may each have found somebody else.
			this.state.timers.armBy(EngineTimer.HEAL, nowNanos + this.state.jitter(STRANGERS_NANOS));
		}
		return true;
	}

	/** Whether members are told in shares, as by a cluster that is at rest. */
	boolean isToldInShares() {
		return this.isToldInShares;
	}

	/** Asks at once when others are first seen, and again when everybody else is gone. */
	void resumeIfNeeded(long nowNanos) {
		boolean inCompany = this.state.table.sizeIn() > 1;
		if (this.state.phase == ClusterPhase.JOINING && inCompany && !this.wasInCompany && !this.waiting) {
			// Somebody has found us while we paused: the seeds are likely to be up.
			this.state.timers.arm(EngineTimer.JOIN, nowNanos);
		}
		this.wasInCompany = inCompany;
		if (this.state.phase == ClusterPhase.JOINED && isIsolated() && !this.state.timers.isArmed(EngineTimer.JOIN)) {
			this.state.timers.arm(EngineTimer.JOIN, nowNanos);
		}
	}

	/** Whether there are seeds, and yet nobody else is seen. */
	boolean isIsolated() {
		return !this.seeds.isEmpty() && this.state.table.sizeIn() <= 1;
	}

	int attempts() {
		return this.attempts;
	}

	/**
	 * A seed that is not the address of a member that is in, at random.
	 * @return its address, null if there is none, or none among several in a row
	 */
	@Nullable Address strangerAmongSeeds() {
		return this.seeds.stranger(this.state.table, this.state.random);
	}

}
