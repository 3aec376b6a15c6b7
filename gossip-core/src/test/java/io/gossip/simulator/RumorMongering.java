package io.gossip.simulator;

import java.time.Duration;
import java.util.Arrays;

/**
 * The epidemic of Demers et al. (1987), section 1.4: push, with feedback and counter. A
 * site that is interested pushes the rumor to one random other site a cycle. The receiver
 * answers whether it needed it, and whom k answers in a row have told that it was not
 * needed loses interest.
 *
 * <p>
 * Cycles are synchronous, as they are in the paper's simulations: what is needed is
 * decided by what the receiver knew when the cycle began, so that two pushes to the same
 * site in the same cycle were both needed. It runs on the simulator's own heap, network
 * and random streams.
 */
final class RumorMongering {

	private static final long CYCLE_NANOS = 1_000_000_000L;

	private static final byte[] RUMOR = { 0 };

	private static final byte[] NEEDED = { 0, 0 };

	private static final byte[] NOT_NEEDED = { 0, 0, 0 };

	private final int sites;

	private final int interestMax;

	private final Simulation hosts;

	private final EventHeap events = new EventHeap();

	private final PacketSlab packets = new PacketSlab(false);

	private final Network network;

	private final SeededRandom random;

	/** By site: in which cycle it heard of the rumor; negative if it did not. */
	private final int[] heardIn;

	/** By site: how many pushes in vain it takes until it loses interest. */
	private final int[] interest;

	private int active;

	private int pushes;

	private long cycle;

	RumorMongering(Simulation hosts, int interestMax, long seed) {
		this.hosts = hosts;
		this.sites = hosts.nodes().size();
		this.interestMax = interestMax;
		LinkProfile link = LinkProfile.ofLatency(Duration.ofMillis(1));
		this.network = new Network(this.events, this.packets, hosts.world().hosts(), new Links(1, link, link),
				SeededRandom.derive(seed, 1));
		this.random = new SeededRandom(SeededRandom.derive(seed, 2));
		this.heardIn = new int[this.sites];
		this.interest = new int[this.sites];
	}

	/** Lets one rumor run from the first site until nobody is interested any more. */
	void run() {
		Arrays.fill(this.heardIn, -1);
		Arrays.fill(this.interest, 0);
		this.pushes = 0;
		this.cycle = 0;
		this.active = 0;
		hear(0);
		while (this.active > 0) {
			this.cycle++;
			for (int site = 0; site < this.sites; site++) {
				if (this.interest[site] > 0) {
					this.pushes++;
					int other = (site + 1 + this.random.nextInt(this.sites - 1)) % this.sites;
					send(this.cycle * CYCLE_NANOS, site, other, RUMOR);
				}
			}
			deliver();
		}
	}

	private void deliver() {
		while (!this.events.isEmpty()) {
			this.events.pop();
			int from = resident(this.events.argument());
			int to = resident(this.events.target());
			int length = this.packets.length(this.events.packet());
			this.packets.release(this.events.packet());
			if (length == RUMOR.length) {
				boolean isKnown = this.heardIn[to] >= 0;
				boolean isNeeded = !isKnown || this.heardIn[to] == this.cycle;
				send(this.events.timeNanos(), to, from, isNeeded ? NEEDED : NOT_NEEDED);
				if (!isKnown) {
					hear(to);
				}
			}
			else if (length == NEEDED.length) {
				this.interest[to] = this.interestMax;
			}
			else if (--this.interest[to] == 0) {
				this.active--;
			}
		}
	}

	private void hear(int site) {
		this.heardIn[site] = (int) this.cycle;
		this.interest[site] = this.interestMax;
		this.active++;
	}

	private int resident(int host) {
		return this.hosts.world().hosts().resident(host).index();
	}

	private void send(long nowNanos, int from, int to, byte[] packet) {
		this.network.send(nowNanos, this.hosts.node(from), this.hosts.node(to).address(), packet, 0, packet.length);
	}

	/** The share of sites that never heard of it. */
	double residue() {
		int missed = 0;
		for (int heard : this.heardIn) {
			missed += (heard < 0) ? 1 : 0;
		}
		return (double) missed / this.sites;
	}

	/** How many pushes there were for each site. */
	double traffic() {
		return (double) this.pushes / this.sites;
	}

	/** In which cycle the last site heard of it, of those that did. */
	double lastCycle() {
		int last = 0;
		for (int heard : this.heardIn) {
			last = Math.max(last, heard);
		}
		return last;
	}

}
