package io.gossip.protocol.engine;

import java.util.EnumSet;
import java.util.Set;

import io.gossip.Address;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.wire.MessageType;
import io.gossip.protocol.wire.PacketHeader;

/** The packet under way: how it came, and what its messages have made of it so far. */
final class InboundPacket {

	private final EngineState state;

	long nowNanos;

	Address from;

	boolean isFrame;

	/** Whether it is a joiner's question. */
	boolean isJoin;

	/** The questions of it that were taken, one of each kind. */
	private final Set<MessageType> taken = EnumSet.noneOf(MessageType.class);

	/** Whether it is the whole table of a member. */
	boolean isSnapshot;

	/** Whether it names members to ask instead of its sender. */
	boolean isReferral;

	/** Whether the rest of it is not to be believed. */
	boolean isVoid;

	/** Whether it is from another start with this node's identity. */
	boolean isRival;

	/** How long it was under way, negative as long as nobody asked. */
	private long transitNanos;

	InboundPacket(EngineState state, Address from) {
		this.state = state;
		this.from = from;
	}

	void begin(long now, Address source, boolean overStream, PacketHeader header) {
		this.nowNanos = now;
		this.from = source;
		this.isFrame = overStream;
		this.transitNanos = -1;
		this.isJoin = false;
		this.taken.clear();
		this.isSnapshot = false;
		this.isReferral = false;
		this.isVoid = false;
		this.isRival = header.sender() == this.state.selfId;
	}

	/**
	 * Takes a question, unless the packet has asked the same before: no node does, and
	 * each question has an answer or a cost of its own, so that many in one packet would
	 * make it a flood.
	 */
	boolean takes(MessageType question) {
		boolean isFirst = this.taken.add(question);
		if (!isFirst) {
			this.state.drop(DropReason.RATE_LIMIT);
		}
		return isFirst;
	}

	/** When news was made: its age, and half a round trip for the way here. */
	long bornNanos(PacketHeader header, int ageMillis) {
		if (this.transitNanos < 0) {
			int slot = this.state.table.slotOf(header.sender());
			this.transitNanos = (slot == MembershipTable.NO_SLOT) ? 0
					: this.state.roundTrips.usualNanos(this.state.table.zone(slot), 0) / 2;
		}
		return this.nowNanos - ageMillis * 1_000_000L - this.transitNanos;
	}

}
