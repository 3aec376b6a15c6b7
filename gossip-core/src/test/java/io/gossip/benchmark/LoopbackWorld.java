package io.gossip.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

import io.gossip.Address;
import io.gossip.GossipConfig;
import io.gossip.Member;
import io.gossip.MembershipEvent;
import io.gossip.NodeId;
import io.gossip.protocol.DeadlineHeap;
import io.gossip.protocol.Effects;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.engine.EngineSetup;
import io.gossip.protocol.engine.GossipEngine;
import io.gossip.protocol.membership.MemberInterner;

/**
 * A cluster at rest on a network that takes no time: engines and as little as possible
 * beside them, so that what is measured is the engines.
 */
final class LoopbackWorld {

	private static final int FRAME_BYTES = 65536;

	private static final int PACKET_BYTES = 2048;

	private static final int QUEUE = 1 << 14;

	private final GossipEngine[] engines;

	private final Address[] addresses;

	private final DeadlineHeap timers;

	/** Packets under way, in a ring. */
	private final byte[][] buffers = new byte[QUEUE][];

	private final int[] lengths = new int[QUEUE];

	private final int[] senders = new int[QUEUE];

	private final int[] receivers = new int[QUEUE];

	private final boolean[] frames = new boolean[QUEUE];

	private int head;

	private int tail;

	private long nowNanos = 1;

	private int stepping;

	private long probes;

	LoopbackWorld(int nodes) {
		this.engines = new GossipEngine[nodes];
		this.addresses = new Address[nodes];
		this.timers = new DeadlineHeap(nodes);
		MemberInterner interner = new MemberInterner(4 * nodes);
		byte[] scratch = new byte[FRAME_BYTES];
		SplittableRandom random = new SplittableRandom(1);
		List<Member> members = new ArrayList<>();
		for (int i = 0; i < nodes; i++) {
			this.addresses[i] = Address.ofIpv4(0x0A000000 + i, 7946);
			this.engines[i] = new GossipEngine(new EngineSetup(GossipConfig.defaults(),
					NodeId.ofName("default", "n" + i), i + 1, "n" + i, this.addresses[i], random.split(), interner,
					new Loopback(), ProtocolObserver.NONE, scratch));
			members.add(this.engines[i].self());
		}
		for (int i = 0; i < nodes; i++) {
			this.engines[i].startConverged(this.nowNanos, List.of(), members);
			this.timers.set(i, this.engines[i].nextDeadline());
		}
	}

	/** Serves timers until so many pings have been answered. */
	void roundTrips(int count) {
		long end = this.probes + 2L * count;
		while (this.probes < end) {
			step();
		}
	}

	/** Serves timers for a while. */
	void run(long nanos) {
		long endNanos = this.nowNanos + nanos;
		while (this.timers.firstDeadline() - endNanos <= 0) {
			step();
		}
		this.nowNanos = endNanos;
	}

	/** Changes what one node tells of itself. */
	void update(int node, String value) {
		TreeMap<String, String> metadata = new TreeMap<>();
		metadata.put("version", value);
		this.stepping = node;
		this.engines[node].updateMetadata(this.nowNanos, metadata);
		stepped(node);
		deliver();
	}

	/** Whether all nodes hold the same. */
	boolean isConverged() {
		for (GossipEngine engine : this.engines) {
			if (engine.viewHash() != this.engines[0].viewHash()) {
				return false;
			}
		}
		return true;
	}

	private void step() {
		int node = this.timers.firstKey();
		this.nowNanos = Math.max(this.nowNanos, this.timers.firstDeadline());
		this.stepping = node;
		this.engines[node].onTimer(this.nowNanos);
		stepped(node);
		deliver();
	}

	private void deliver() {
		while (this.head != this.tail) {
			int packet = this.head;
			this.head = (packet + 1) % QUEUE;
			int node = this.receivers[packet];
			this.stepping = node;
			Address from = this.addresses[this.senders[packet]];
			if (this.frames[packet]) {
				this.engines[node].onFrame(this.nowNanos, from, this.buffers[packet], 0, this.lengths[packet]);
			}
			else {
				this.engines[node].onDatagram(this.nowNanos, from, this.buffers[packet], 0, this.lengths[packet]);
			}
			stepped(node);
		}
	}

	private void stepped(int node) {
		this.timers.set(node, this.engines[node].nextDeadline());
	}

	private final class Loopback implements Effects {

		@Override
		public void sendDatagram(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length) {
			LoopbackWorld.this.probes += (trafficClass == TrafficClass.PROBE) ? 1 : 0;
			add(to, false, buffer, offset, length);
		}

		@Override
		public void sendFrame(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length) {
			add(to, true, buffer, offset, length);
		}

		@Override
		public void emit(MembershipEvent event) {
			// Nobody listens.
		}

		private void add(Address to, boolean isFrame, byte[] buffer, int offset, int length) {
			LoopbackWorld world = LoopbackWorld.this;
			int packet = world.tail;
			if (world.buffers[packet] == null || world.buffers[packet].length < length) {
				world.buffers[packet] = new byte[Math.max(length, PACKET_BYTES)];
			}
			System.arraycopy(buffer, offset, world.buffers[packet], 0, length);
			world.lengths[packet] = length;
			world.senders[packet] = world.stepping;
			world.receivers[packet] = (int) to.low() & 0xFFFF;
			world.frames[packet] = isFrame;
			world.tail = (packet + 1) % QUEUE;
			if (world.tail == world.head) {
				throw new IllegalStateException("more than " + QUEUE + " packets are under way");
			}
		}

	}

}
