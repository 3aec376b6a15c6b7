package io.gossip.netty;

import java.util.ArrayList;
import java.util.List;

import io.gossip.Address;
import io.gossip.GossipMessage;
import io.gossip.MembershipEvent;
import io.gossip.protocol.Effects;
import io.gossip.protocol.TrafficClass;
import org.jspecify.annotations.Nullable;

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

	private final List<GossipMessage> messages = new ArrayList<>();

	/** Whoever waits for the next frame to be written. */
	private @Nullable MessageResult nextResult;

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
			MessageResult result = this.nextResult;
			this.nextResult = null;
			this.streams.send(to, buffer, offset, length, result);
		}
	}

	@Override
	public void emit(MembershipEvent event) {
		this.events.add(event);
	}

	@Override
	public void deliver(GossipMessage message) {
		this.messages.add(message);
	}

	/** The next frame is a message of the application, whose sender wants to know. */
	void expectFrame(@Nullable MessageResult result) {
		this.nextResult = result;
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

	/** Hands over the messages, and gives how many are lost. */
	int deliverTo(MessageDispatcher dispatcher) {
		int lost = 0;
		for (int i = 0; i < this.messages.size(); i++) {
			lost += dispatcher.dispatch(this.messages.get(i)) ? 0 : 1;
		}
		this.messages.clear();
		return lost;
	}

	void close() {
		this.datagrams.close();
		this.streams.close();
	}

}
