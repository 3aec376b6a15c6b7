package io.gossip.protocol.engine;

import io.gossip.ClusterPhase;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.peer.RingNeighbours;

/**
 * The spreading of news beside the probes: what is new is pushed at once along the rings,
 * then on ticks to random members, until it has been sent often enough.
 */
final class Dissemination {

	private final EngineState state;

	private final OutboundPackets packets;

	private final ZoneChoice zoneChoice;

	private final int[] peers = new int[2 * RingNeighbours.RINGS_MAX];

	/** How many fresh rumors could not be pushed, and wait for the gossip timer. */
	private int unpushed;

	/** The same of messages of the application. */
	private int unpushedMessages;

	Dissemination(EngineState state, OutboundPackets packets) {
		this.state = state;
		this.packets = packets;
		this.zoneChoice = new ZoneChoice(state);
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
		if (this.state.rumors.fresh() + this.state.messages.fresh() > 0) {
			int count = Math.min(successors(), this.state.sendsLimit());
			// Both in one turn, so that neither uses up what the other one waits for.
			if (this.state.rumors.fresh() > 0 && this.state.budgets.grantsRumors(nowNanos)) {
				news = this.packets.sendFreshRumors(nowNanos, this.peers, count);
			}
			if (this.state.messages.fresh() > 0 && this.state.budgets.grantsMessages(nowNanos)) {
				messages = this.packets.sendFreshMessages(nowNanos, this.peers, count);
			}
		}
		this.unpushed = (news > 0) ? 0 : this.state.rumors.fresh();
		this.unpushedMessages = (messages > 0) ? 0 : this.state.messages.fresh();
	}

	private int successors() {
		return this.zoneChoice.isOpen() ? this.state.rings.successors(this.peers)
				: this.state.rings.nearSuccessors(this.peers, this.zoneChoice);
	}

	/** Sends what has not been sent often enough to random members. */
	void onGossipTimer(long nowNanos) {
		if (isIdle()) {
			return;
		}
		int unsent = this.state.messages.expire(nowNanos - UserMessages.LIFETIME_NANOS);
		for (int i = 0; i < unsent; i++) {
			this.state.drop(DropReason.MESSAGE_STALE);
		}
		boolean tellsNews = this.state.rumors.size() > 0 && this.state.budgets.grantsRumors(nowNanos);
		boolean tellsMessages = this.state.messages.size() > 0 && this.state.budgets.grantsMessages(nowNanos);
		if (!tellsNews && !tellsMessages) {
			// While nothing may be sent, the timer comes back.
			return;
		}
		int count = this.state.order.sampleNear(this.peers, this.state.config.dissemination().gossipFanout(),
				this.zoneChoice);
		int written = 0;
		for (int i = 0; i < count; i++) {
			written += this.packets.sendRumors(nowNanos, this.peers[i], tellsNews, tellsMessages);
		}
		int others = this.state.table.sizeIn() - (this.state.table.isIn(SelfRecord.SLOT) ? 1 : 0);
		if (written == 0 && count >= others) {
			// Nobody is there who needs it; a rumor that waits for ever is no rumor.
			forget(tellsNews, tellsMessages);
		}
	}

	private void forget(boolean news, boolean messages) {
		if (news) {
			this.state.rumors.clear();
		}
		if (messages) {
			this.state.messages.clear();
		}
	}

}
