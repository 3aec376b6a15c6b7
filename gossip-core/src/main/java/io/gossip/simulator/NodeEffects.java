package io.gossip.simulator;

import io.gossip.Address;
import io.gossip.GossipMessage;
import io.gossip.MembershipEvent;
import io.gossip.protocol.Effects;
import io.gossip.protocol.TrafficClass;

/** What an engine does to the simulated world. */
final class NodeEffects implements Effects {

	private final World world;

	private final SimulatedNode node;

	NodeEffects(World world, SimulatedNode node) {
		this.world = world;
		this.node = node;
	}

	@Override
	public void sendDatagram(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length) {
		this.world.statistics().sentTo(this.node, to, trafficClass, length + Statistics.DATAGRAM_OVERHEAD_BYTES);
		this.world.sendDatagram(this.node, to, buffer, offset, length);
	}

	@Override
	public void sendFrame(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length) {
		this.world.statistics().sentTo(this.node, to, trafficClass, length + Statistics.FRAME_OVERHEAD_BYTES);
		this.world.sendFrame(this.node, to, buffer, offset, length);
	}

	@Override
	public void deliver(GossipMessage message) {
		this.world.delivered(this.node, message);
	}

	@Override
	public void emit(MembershipEvent event) {
		this.world.emitted(this.node, event);
	}

}
