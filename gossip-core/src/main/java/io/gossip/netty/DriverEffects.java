package io.gossip.netty;

import java.util.ArrayList;
import java.util.List;

import io.gossip.Address;
import io.gossip.MembershipEvent;
import io.gossip.protocol.Effects;
import io.gossip.protocol.TrafficClass;

/**
 * What the engine does to the world: it writes to the endpoints at once, and keeps events
 * until the step is over.
 */
final class DriverEffects implements Effects {

	/** Stands for seeds that have no address yet: what is sent there is not sent. */
	static final Address NOWHERE = Address.ofIpv4(0, 0);

	private final DatagramEndpoint datagrams;

	private final StreamEndpoint streams;

	private final List<MembershipEvent> events = new ArrayList<>();

	DriverEffects(DatagramEndpoint datagrams, StreamEndpoint streams) {
		this.datagrams = datagrams;
		this.streams = streams;
	}

	@Override
	public void sendDatagram(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length) {
		if (!NOWHERE.equals(to)) {
			this.datagrams.send(to, trafficClass, buffer, offset, length);
		}
	}

	@Override
	public void sendFrame(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length) {
		if (!NOWHERE.equals(to)) {
			this.streams.send(to, buffer, offset, length);
		}
	}

	@Override
	public void emit(MembershipEvent event) {
		this.events.add(event);
	}

	void flush() {
		this.datagrams.flush();
		this.streams.flush();
	}

	void deliverTo(EventDispatcher dispatcher) {
		if (!this.events.isEmpty()) {
			dispatcher.dispatch(this.events);
			this.events.clear();
		}
	}

	void close() {
		this.datagrams.close();
		this.streams.close();
	}

}
