package io.gossip.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gossip.Address;
import io.gossip.GossipConfig;
import io.gossip.protocol.UnreachableReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StreamModelTest {

	private static final long SECOND = 1_000_000_000L;

	private static final LinkProfile PLAIN = LinkProfile.ofLatency(Duration.ofMillis(10));

	private final Simulation simulation = Simulation.builder()
		.nodes(3)
		.config(GossipConfig.builder()
			.transport((old) -> old.withConnectionsMax(2).withIdleTimeout(Duration.ofSeconds(5)))
			.build())
		.build();

	private final EventHeap events = new EventHeap();

	private final PacketSlab packets = new PacketSlab(true);

	private final Links links = new Links(1, PLAIN, PLAIN);

	private final Hosts hosts = this.simulation.world().hosts();

	private final Network network = new Network(this.events, this.packets, this.hosts, this.links, 3);

	private final StreamModel streams = new StreamModel(this.events, this.packets, this.hosts, this.network,
			this.simulation.settings(), 4);

	private final List<String> log = new ArrayList<>();

	private final List<Long> times = new ArrayList<>();

	private long nowNanos;

	StreamModelTest() {
		this.simulation.nodes().forEach(SimulatedNode::start);
	}

	@Test
	void framesArriveInTheOrderInWhichTheyWereSent() {
		this.links.zonePair(0, 0, PLAIN.withLoss(0.3));
		for (int i = 0; i < 100; i++) {
			send(0, address(1), i + 1);
			runUntil(this.nowNanos + 3_000_000);
		}
		runUntil(60 * SECOND);
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			expected.add("1 gets " + (i + 1));
		}
		assertThat(this.log).isEqualTo(expected);
	}

	@Test
	void aLostSegmentCostsARetransmissionTimeout() {
		send(0, address(1), 10);
		runUntil(SECOND);
		this.links.zonePair(0, 0, PLAIN.withLoss(0.5));
		for (int i = 0; i < 200; i++) {
			send(0, address(1), 10);
			runUntil(this.nowNanos + 30 * SECOND / 10);
		}
		long late = 0;
		for (int i = 1; i < this.times.size(); i++) {
			late += (this.times.get(i) - (SECOND + 3 * SECOND * (i - 1)) > StreamModel.RETRANSMISSION_NANOS) ? 1 : 0;
		}
		assertThat(late).isBetween(70L, 130L);
	}

	@Test
	void aConnectionTakesOneRoundTripMoreThanAFrame() {
		send(0, address(1), 10);
		runUntil(SECOND);
		assertThat(this.times.get(0)).isBetween(15_000_000L, 120_000_000L);
	}

	@Test
	void aLargeFrameTakesAsLongAsTheBandwidthDemands() {
		this.links.zonePair(0, 0, PLAIN.withBytesPerSecond(10_000));
		send(0, address(1), 10_000);
		send(0, address(1), 10_000);
		runUntil(10 * SECOND);
		assertThat(this.times.get(0)).isBetween(SECOND, SECOND + SECOND / 5);
		assertThat(this.times.get(1)).isBetween(2 * SECOND, 2 * SECOND + SECOND / 5);
	}

	@Test
	void theAnswerToAPortOfItsOwnTakesTheStreamBack() {
		send(0, address(1), 7);
		runUntil(SECOND);
		Address source = this.hosts.unpacked(this.lastSource);
		assertThat(source.port()).isNotEqualTo(Hosts.PORT);
		send(1, source, 8);
		runUntil(2 * SECOND);
		assertThat(this.log).containsExactly("1 gets 7", "0 gets 8");
		assertThat(this.streams.size()).isEqualTo(1);
	}

	@Test
	void aStreamThatNobodyUsesIsClosed() {
		send(0, address(1), 7);
		runUntil(30 * SECOND);
		assertThat(this.streams.size()).isZero();
		assertThat(this.packets.live()).isZero();
		assertThat(this.simulation.node(1).inbound()).isEmpty();
		send(1, this.hosts.unpacked(this.lastSource), 8);
		runUntil(31 * SECOND);
		assertThat(this.log).containsExactly("1 gets 7", "1 misses BROKEN");
	}

	@Test
	void whereNoProcessListensAConnectionIsRefusedAfterARoundTrip() {
		this.simulation.node(1).crash();
		send(0, address(1), 7);
		runUntil(5 * SECOND);
		assertThat(this.log).containsExactly("0 misses REFUSED");
		assertThat(this.times.get(0)).isBetween(10_000_000L, 80_000_000L);
	}

	@Test
	void whereTheHostIsGoneThereIsSilenceUntilTheTimeout() {
		this.simulation.node(1).vanish();
		send(0, address(1), 7);
		runUntil(5 * SECOND);
		assertThat(this.log).containsExactly("0 misses TIMEOUT");
		assertThat(this.times).containsExactly(2 * SECOND);
		assertThat(this.packets.live()).isZero();
	}

	@Test
	void aLostSynIsSentAgainAfterASecond() {
		Partition cut = new Partition((node) -> node.index() + 1, false);
		this.network.cut(cut, this.simulation.nodes());
		send(0, address(1), 7);
		runUntil(SECOND / 2);
		cut.heal();
		runUntil(5 * SECOND);
		assertThat(this.log).containsExactly("1 gets 7");
		assertThat(this.times.get(0)).isBetween(SECOND, SECOND + 100_000_000L);
	}

	@Test
	void aCutHoldsUpAnOpenStreamAndNothingIsLostOrOvertaken() {
		send(0, address(1), 1);
		runUntil(SECOND);
		Partition cut = new Partition((node) -> node.index() + 1, false);
		this.network.cut(cut, this.simulation.nodes());
		send(0, address(1), 2);
		send(0, address(1), 3);
		runUntil(2 * SECOND);
		cut.heal();
		send(0, address(1), 4);
		runUntil(20 * SECOND);
		assertThat(this.log).containsExactly("1 gets 1", "1 gets 2", "1 gets 3", "1 gets 4");
	}

	@Test
	void aCutThatLastsBreaksAnOpenStream() {
		send(0, address(1), 1);
		runUntil(SECOND);
		this.network.cut(new Partition((node) -> node.index() + 1, false), this.simulation.nodes());
		send(0, address(1), 2);
		runUntil(60 * SECOND);
		assertThat(this.log).containsExactly("1 gets 1", "0 misses BROKEN");
		assertThat(this.packets.live()).isZero();
	}

	@Test
	void aRestartedProcessDoesNotGetTheFramesOfTheOldOne() {
		send(0, address(1), 1);
		runUntil(SECOND);
		send(0, address(1), 2);
		this.simulation.node(1).restart();
		runUntil(2 * SECOND);
		assertThat(this.log).containsExactly("1 gets 1", "0 misses BROKEN");
		send(0, address(1), 3);
		runUntil(3 * SECOND);
		assertThat(this.log).last().isEqualTo("1 gets 3");
	}

	@Test
	void aFullServerBreaksConnectionsAndAFullClientMakesNone() {
		send(0, address(2), 1);
		send(1, address(2), 2);
		runUntil(SECOND / 2);
		SimulatedNode late = this.simulation.addNode();
		late.start();
		this.streams.send(this.nowNanos, late, address(2), new byte[3], 0, 3);
		runUntil(SECOND * 3 / 4);
		assertThat(this.log).last().isEqualTo("3 misses BROKEN");
		send(2, address(0), 4);
		runUntil(SECOND * 4 / 5);
		assertThat(this.log).last().isEqualTo("2 misses OVERLOAD");
	}

	@Test
	void aFullServerGivesUpTheStreamThatWasUnusedForLongest() {
		send(0, address(2), 1);
		runUntil(SECOND);
		send(1, address(2), 2);
		runUntil(4 * SECOND);
		send(2, address(0), 4);
		runUntil(5 * SECOND);
		assertThat(this.log).containsExactly("2 gets 1", "2 gets 2", "0 gets 4");
		assertThat(this.simulation.node(2).inbound()).hasSize(1);
		assertThat(this.simulation.node(0).streams()).isEmpty();
	}

	private long lastSource;

	private void send(int from, Address to, int length) {
		this.streams.send(this.nowNanos, this.simulation.node(from), to, new byte[length], 0, length);
	}

	private void runUntil(long limitNanos) {
		while (!this.events.isEmpty() && this.events.nextTimeNanos() <= limitNanos) {
			this.events.pop();
			this.nowNanos = this.events.timeNanos();
			switch (this.events.kind()) {
				case STREAM -> this.streams.onStreamEvent(this.nowNanos);
				case UNREACHABLE ->
					note(this.events.target() + " misses " + UnreachableReason.values()[this.events.argument() & 7]);
				case FRAME -> frame();
				default -> throw new AssertionError(this.events.kind());
			}
		}
		this.nowNanos = limitNanos;
	}

	private void frame() {
		int host = this.events.target();
		int packet = this.events.packet();
		long value = this.events.value();
		if (this.streams.onFrameEvent(this.nowNanos)) {
			this.lastSource = this.streams.source(value);
			note((host - 1) + " gets " + this.packets.length(packet));
			this.packets.release(packet);
		}
	}

	private void note(String line) {
		this.log.add(line);
		this.times.add(this.nowNanos);
	}

	private Address address(int index) {
		return this.simulation.node(index).address();
	}

}
