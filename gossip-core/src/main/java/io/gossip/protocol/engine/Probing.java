package io.gossip.protocol.engine;

import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.probe.ProbeActions;

/** Does what the failure detector asks for. */
final class Probing implements ProbeActions {

	private final EngineState state;

	private final EngineParts parts;

	Probing(EngineState state, EngineParts parts) {
		this.state = state;
		this.parts = parts;
	}

	@Override
	public void sendPing(long nowNanos, int slot, int sequence) {
		this.parts.peers.sendPing(nowNanos, slot, sequence);
	}

	@Override
	public void sendStreamPing(long nowNanos, int slot, int sequence) {
		MembershipTable table = this.state.table;
		this.parts.packets.beginFrame(table.id(slot)).ping(sequence);
		this.parts.packets.sendFrame(table.member(slot).address(), TrafficClass.PROBE);
	}

	@Override
	public void sendPingRequest(long nowNanos, int helperSlot, int sequence, long target, int budgetMillis) {
		MembershipTable table = this.state.table;
		this.parts.packets.begin(table.id(helperSlot)).pingRequest(sequence, target, budgetMillis);
		this.parts.packets.sendProbe(nowNanos, table.member(helperSlot).address(), table.id(helperSlot));
	}

	@Override
	public boolean hasHeardSince(long nowNanos, int slot, long sinceNanos) {
		return nowNanos - this.state.heardAgoNanos(nowNanos, slot) - sinceNanos > 0;
	}

	@Override
	public boolean isNeverHeard(long nowNanos, int slot) {
		return this.state.table.isNeverHeard(slot, this.state.millis(nowNanos));
	}

	@Override
	public void onLate(long nowNanos, int slot) {
		// If it is its whole zone, that is known before anybody is accused.
		this.parts.zones.onUnanswered(nowNanos, slot);
	}

	@Override
	public void accuse(long nowNanos, int slot, boolean refused) {
		this.parts.records.accuse(nowNanos, slot, refused);
	}

}
