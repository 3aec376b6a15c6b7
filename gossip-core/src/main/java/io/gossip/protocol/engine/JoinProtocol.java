package io.gossip.protocol.engine;

import java.util.ArrayList;
import java.util.List;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.wire.PacketEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The search for the cluster: asks some seeds for all that they know, again and again
 * with a growing pause, until one has answered; and starts anew when everybody else is
 * gone.
 */
final class JoinProtocol {

	private static final int SEEDS_AT_ONCE = 3;

	private static final int LEAVE_SEEDS_MAX = 8;

	private final EngineState state;

	private final SelfRecord self;

	private final OutboundPackets packets;

	private final int sequence;

	private List<Address> seeds = List.of();

	/** Those of the attempt under way who may still answer. */
	private final List<Address> asked = new ArrayList<>();

	private boolean waiting;

	private boolean wasInCompany;

	private int attempts;

	private boolean answered;

	JoinProtocol(EngineState state, SelfRecord self, OutboundPackets packets) {
		this.state = state;
		this.self = self;
		this.packets = packets;
		this.sequence = state.random.nextInt();
	}

	/** Takes the seeds as they are known now; the node itself is not one. */
	void seeds(List<Address> fresh) {
		Address own = this.self.member().address();
		this.seeds = fresh.stream().filter((seed) -> !seed.equals(own)).distinct().toList();
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
		if (this.state.phase != ClusterPhase.JOINING && !isIsolated()) {
			this.attempts = 0;
			this.waiting = false;
		}
		else if (this.seeds.isEmpty()) {
			// Whoever named seeds before names none now: this node is the cluster.
			this.answered = true;
		}
		else if (this.waiting) {
			giveUp(nowNanos);
		}
		else {
			askSome(nowNanos);
		}
	}

	private void askSome(long nowNanos) {
		this.attempts++;
		this.waiting = true;
		this.asked.clear();
		int first = this.state.random.nextInt(this.seeds.size());
		for (int i = 0; i < Math.min(SEEDS_AT_ONCE, this.seeds.size()); i++) {
			Address seed = this.seeds.get((first + i) % this.seeds.size());
			this.asked.add(seed);
			ask(seed);
		}
		this.state.timers.arm(EngineTimer.JOIN, nowNanos + this.state.config.join().attemptTimeout().toNanos());
	}

	/** A seed that was asked cannot be reached; if none is left, the attempt is over. */
	void onUnreachable(long nowNanos, Address to) {
		if (this.waiting && this.asked.remove(to) && this.asked.isEmpty()) {
			giveUp(nowNanos);
		}
	}

	private void giveUp(long nowNanos) {
		this.waiting = false;
		long delay = retryDelayNanos();
		this.state.timers.arm(EngineTimer.JOIN, nowNanos + delay);
		this.state.observer.onJoinAttempt(this.attempts, delay);
	}

	private void ask(Address seed) {
		PacketEncoder packet = this.packets.beginFrame(0);
		packet.join(this.sequence);
		this.packets.record(SelfRecord.SLOT, 0);
		this.packets.sendFrame(seed, TrafficClass.BULK);
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
		return inVain ? this.seeds.subList(0, Math.min(this.seeds.size(), LEAVE_SEEDS_MAX)) : List.of();
	}

	/** Whether a snapshot answers this node's question. */
	boolean isAnswer(int answeredSequence) {
		return answeredSequence == this.sequence;
	}

	/** A seed has told all that it knows. */
	void onAnswered() {
		this.answered = true;
		this.waiting = false;
	}

	/** Becomes a member, once a seed has answered and no rival is in doubt. */
	void completeIfSettled(long nowNanos, boolean isRivalInDoubt) {
		if (this.state.phase == ClusterPhase.JOINING && this.answered && !isRivalInDoubt) {
			this.state.phase = ClusterPhase.JOINED;
			this.attempts = 0;
			this.waiting = false;
			this.state.timers.disarm(EngineTimer.JOIN);
			this.self.announce(nowNanos);
		}
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
	 * A seed that is not the address of a member that is in.
	 * @return its address, null if there is none
	 */
	@Nullable Address strangerAmongSeeds() {
		if (this.seeds.isEmpty()) {
			return null;
		}
		Address seed = this.seeds.get(this.state.random.nextInt(this.seeds.size()));
		MembershipTable table = this.state.table;
		for (int slot = 0; slot < table.slots(); slot++) {
			if (table.isIn(slot) && table.member(slot).address().equals(seed)) {
				return null;
			}
		}
		return seed;
	}

}
