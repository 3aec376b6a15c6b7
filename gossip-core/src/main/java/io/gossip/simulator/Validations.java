package io.gossip.simulator;

import java.util.ArrayList;
import java.util.List;

import io.gossip.ClusterPhase;
import io.gossip.MemberState;
import io.gossip.MemberStatus;

import org.jspecify.annotations.Nullable;

/** The rules for a world at rest. */
final class Validations {

	/**
	 * Above this many nodes only the first views are looked through; equal hashes vouch
	 * for the rest.
	 */
	private static final int VIEWS_MAX = 300;

	private static final int QUEUE_MAX = 16;

	/** Over a shorter time chance makes differences. */
	private static final double LOAD_SECONDS_MIN = 30;

	private static final double LOAD_FACTOR_MAX = 2;

	/** Those who reach each other have one hash, and hold as many as they are. */
	static final Validation ONE_VIEW = Validations::oneView;

	/** Nobody who runs and can be reached is held dead, or not at all. */
	static final Validation NOBODY_WELL_IS_DEAD = Validations::nobodyWellIsDead;

	/** No news waits and no suspicion runs. */
	static final Validation QUEUES_ARE_SMALL = Validations::queuesAreSmall;

	/** No node of a cluster at rest sends much more than the others. */
	static final Validation LOAD_IS_FLAT = Validations::loadIsFlat;

	static final List<Validation> STANDARD = List.of(ONE_VIEW, NOBODY_WELL_IS_DEAD, QUEUES_ARE_SMALL);

	private Validations() {
	}

	private static @Nullable String oneView(Simulation simulation) {
		for (List<SimulatedNode> group : groups(simulation)) {
			SimulatedNode first = group.get(0);
			for (SimulatedNode node : group) {
				if (node.phase() != ClusterPhase.JOINED) {
					return node.name() + " is " + node.phase() + ", not JOINED";
				}
				if (node.engine().viewHash() != first.engine().viewHash()) {
					return "views differ: " + describe(first) + ", " + describe(node) + difference(first, node);
				}
			}
			if (first.view().size() != group.size()) {
				return group.size() + " nodes reach each other, but " + describe(first);
			}
		}
		return null;
	}

	private static String describe(SimulatedNode node) {
		return node.name() + " holds " + node.view().size() + " members with hash "
				+ Long.toHexString(node.engine().viewHash());
	}

	private static String difference(SimulatedNode one, SimulatedNode other) {
		for (MemberStatus status : one.view().members()) {
			MemberStatus theirs = other.view().find(status.member().id()).orElse(null);
			if (theirs == null || !theirs.state().isIn() || !theirs.member().equals(status.member())) {
				return "; the first holds " + text(status) + ", the second " + text(theirs);
			}
		}
		for (MemberStatus status : other.view().members()) {
			MemberStatus theirs = one.view().find(status.member().id()).orElse(null);
			if (theirs == null || !theirs.state().isIn()) {
				return "; the first holds " + text(theirs) + ", the second " + text(status);
			}
		}
		return "; though they hold the same members";
	}

	private static String text(@Nullable MemberStatus status) {
		if (status == null) {
			return "nothing";
		}
		return status.member().name() + " " + status.state() + "@" + status.incarnation() + " instance "
				+ Integer.toHexString(status.member().instance()) + " content " + status.member().contentVersion()
				+ " at " + status.member().address();
	}

	/** Those who run and mean to stay, by who reaches whom; each group is a cluster. */
	private static List<List<SimulatedNode>> groups(Simulation simulation) {
		List<List<SimulatedNode>> groups = new ArrayList<>();
		for (SimulatedNode node : simulation.nodes()) {
			if (node.isStaying()) {
				groupOf(simulation, groups, node).add(node);
			}
		}
		return groups;
	}

	private static List<SimulatedNode> groupOf(Simulation simulation, List<List<SimulatedNode>> groups,
			SimulatedNode node) {
		for (List<SimulatedNode> group : groups) {
			int representative = group.get(0).index();
			if (!simulation.network().isBlocked(representative, node.index())
					|| !simulation.network().isBlocked(node.index(), representative)) {
				return group;
			}
		}
		List<SimulatedNode> group = new ArrayList<>();
		groups.add(group);
		return group;
	}

	private static @Nullable String nobodyWellIsDead(Simulation simulation) {
		for (List<SimulatedNode> group : groups(simulation)) {
			for (SimulatedNode observer : group.subList(0, Math.min(group.size(), VIEWS_MAX))) {
				for (SimulatedNode subject : group) {
					MemberState state = observer.stateOf(subject);
					if (state == null || !state.isIn()) {
						return observer.name() + " holds " + subject.name() + " "
								+ ((state != null) ? state : "not at all") + ", which is well";
					}
				}
			}
		}
		return null;
	}

	private static @Nullable String loadIsFlat(Simulation simulation) {
		Statistics statistics = simulation.statistics();
		double seconds = (simulation.world().nowNanos() - statistics.sinceNanos()) / 1e9;
		if (seconds < LOAD_SECONDS_MIN) {
			return null;
		}
		long all = 0;
		for (SimulatedNode node : simulation.nodes()) {
			all += statistics.bytesSent(node.index());
		}
		double mean = (double) all / simulation.nodes().size();
		for (SimulatedNode node : simulation.nodes()) {
			if (statistics.bytesSent(node.index()) > LOAD_FACTOR_MAX * mean) {
				return node.name() + " sends " + Math.round(statistics.bytesSent(node.index()) / seconds)
						+ " B/s, a node on average " + Math.round(mean / seconds) + " B/s";
			}
		}
		return null;
	}

	private static @Nullable String queuesAreSmall(Simulation simulation) {
		for (SimulatedNode node : simulation.nodes()) {
			if (node.isRunning() && node.engine().rumorsQueued() > QUEUE_MAX) {
				return node.name() + " still has " + node.engine().rumorsQueued() + " rumors to send";
			}
			if (node.isRunning() && node.engine().suspicionsRunning() > 0) {
				return node.name() + " still has " + node.engine().suspicionsRunning() + " suspicions running";
			}
		}
		return null;
	}

}
