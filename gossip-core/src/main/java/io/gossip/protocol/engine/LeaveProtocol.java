package io.gossip.protocol.engine;

import java.util.List;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.membership.MembershipTable;

/**
 * The departure: tells several members directly, again until enough have answered or the
 * time is up.
 */
final class LeaveProtocol {

	private static final int PEERS = 8;

	private static final int ANSWERS_WANTED = 3;

	/** How often seeds are told of whom it is not known whether they live. */
	private static final int SEED_ROUNDS_MAX = 4;

	private final EngineState state;

	private final SelfRecord self;

	private final OutboundPackets packets;

	private final int[] peers = new int[PEERS];

	private final long[] answered = new long[ANSWERS_WANTED];

	private List<Address> asked = List.of();

	private int seedRounds;

	private int answers;

	private int sequence;

	private long endNanos;

	LeaveProtocol(EngineState state, SelfRecord self, OutboundPackets packets) {
		this.state = state;
		this.self = self;
		this.packets = packets;
	}

	/**
	 * Begins to leave.
	 * @param seedsAsked the seeds that were asked to let this node in and have not
	 * answered
	 */
	void begin(long nowNanos, List<Address> seedsAsked) {
		this.asked = seedsAsked;
		this.state.phase = ClusterPhase.LEAVING;
		this.sequence = this.state.random.nextInt();
		this.endNanos = nowNanos + this.state.config.leave().timeout().toNanos();
		this.state.timers.disarm(EngineTimer.JOIN);
		this.state.timers.disarm(EngineTimer.PROBE_TICK);
		this.state.timers.disarm(EngineTimer.PROBE_ROUNDS);
		this.state.timers.disarm(EngineTimer.SYNC);
		this.state.timers.disarm(EngineTimer.HEAL);
		this.state.timers.disarm(EngineTimer.RIVAL);
		this.self.leave(nowNanos);
		tellSome(nowNanos);
	}

	void onTimer(long nowNanos) {
		if (this.state.phase != ClusterPhase.LEAVING) {
			return;
		}
		if (nowNanos - this.endNanos >= 0) {
			this.state.phase = ClusterPhase.LEFT;
			return;
		}
		tellSome(nowNanos);
	}

	/** Says goodbye once, however little time there is. */
	private void tellSome(long nowNanos) {
		int count = this.state.order.sample(this.peers, PEERS, MembershipTable.NO_SLOT);
		boolean tellsSeeds = count == 0 && !this.asked.isEmpty() && this.seedRounds++ < SEED_ROUNDS_MAX;
		if (count == 0 && !tellsSeeds) {
			this.state.phase = ClusterPhase.LEFT;
			return;
		}
		if (tellsSeeds) {
			// They may have let us in although we never heard of it.
			for (Address seed : this.asked) {
				tell(0, seed);
			}
		}
		for (int i = 0; i < count; i++) {
			int slot = this.peers[i];
			tell(this.state.table.id(slot), this.state.table.member(slot).address());
		}
		long again = nowNanos + this.state.config.dissemination().gossipInterval().toNanos();
		this.state.timers.arm(EngineTimer.LEAVE, (again - this.endNanos < 0) ? again : this.endNanos);
	}

	private void tell(long destination, Address to) {
		this.packets.begin(destination);
		this.packets.liveness(SelfRecord.SLOT, 0, 0);
		this.packets.encoder().ping(this.sequence);
		this.packets.send(to, TrafficClass.PROBE);
	}

	/**
	 * Takes an answer.
	 * @return whether it answers the departure
	 */
	boolean onAck(int answeredSequence, long sender) {
		if (this.state.phase != ClusterPhase.LEAVING || answeredSequence != this.sequence) {
			return false;
		}
		for (int i = 0; i < this.answers; i++) {
			if (this.answered[i] == sender) {
				return true;
			}
		}
		this.answered[this.answers++] = sender;
		if (this.answers >= Math.min(ANSWERS_WANTED, this.state.table.sizeIn())) {
			this.state.phase = ClusterPhase.LEFT;
			this.state.timers.disarm(EngineTimer.LEAVE);
		}
		return true;
	}

}
