package io.gossip.benchmark;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.gossip.Member;
import io.gossip.NodeId;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.TrafficClass;

/** What all nodes of one cluster together have sent, suspected and removed. */
final class LoopbackTraffic implements ProtocolObserver {

	private static final int UDP_AND_IP_BYTES = 28;

	/** The length in front of a frame, and the headers of TCP and IP. */
	private static final int STREAM_BYTES = 4 + 40;

	private final LongAdder bytesSent = new LongAdder();

	private final LongAdder suspicions = new LongAdder();

	private final LongAdder falseRemovals = new LongAdder();

	private final Set<NodeId> ended = ConcurrentHashMap.newKeySet();

	@Override
	public void onDatagramSent(TrafficClass trafficClass, int bytes) {
		this.bytesSent.add(bytes + UDP_AND_IP_BYTES);
	}

	@Override
	public void onFrameSent(TrafficClass trafficClass, int bytes) {
		this.bytesSent.add(bytes + STREAM_BYTES);
	}

	@Override
	public void onSuspicionStarted(Member subject) {
		this.suspicions.increment();
	}

	@Override
	public void onFailure(Member subject) {
		if (!this.ended.contains(subject.id())) {
			this.falseRemovals.increment();
		}
	}

	/** From now on it is right to remove a member. */
	void end(NodeId member) {
		this.ended.add(member);
	}

	long bytesSent() {
		return this.bytesSent.sum();
	}

	long suspicions() {
		return this.suspicions.sum();
	}

	/** How often a node declared one dead that ran. */
	long falseRemovals() {
		return this.falseRemovals.sum();
	}

}
