package io.gossip.simulator;

import java.time.Duration;

import io.gossip.Address;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NetworkTest {

	private static final byte[] PACKET = new byte[100];

	private static final LinkProfile PLAIN = LinkProfile.ofLatency(Duration.ofMillis(1));

	private final Simulation simulation = Simulation.builder().nodes(6).zones(2).build();

	private final EventHeap events = new EventHeap();

	private final PacketSlab packets = new PacketSlab(true);

	private final Links links = new Links(2, PLAIN, PLAIN);

	private final Network network = new Network(this.events, this.packets, this.simulation.world().hosts(), this.links,
			7);

	@Test
	void theShareOfLostDatagramsIsTheProfiles() {
		this.links.zonePair(0, 0, PLAIN.withLoss(0.05));
		send(0, 2, 100_000);
		assertThat(arrivals()).isBetween(94_500, 95_500);
		assertThat(this.network.datagramsLost()).isEqualTo(100_000 - arrivals());
	}

	@Test
	void theShareOfDuplicatesIsTheProfiles() {
		this.links.zonePair(0, 0, PLAIN.withDuplication(0.1));
		send(0, 2, 10_000);
		assertThat(arrivals()).isBetween(10_850, 11_150);
	}

	@Test
	void aReplayedDatagramComesSecondsLater() {
		this.links.zonePair(0, 0, PLAIN.withReplay(1));
		send(0, 2, 1);
		this.events.pop();
		assertThat(this.events.timeNanos()).isLessThan(100_000_000L);
		this.events.pop();
		assertThat(this.events.timeNanos()).isBetween(1_000_000_000L, 30_000_000_000L);
	}

	@Test
	void latencyHasTheMinimumMeanAndTailOfTheProfile() {
		send(0, 2, 20_000);
		Samples samples = new Samples();
		while (!this.events.isEmpty()) {
			this.events.pop();
			samples.add(this.events.timeNanos());
		}
		assertThat(samples.quantile(0)).isGreaterThanOrEqualTo(500_000);
		assertThat(samples.max()).isBetween(3_500_000L, 4_000_000L);
		assertThat(samples.mean()).isBetween(950_000.0, 1_050_000.0);
	}

	@Test
	void aHeldBackDatagramIsOvertaken() {
		this.links.zonePair(0, 0, PLAIN.withReordering(0.5, Duration.ofMillis(200)));
		for (int i = 0; i < 100; i++) {
			this.network.send(i * 10_000_000L, node(0), address(2), PACKET, 0, 50 + i % 2);
		}
		int overtaken = 0;
		int last = -1;
		while (!this.events.isEmpty()) {
			this.events.pop();
			overtaken += (this.events.packet() < last) ? 1 : 0;
			last = this.events.packet();
		}
		assertThat(overtaken).isPositive();
	}

	@Test
	void aClogHoldsBackWholeWindowsOfOnePath() {
		this.links.zonePair(0, 0, PLAIN.withClog(0.3, Duration.ofSeconds(1)));
		int late = 0;
		for (int second = 0; second < 1000; second++) {
			long sent = second * 1_000_000_000L;
			this.network.send(sent, node(0), address(2), PACKET, 0, 100);
			this.events.pop();
			late += (this.events.timeNanos() - sent >= 1_000_000_000L) ? 1 : 0;
		}
		assertThat(late).isBetween(230, 370);
	}

	@Test
	void aSymmetricCutStopsBothDirectionsAndHealingEndsIt() {
		Partition cut = new Partition((node) -> node.index() % 2 + 1, false);
		this.network.cut(cut, this.simulation.nodes());
		send(0, 1, 10);
		send(1, 0, 10);
		assertThat(arrivals()).isZero();
		send(0, 2, 10);
		assertThat(arrivals()).isEqualTo(10);
		cut.heal();
		send(0, 1, 10);
		assertThat(arrivals()).isEqualTo(20);
	}

	@Test
	void aOneWayCutStopsOneDirectionOnly() {
		this.network.cut(new Partition((node) -> (node.index() == 0) ? 1 : 2, true), this.simulation.nodes());
		send(0, 1, 10);
		assertThat(arrivals()).isZero();
		send(1, 0, 10);
		assertThat(arrivals()).isEqualTo(10);
	}

	@Test
	void aBystanderOfACutReachesEverybody() {
		this.network.cut(new Partition((node) -> Math.min(node.index(), 2), false), this.simulation.nodes());
		send(0, 1, 1);
		send(0, 2, 1);
		send(1, 0, 1);
		assertThat(arrivals()).isEqualTo(3);
		send(1, 2, 1);
		assertThat(arrivals()).isEqualTo(3);
	}

	@Test
	void anExceptionForAPairBeatsOneForASenderAndThatBeatsTheZones() {
		this.links.exception(0, Links.ANY, PLAIN.withLoss(1));
		this.links.exception(0, 4, PLAIN);
		send(0, 2, 5);
		assertThat(arrivals()).isZero();
		send(0, 4, 5);
		send(2, 0, 5);
		assertThat(arrivals()).isEqualTo(10);
		this.links.exception(Links.ANY, 0, PLAIN.withLoss(1));
		send(2, 0, 5);
		assertThat(arrivals()).isEqualTo(10);
		this.links.clearExceptions();
		send(2, 0, 5);
		assertThat(arrivals()).isEqualTo(15);
	}

	@Test
	void whatIsSentToAnAddressOfNobodyIsLost() {
		this.network.send(0, node(0), Address.ofIpv4(0x7F000001, Hosts.PORT), PACKET, 0, 10);
		this.network.send(0, node(0), Address.ofIpv4((10 << 24) | 99, Hosts.PORT), PACKET, 0, 10);
		this.network.send(0, node(0), address(1).withPort(9), PACKET, 0, 10);
		assertThat(arrivals()).isZero();
		assertThat(this.network.datagramsLost()).isEqualTo(3);
	}

	private void send(int from, int to, int times) {
		for (int i = 0; i < times; i++) {
			this.network.send(0, node(from), address(to), PACKET, 0, PACKET.length);
		}
	}

	private int arrivals() {
		return this.events.size();
	}

	private SimulatedNode node(int index) {
		return this.simulation.node(index);
	}

	private Address address(int index) {
		return node(index).address();
	}

}
