package io.gossip.netty;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.gossip.Address;
import io.gossip.GossipConfig;
import io.gossip.Member;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProtocolObserver;
import org.jspecify.annotations.Nullable;

/**
 * What a node writes to the log: a line for each thing that somebody should know of, none
 * for a packet. The event loop alone calls it, unless noted.
 */
final class NodeLog implements ProtocolObserver {

	private static final Logger LOGGER = System.getLogger(NettyGossipCluster.class.getName());

	private final String node;

	private final String cluster;

	private final Set<DropReason> reasonsSeen = EnumSet.noneOf(DropReason.class);

	private volatile String seeds = "none known yet";

	private int attemptUnanswered;

	private @Nullable String conflict;

	private @Nullable Address rivalLogged;

	NodeLog(String node, String cluster) {
		this.node = node;
		this.cluster = cluster;
	}

	/** The addresses in use may keep others out, or let anybody in. */
	void started(GossipConfig.Transport transport, Address bound, Address advertised) {
		LOGGER.log(Level.INFO, "Gossip node ''{0}'' of cluster ''{1}'' listens on {2} (UDP and TCP) and is reached at"
				+ " {3}", this.node, this.cluster, bound, advertised);
		if (advertised.isLoopback() && !bound.isLoopback()) {
			LOGGER.log(Level.WARNING, "Gossip node ''{0}'' advertises {1}, which other hosts cannot reach, though it"
					+ " listens on {2}: set transport.advertise-address", this.node, advertised, bound);
		}
		if (!bound.isLoopback()) {
			LOGGER.log(Level.WARNING, "Gossip node ''{0}'' listens on {1} without authentication: whoever reaches the"
					+ " port can join or disturb cluster ''{2}''. Keep it within a trusted network, or set"
					+ " transport.bind-address (now ''{3}'')", this.node, bound, this.cluster,
					transport.bindAddress());
		}
	}

	/** Takes what the resolver has found, on its thread. */
	void resolved(SeedResolver.Seeds found) {
		String problems = (found.problems().isEmpty()) ? "" : " (" + String.join("; ", found.problems()) + ")";
		this.seeds = found.texts() + problems;
	}

	void joined(int members) {
		this.attemptUnanswered = 0;
		LOGGER.log(Level.INFO, "Gossip node ''{0}'' has joined cluster ''{1}'': {2} members in view", this.node,
				this.cluster, members);
	}

	void failed(Throwable failure) {
		LOGGER.log(Level.ERROR, "Gossip node '" + this.node + "' of cluster '" + this.cluster
				+ "' has ended by a broken invariant; start it again, and report this", failure);
	}

	void stuck() {
		LOGGER.log(Level.ERROR, "The event loop of gossip node ''{0}'' does not end: something blocks it", this.node);
	}

	@Override
	public void onJoinAttempt(int attempt, long retryDelayNanos) {
		if (this.attemptUnanswered > 0) {
			unanswered(this.attemptUnanswered, retryDelayNanos);
		}
		this.attemptUnanswered = attempt;
	}

	/** No seed has answered an attempt, or has an address; the next follows after a pause. */
	void unanswered(int attempt, long pauseNanos) {
		LOGGER.log(Level.WARNING, "Gossip node ''{0}'' is up alone: no seed of {1} has answered attempt {2} to join"
				+ " cluster ''{3}''. It goes on trying, next within {4} ms. Check the addresses, the cluster name and"
				+ " that UDP and TCP pass", this.node, this.seeds, attempt, this.cluster, TimeUnit.NANOSECONDS.toMillis(pauseNanos));
	}

	@Override
	public void onIdentityConflict(Member self, Address rival) {
		this.conflict = "The name '" + self.name() + "' is taken in cluster '" + this.cluster
				+ "': this node at " + self.address() + " found a live node of that name at " + rival
				+ ". Give each node a name of its own (node.name), or stop the other one";
		if (!rival.equals(this.rivalLogged)) {
			this.rivalLogged = rival;
			LOGGER.log(Level.WARNING, this.conflict);
		}
	}

	/** Who has the same identity, and what to do. */
	String conflict() {
		return (this.conflict != null) ? this.conflict
				: "Another live node has the name '" + this.node + "' in cluster '" + this.cluster + "'";
	}

	@Override
	public void onDropped(DropReason reason) {
		if (this.reasonsSeen.add(reason)) {
			LOGGER.log(Level.DEBUG, "Gossip node ''{0}'' dropped something for the first time: {1}; further ones are"
					+ " only counted", this.node, reason.label());
		}
	}

}
