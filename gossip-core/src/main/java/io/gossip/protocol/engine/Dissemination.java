package io.gossip.protocol.engine;

import io.gossip.ClusterPhase;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.peer.RingNeighbours;

/**
 * The spreading of news beside the probes: what is new is pushed at once along the rings,
 * then on ticks to random members, until it has been sent often enough.
 */
final class Dissemination {

	private final EngineState state;

	private final OutboundPackets packets;

	private final int[] peers = new int[RingNeighbours.RINGS_MAX];

	/** Of bytes, not counting what rides on probes. */
	private final TokenBucket allowance;

	private boolean writable = true;

	/** How many fresh rumors could not be pushed, and wait for the gossip timer. */
	private int unpushed;

	/** The same of messages of the application. */
	private int unpushedMessages;

	Dissemination(EngineState state, OutboundPackets packets) {
		this.state = state;
		this.packets = packets;
		int bytesPerSecond = state.config.dissemination().bytesPerSecond();
		this.allowance = new TokenBucket(bytesPerSecond, bytesPerSecond / 4.0);
	}

	/** While the transport cannot take more, news waits. */
	void writable(boolean isWritable) {
		this.writable = isWritable;
	}

	/** Arms the timers, if there is news. */
	void arm(long nowNanos) {
		if (isIdle() || this.state.phase == ClusterPhase.CONFLICT) {
			return;
		}
		int fresh = this.state.rumors.fresh();
		this.unpushed = Math.min(this.unpushed, fresh);
		int freshMessages = this.state.messages.fresh();
		this.unpushedMessages = Math.min(this.unpushedMessages, freshMessages);
		if ((fresh > this.unpushed || freshMessages > this.unpushedMessages)
				&& this.state.config.dissemination().eagerFanout() > 0
				&& !this.state.timers.isArmed(EngineTimer.EAGER)) {
			this.state.timers.arm(EngineTimer.EAGER,
					nowNanos + this.state.config.dissemination().eagerDelay().toNanos());
		}
		if (!this.state.timers.isArmed(EngineTimer.GOSSIP)) {
			this.state.timers.arm(EngineTimer.GOSSIP,
					nowNanos + this.state.jitter(this.state.config.dissemination().gossipInterval().toNanos()));
		}
	}

	private boolean isIdle() {
		return this.state.rumors.size() == 0 && this.state.messages.size() == 0;
	}

	/** Sends what nobody was told yet to the successors in all rings. */
	void onEagerTimer(long nowNanos) {
		int news = 0;
		int messages = 0;
		if (this.writable && this.state.rumors.fresh() + this.state.messages.fresh() > 0) {
			long waitNanos = this.allowance.waitNanos(nowNanos, 0);
			if (waitNanos > 0) {
				this.state.drop(DropReason.NEWS_LIMIT);
				this.state.timers.arm(EngineTimer.EAGER, nowNanos + waitNanos);
				return;
			}
			// Both in one turn, so that neither uses up what the other one waits for.
			int count = Math.min(this.state.rings.successors(this.peers), this.state.sendsLimit());
			if (this.state.rumors.fresh() > 0) {
				news = this.packets.sendFreshRumors(nowNanos, this.peers, count);
				charge(nowNanos, news, count);
			}
			if (this.state.messages.fresh() > 0) {
				messages = this.packets.sendFreshMessages(nowNanos, this.peers, count);
				charge(nowNanos, messages, count);
			}
		}
		this.unpushed = (news > 0) ? 0 : this.state.rumors.fresh();
		this.unpushedMessages = (messages > 0) ? 0 : this.state.messages.fresh();
	}

	private void charge(long nowNanos, int written, int receivers) {
		this.allowance.take(nowNanos, (written > 0) ? (double) receivers * this.packets.encoder().length() : 0);
	}

	/** Sends what has not been sent often enough to random members. */
	void onGossipTimer(long nowNanos) {
		// While the transport is full, the timer comes back.
		if (!this.writable || isIdle()) {
			return;
		}
		if (this.allowance.waitNanos(nowNanos, 0) > 0) {
			this.state.drop(DropReason.NEWS_LIMIT);
			return;
		}
		if (this.state.messages.size() > 0) {
			this.state.messages.expire(nowNanos - UserMessages.LIFETIME_NANOS);
		}
		int count = this.state.order.sample(this.peers, this.state.config.dissemination().gossipFanout(),
				MembershipTable.NO_SLOT);
		int written = 0;
		for (int i = 0; i < count; i++) {
			int sent = this.packets.sendRumors(nowNanos, this.peers[i]);
			this.allowance.take(nowNanos, (sent > 0) ? this.packets.encoder().length() : 0);
			written += sent;
		}
		int others = this.state.table.sizeIn() - (this.state.table.isIn(SelfRecord.SLOT) ? 1 : 0);
		if (written == 0 && count >= others) {
			// Nobody is there who needs it; a rumor that waits for ever is no rumor.
			this.state.rumors.clear();
			this.state.messages.clear();
		}
	}

}
