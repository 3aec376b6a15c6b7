package io.gossip.netty;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.gossip.Address;
import io.gossip.Member;
import io.gossip.TransportSettings;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProtocolObserver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node writes to the log: a line for each thing that somebody should know of, none
 * for a packet. The event loop alone calls it, unless noted.
 */
final class NodeLog implements ProtocolObserver {

	private static final Logger LOGGER = LoggerFactory.getLogger(NettyGossipCluster.class);

	private final String node;

	private final String cluster;

	private final Set<DropReason> reasonsSeen = EnumSet.noneOf(DropReason.class);

	private volatile String seeds = "none known yet";

	private @Nullable String conflict;

	private @Nullable Address rivalLogged;

	private boolean stateWarned;

	NodeLog(String node, String cluster) {
		this.node = node;
		this.cluster = cluster;
	}

	/** The addresses in use may keep others out, or let anybody in. */
	void started(TransportSettings transport, Address bound, Address advertised) {
		LOGGER.info("Gossip node '{}' of cluster '{}' listens on {} (UDP and TCP) and is reached at" + " {}", this.node,
				this.cluster, bound, advertised);
		if (advertised.isLoopback() && !bound.isLoopback()) {
			LOGGER.warn("Gossip node '{}' advertises {}, which other hosts cannot reach, though it"
					+ " listens on {}: set transport.advertise-address", this.node, advertised, bound);
		}
		if (advertised.isLinkLocal()) {
			LOGGER.warn("Gossip node '{}' advertises {}, which only hosts of the same link can reach: set"
					+ " transport.advertise-address", this.node, advertised);
		}
		if (!bound.isLoopback()) {
			LOGGER.warn(
					"Gossip node '{}' listens on {} without authentication: whoever reaches the"
							+ " port can join or disturb cluster '{}'. Keep it within a trusted network, or set"
							+ " transport.bind-address (now '{}')",
					this.node, bound, this.cluster, transport.bindAddress());
		}
	}

	/** Takes what the resolver has found, on its thread. */
	void resolved(SeedResolver.Seeds found) {
		String problems = (found.problems().isEmpty()) ? "" : " (" + String.join("; ", found.problems()) + ")";
		this.seeds = found.texts() + problems;
	}

	void joined(int members) {
		LOGGER.info("Gossip node '{}' has joined cluster '{}': {} members in view", this.node, this.cluster, members);
	}

	void failed(Throwable failure) {
		LOGGER.error("Gossip node '" + this.node + "' of cluster '" + this.cluster
				+ "' has ended by a broken invariant; start it again, and report this", failure);
	}

	void late(String what) {
		LOGGER.debug("{} after gossip node '{}' had ended", what, this.node);
	}

	void stateUnusable(Path file, @Nullable String problem) {
		LOGGER.warn("Gossip node '{}' cannot use what it has kept in {}: {}. It starts afresh, learns its versions"
				+ " from the others, and replaces the file. If that happens again, look for whoever else writes to"
				+ " node.state-directory", this.node, file, problem);
	}

	/** A failing disk is told of once; the rest is counted. */
	void stateNotWritten(Path file, Exception failure) {
		if (!this.stateWarned) {
			this.stateWarned = true;
			LOGGER.warn(
					"Gossip node '{}' cannot write its state to {}: {}. It runs on and tries again; after a"
							+ " restart it may have to learn its versions from the others. Check the space and the"
							+ " permissions of node.state-directory; further failures are only counted",
					this.node, file, failure.toString());
		}
	}

	void stuck() {
		LOGGER.error("The event loop of gossip node '{}' does not end: something blocks it", this.node);
	}

	@Override
	public void onJoinAttempt(int attempt, long retryDelayNanos) {
		if (attempt > 1) {
			unanswered(attempt - 1, retryDelayNanos);
		}
	}

	private void unanswered(int attempt, long pauseNanos) {
		LOGGER.warn("Gossip node '{}' is up alone: no seed of {} has answered attempt {} to join"
				+ " cluster '{}'. It goes on trying, next within {} ms. Check the addresses, the cluster name and"
				+ " that UDP and TCP pass", this.node, this.seeds, attempt, this.cluster,
				TimeUnit.NANOSECONDS.toMillis(pauseNanos));
	}

	@Override
	public void onIdentityConflict(Member self, Address rival) {
		this.conflict = "The name '" + self.name() + "' is taken in cluster '" + this.cluster + "': this node at "
				+ self.address() + " found a live node of that name at " + rival
				+ ". Give each node a name of its own (node.name), or stop the other one";
		if (this.rivalLogged == null || !this.rivalLogged.equals(rival)) {
			this.rivalLogged = rival;
			LOGGER.warn(this.conflict);
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
			LOGGER.debug(
					"Gossip node '{}' dropped something for the first time: {}; further ones are" + " only counted",
					this.node, reason.label());
		}
	}

}
