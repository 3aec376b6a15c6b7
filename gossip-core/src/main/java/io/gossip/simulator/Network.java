package io.gossip.simulator;

import java.util.ArrayList;
import java.util.List;

import io.gossip.Address;

import org.jspecify.annotations.Nullable;

/**
 * The datagram network: decides by its own random stream whether and when a datagram
 * arrives. Also knows the cuts, which streams obey as well.
 */
final class Network {

	private static final long REPLAY_MIN_NANOS = 1_000_000_000L;

	private static final long REPLAY_MAX_NANOS = 30_000_000_000L;

	private final EventHeap events;

	private final PacketSlab packets;

	private final Hosts hosts;

	private final Links links;

	private final SeededRandom random;

	private final long clogSeed;

	private final List<Partition> partitions = new ArrayList<>();

	private long datagramsSent;

	private long datagramsLost;

	Network(EventHeap events, PacketSlab packets, Hosts hosts, Links links, long seed) {
		this.events = events;
		this.packets = packets;
		this.hosts = hosts;
		this.links = links;
		this.random = new SeededRandom(seed);
		this.clogSeed = SeededRandom.derive(seed, 1);
	}

	Links links() {
		return this.links;
	}

	SeededRandom random() {
		return this.random;
	}

	long datagramsSent() {
		return this.datagramsSent;
	}

	/** Lost on the way, cut off, or sent to where nobody lives. */
	long datagramsLost() {
		return this.datagramsLost;
	}

	void cut(Partition partition, List<SimulatedNode> nodes) {
		for (SimulatedNode node : nodes) {
			partition.place(node);
		}
		this.partitions.add(partition);
	}

	void placeInPartitions(SimulatedNode node) {
		for (Partition partition : this.partitions) {
			partition.place(node);
		}
	}

	void healAll() {
		for (Partition partition : this.partitions) {
			partition.heal();
		}
		this.partitions.clear();
	}

	/** Whether a cut stops what goes from one node to another. */
	boolean isBlocked(int from, int to) {
		boolean blocked = false;
		for (int i = this.partitions.size() - 1; i >= 0; i--) {
			Partition partition = this.partitions.get(i);
			if (partition.isHealed()) {
				this.partitions.remove(i);
			}
			else {
				blocked |= partition.blocks(from, to);
			}
		}
		return blocked;
	}

	void send(long nowNanos, SimulatedNode from, Address to, byte[] buffer, int offset, int length) {
		this.datagramsSent++;
		int host = this.hosts.host(to);
		@Nullable SimulatedNode target = this.hosts.resident(host);
		if (target == null || to.port() != Hosts.PORT || isBlocked(from.index(), target.index())) {
			this.datagramsLost++;
			return;
		}
		Link link = this.links.between(from, target);
		if (this.random.chance(link.loss)) {
			this.datagramsLost++;
			return;
		}
		int packet = this.packets.store(buffer, offset, length);
		long delay = delayNanos(link, nowNanos, from.index(), target.index());
		this.events.push(nowNanos + delay, EventKind.DATAGRAM, host, from.host(), packet, 0);
		if (this.random.chance(link.duplication)) {
			long again = delayNanos(link, nowNanos, from.index(), target.index());
			this.events.push(nowNanos + again, EventKind.DATAGRAM, host, from.host(), this.packets.copy(packet), 0);
		}
		if (this.random.chance(link.replay)) {
			long later = this.random.nextLong(REPLAY_MIN_NANOS, REPLAY_MAX_NANOS);
			this.events.push(nowNanos + later, EventKind.DATAGRAM, host, from.host(), this.packets.copy(packet), 0);
		}
	}

	private long delayNanos(Link link, long nowNanos, int from, int to) {
		return link.latencyNanos(this.random) + link.reorderingNanos(this.random)
				+ link.cloggedNanos(nowNanos, this.clogSeed, from, to);
	}

}
