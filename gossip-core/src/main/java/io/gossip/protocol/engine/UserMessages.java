package io.gossip.protocol.engine;

import io.gossip.ClusterPhase;
import io.gossip.GossipMessage;
import io.gossip.Member;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.rumor.HeardMessages;
import io.gossip.protocol.wire.MessageBody;
import io.gossip.protocol.wire.PacketHeader;
import io.gossip.protocol.wire.WireLimits;
import io.gossip.protocol.wire.WireReader;
import org.jspecify.annotations.Nullable;

/**
 * The messages of the application: broadcasts, which are passed on and taken once, and
 * direct ones, which are taken as they come.
 */
final class UserMessages {

	/** An older broadcast is neither taken nor passed on. */
	static final long LIFETIME_NANOS = 30_000_000_000L;

	private final EngineState state;

	private final OutboundPackets packets;

	private final HeardMessages heard;

	private final TokenBucket allowance;

	private int sequence;

	UserMessages(EngineState state, OutboundPackets packets) {
		this.state = state;
		this.packets = packets;
		// One start of each member, and for a while the one before.
		this.heard = new HeardMessages(2 * state.config.limits().membersMax(), 2 * LIFETIME_NANOS);
		int perSecond = state.config.limits().broadcastsPerSecond();
		this.allowance = new TokenBucket(perSecond, perSecond);
	}

	/** Sends a message to all members; gives why not, null if it goes. */
	@Nullable DropReason broadcast(long nowNanos, byte[] body) {
		if (this.state.phase != ClusterPhase.JOINED) {
			return dropped(DropReason.NOT_READY);
		}
		if (this.state.config.dissemination().sendsMax() == 0) {
			return dropped(DropReason.BROADCASTS_OFF);
		}
		if (this.sequence == WireLimits.VERSION_MAX || !this.allowance.tryTake(nowNanos, 1)) {
			return dropped(DropReason.MESSAGE_RATE_LIMIT);
		}
		if (!queue(this.state.selfId, this.state.selfInstance, this.sequence, nowNanos, body)) {
			return DropReason.MESSAGES_LIMIT;
		}
		this.sequence++;
		this.state.observer.onMessageSent(GossipMessage.Kind.BROADCAST, body.length);
		return null;
	}

	/**
	 * Whether there is room for a message; if not, or if another one has to go, it is
	 * counted.
	 */
	private boolean queue(long origin, int instance, int number, long bornNanos, byte[] body) {
		int before = this.state.messages.size();
		boolean isTaken = this.state.messages.offer(origin, instance, number, bornNanos, body);
		if (this.state.messages.size() == before) {
			this.state.drop(DropReason.MESSAGES_LIMIT);
		}
		return isTaken;
	}

	/** Sends a message to one member; gives why not, null if it goes. */
	@Nullable DropReason send(long target, byte[] body) {
		if (this.state.phase != ClusterPhase.JOINED) {
			return dropped(DropReason.NOT_READY);
		}
		int slot = this.state.table.slotOf(target);
		if (slot == MembershipTable.NO_SLOT || slot == SelfRecord.SLOT || !this.state.table.isIn(slot)) {
			return dropped(DropReason.UNKNOWN_MEMBER);
		}
		if (!this.packets.beginFrame(target).direct(body)) {
			return dropped(DropReason.OVERSIZE);
		}
		this.packets.sendFrame(this.state.table.member(slot).address(), TrafficClass.RUMOR);
		this.state.observer.onMessageSent(GossipMessage.Kind.DIRECT, body.length);
		return null;
	}

	private DropReason dropped(DropReason reason) {
		this.state.drop(reason);
		return reason;
	}

	/** Takes a broadcast, unless it was heard before, and passes it on. */
	void onBroadcast(long nowNanos, long origin, int instance, int number, long bornNanos, WireReader body) {
		if (!this.state.isActive()) {
			return;
		}
		if (origin == this.state.selfId) {
			this.state.observer.onMessageDuplicate();
			return;
		}
		int slot = this.state.table.slotOf(origin);
		if (slot == MembershipTable.NO_SLOT || !isStart(slot, instance)) {
			this.state.drop(DropReason.UNKNOWN_MEMBER);
			return;
		}
		if (nowNanos - bornNanos > LIFETIME_NANOS) {
			this.state.drop(DropReason.MESSAGE_STALE);
			return;
		}
		switch (this.heard.hear(nowNanos, origin, instance, number)) {
			case DUPLICATE -> this.state.observer.onMessageDuplicate();
			case FULL -> this.state.drop(DropReason.MESSAGES_LIMIT);
			case NEW -> {
				byte[] bytes = body.readRest();
				deliver(this.state.table.member(slot), bytes, GossipMessage.Kind.BROADCAST);
				if (this.state.config.dissemination().sendsMax() > 0) {
					queue(origin, instance, number, bornNanos, bytes);
				}
			}
		}
	}

	/**
	 * Whether a member is known by this start: of invented ones there is no end. One that
	 * was heard of before its record comes again with the next copy.
	 */
	private boolean isStart(int slot, int instance) {
		return instance == this.state.table.instance(slot) || instance == this.state.table.member(slot).instance();
	}

	/** Takes a direct message of a member that is known. */
	void onDirect(PacketHeader header, boolean isFrame, WireReader body) {
		if (!this.state.isActive()) {
			return;
		}
		int slot = this.state.table.slotOf(header.sender());
		if (slot == MembershipTable.NO_SLOT) {
			this.state.drop(DropReason.UNKNOWN_MEMBER);
		}
		else if (!isFrame) {
			this.state.drop(DropReason.IMPLAUSIBLE);
		}
		else {
			deliver(this.state.table.member(slot), body.readRest(), GossipMessage.Kind.DIRECT);
		}
	}

	private void deliver(Member origin, byte[] body, GossipMessage.Kind kind) {
		this.state.observer.onMessageReceived(kind, body.length);
		this.state.effects.deliver(new GossipMessage(origin, MessageBody.topic(body), MessageBody.payload(body), kind));
	}

}
