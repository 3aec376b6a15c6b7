package io.gossip.simulator;

import java.util.Arrays;
import java.util.BitSet;

import io.gossip.MembershipEvent;

import org.jspecify.annotations.Nullable;

/**
 * The mistakes of failure detection: members suspected or declared dead although they
 * were well and could be reached. Each incarnation of a member counts once, however many
 * others believed it.
 *
 * <p>
 * Two nodes reach each other if no cut is between them; loss is no excuse. Well is who
 * runs, is not slow, and was neither stopped, paused nor slow within the last ten
 * seconds. A pause of no more than {@code failure-detection.tolerated-pause} is a reason
 * to suspect, but not to declare dead. In an experiment that blocks certain members,
 * exactly the others are well.
 */
final class FalsePositives {

	private final World world;

	private @Nullable BitSet blocked;

	private long[] suspected = new long[16];

	private long[] dead = new long[16];

	private long[] deadByHealthy = new long[16];

	private long suspicions;

	private long deaths;

	private long deathsByHealthy;

	FalsePositives(World world) {
		this.world = world;
	}

	/** Makes room for a node. */
	void register(int node) {
		if (node >= this.dead.length) {
			this.suspected = Arrays.copyOf(this.suspected, 2 * node);
			this.dead = Arrays.copyOf(this.dead, 2 * node);
			this.deadByHealthy = Arrays.copyOf(this.deadByHealthy, 2 * node);
		}
	}

	/** From now on exactly those that are not in the set count as well. */
	void blocked(BitSet nodes) {
		this.blocked = nodes;
	}

	void onSuspected(SimulatedNode observer, SimulatedNode subject, MembershipEvent event) {
		if (event.incarnation() > this.suspected[subject.index()] && isWell(subject) && reach(observer, subject)) {
			this.suspected[subject.index()] = event.incarnation();
			this.suspicions++;
		}
	}

	/**
	 * Takes a declaration of death.
	 * @param accuser who declared it, the observer itself if nobody else is known
	 */
	void onFailed(SimulatedNode observer, SimulatedNode subject, MembershipEvent event, SimulatedNode accuser) {
		if (event.incarnation() <= this.deadByHealthy[subject.index()] || !mustLive(subject)
				|| !reach(observer, subject)) {
			return;
		}
		if (event.incarnation() > this.dead[subject.index()]) {
			this.dead[subject.index()] = event.incarnation();
			this.deaths++;
		}
		if (isWell(accuser)) {
			this.deadByHealthy[subject.index()] = event.incarnation();
			this.deathsByHealthy++;
		}
	}

	private boolean isWell(SimulatedNode node) {
		return (this.blocked != null) ? node.isStaying() && !this.blocked.get(node.index())
				: node.isStaying() && node.isHealthy();
	}

	private boolean mustLive(SimulatedNode node) {
		return (this.blocked != null) ? isWell(node) : node.isStaying() && node.mustLive();
	}

	private boolean reach(SimulatedNode one, SimulatedNode other) {
		return !this.world.network().isBlocked(one.index(), other.index())
				&& !this.world.network().isBlocked(other.index(), one.index());
	}

	/** How many incarnations of well members somebody suspected who could reach them. */
	long suspicions() {
		return this.suspicions;
	}

	/** How many incarnations of well members somebody held dead who could reach them. */
	long deaths() {
		return this.deaths;
	}

	/** How many of those deaths were declared by a member that was well itself. */
	long deathsByHealthy() {
		return this.deathsByHealthy;
	}

}
