package io.gossip.protocol.engine;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import com.sun.management.ThreadMXBean;
import io.gossip.Address;
import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.NodeId;
import io.gossip.protocol.Effects;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.membership.MemberInterner;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AllocationTest {

	private static final int NODES = 5;

	private static final int STEPS = 10_000;

	private static final int RUNS_MAX = 64;

	private static final int QUIET_RUNS = 4;

	private static final int QUEUE = 1024;

	private static final int BYTES = 65536;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final GossipEngine[] engines = new GossipEngine[NODES];

	private final Address[] addresses = new Address[NODES];

	/** Packets on their way, in a ring: all are as fast, so none overtakes another. */
	private final byte[][] buffers = new byte[QUEUE][BYTES / 16];

	private final int[] lengths = new int[QUEUE];

	private final int[] senders = new int[QUEUE];

	private final int[] receivers = new int[QUEUE];

	private final boolean[] frames = new boolean[QUEUE];

	private final long[] dues = new long[QUEUE];

	private int head;

	private int tail;

	private long now = 1;

	private int sending;

	private long allocated;

	private int datagrams;

	@Test
	void aStepOfAClusterAtRestAllocatesNothing() {
		build();
		assertThat(probeOfTheProbe()).as("what the measurement itself allocates").isZero();
		long hash = this.engines[0].viewHash();
		// The first run compiles, grows arrays and settles the cluster.
		while (this.now < 300_000_000_000L) {
			step();
		}
		for (GossipEngine engine : this.engines) {
			assertThat(engine.count(MemberState.ALIVE)).isEqualTo(NODES);
			assertThat(engine.viewHash()).isEqualTo(this.engines[0].viewHash());
		}
		assertThat(this.allocated).as("bytes allocated by the joins").isPositive();
		assertThat(hash).isNotZero();
		List<Long> bytes = allocatedByRuns();
		assertThat(bytes.subList(bytes.size() - QUIET_RUNS, bytes.size()))
			.as("bytes that the last runs of %d steps allocated; all runs: %s", STEPS, bytes)
			.containsOnly(0L);
	}

	/**
	 * What each run of steps has allocated, until several in a row have allocated
	 * nothing. Who allocates at rest does so again and again; the JVM allocates a few
	 * bytes only where it replaces compiled code, which takes longer on a busy machine.
	 */
	private List<Long> allocatedByRuns() {
		List<Long> bytes = new ArrayList<>();
		for (int quiet = 0; quiet < QUIET_RUNS && bytes.size() < RUNS_MAX;) {
			this.allocated = 0;
			this.datagrams = 0;
			for (int step = 0; step < STEPS; step++) {
				step();
			}
			assertThat(this.datagrams).as("packets that the steps were about").isGreaterThan(STEPS / 4);
			bytes.add(this.allocated);
			quiet = (this.allocated == 0) ? quiet + 1 : 0;
		}
		return bytes;
	}

	private void build() {
		byte[] scratch = new byte[BYTES];
		MemberInterner interner = new MemberInterner(64);
		SplittableRandom random = new SplittableRandom(5);
		for (int i = 0; i < NODES; i++) {
			this.addresses[i] = Address.ofIpv4(0x0A000001 + i, 7946);
			this.engines[i] = new GossipEngine(
					new EngineSetup(GossipConfig.defaults(), NodeId.ofName("default", "n" + i), i, "n" + i,
							this.addresses[i], random.split(), interner, new Queue(), ProtocolObserver.NONE, scratch));
		}
		for (int i = 0; i < NODES; i++) {
			this.sending = i;
			this.engines[i].join(this.now, (i == 0) ? List.of() : List.of(this.addresses[0]));
			for (int step = 0; step < 50; step++) {
				step();
			}
		}
	}

	/** Allocation is counted around two calls with nothing in between. */
	private long probeOfTheProbe() {
		long most = 0;
		for (int i = 0; i < 1000; i++) {
			long before = THREADS.getCurrentThreadAllocatedBytes();
			long after = THREADS.getCurrentThreadAllocatedBytes();
			most = (i > 500) ? Math.max(most, after - before) : 0;
		}
		return most;
	}

	private void step() {
		int next = 0;
		for (int i = 1; i < NODES; i++) {
			if (this.engines[i].nextDeadline() < this.engines[next].nextDeadline()) {
				next = i;
			}
		}
		long deadline = this.engines[next].nextDeadline();
		if (this.head != this.tail && this.dues[this.head] <= deadline) {
			int packet = this.head;
			this.now = this.dues[packet];
			this.sending = this.receivers[packet];
			GossipEngine receiver = this.engines[this.sending];
			Address from = this.addresses[this.senders[packet]];
			long before = THREADS.getCurrentThreadAllocatedBytes();
			if (this.frames[packet]) {
				receiver.onFrame(this.now, from, this.buffers[packet], 0, this.lengths[packet]);
			}
			else {
				receiver.onDatagram(this.now, from, this.buffers[packet], 0, this.lengths[packet]);
			}
			this.allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
			this.head = (packet + 1) % QUEUE;
		}
		else {
			this.now = deadline;
			this.sending = next;
			long before = THREADS.getCurrentThreadAllocatedBytes();
			this.engines[next].onTimer(this.now);
			this.allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
		}
	}

	private final class Queue implements Effects {

		@Override
		public void sendDatagram(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length) {
			AllocationTest.this.datagrams++;
			add(to, false, buffer, offset, length);
		}

		@Override
		public void sendFrame(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length) {
			add(to, true, buffer, offset, length);
		}

		@Override
		public void emit(MembershipEvent event) {
			// Nothing listens here.
		}

		private void add(Address to, boolean isFrame, byte[] buffer, int offset, int length) {
			AllocationTest test = AllocationTest.this;
			int place = test.tail;
			System.arraycopy(buffer, offset, test.buffers[place], 0, length);
			test.lengths[place] = length;
			test.senders[place] = test.sending;
			test.receivers[place] = (int) (to.low() & 0xFF) - 1;
			test.frames[place] = isFrame;
			test.dues[place] = test.now + 1_000_000;
			test.tail = (place + 1) % QUEUE;
		}

	}

}
