package io.gossip.protocol.engine;

import java.util.function.BooleanSupplier;

import io.gossip.protocol.membership.ZoneIndex;

/**
 * Whether a packet of news stays in this node's zone. No node is the bridge of its zone,
 * and none can be missed: each lets a share of its packets go to anybody, and the fewer
 * are left in its zone, the more, so that every piece of news leaves the zone with near
 * certainty.
 */
final class ZoneChoice implements BooleanSupplier {

	/** How many packets with the same news leave a zone, on average at least. */
	private static final int CROSSINGS_MIN = 8;

	private final EngineState state;

	ZoneChoice(EngineState state) {
		this.state = state;
	}

	/** Whether zones do not matter. */
	boolean isOpen() {
		int zone = this.state.table.zone(SelfRecord.SLOT);
		return this.state.config.dissemination().crossZonePercent() == 100 || zone == ZoneIndex.NONE
				|| this.state.table.sizeIn(zone) == this.state.table.sizeIn();
	}

	/** Whether the next packet of news is for a member of this node's zone. */
	@Override
	public boolean getAsBoolean() {
		if (isOpen()) {
			return false;
		}
		int near = this.state.table.sizeIn(this.state.table.zone(SelfRecord.SLOT));
		int members = this.state.table.sizeIn();
		// Of the packets that may go to anybody this share does leave the zone.
		double leaving = (double) (members - near) / members;
		double enough = 100.0 * CROSSINGS_MIN / (near * this.state.sendsLimit() * leaving);
		return this.state.random.nextDouble() * 100 >= Math.max(this.state.config.dissemination().crossZonePercent(),
				enough);
	}

}
