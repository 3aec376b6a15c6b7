package io.gossip.simulator;

import java.util.Arrays;
import java.util.List;

import io.gossip.MemberState;
import io.gossip.MemberStatus;
import io.gossip.MembershipEvent;

import org.jspecify.annotations.Nullable;

/** The rules for every step. */
final class Invariants {

	private Invariants() {
	}

	static List<Invariant> standard(Simulation simulation) {
		return List.of(new PacketsWithinBudget(simulation), new StepsAreBounded(), new SelfIncarnationRises(),
				new OnlyTheOwnerRaises(), new IncarnationsNeverFall(simulation), new AccusationsAreFinal(),
				new AccusationsAreAnswered(), new QueuesWithinLimits(simulation));
	}

	/** No packet is larger than its budget. */
	static final class PacketsWithinBudget implements Invariant {

		private final int datagramBytesMax;

		private final int frameBytesMax;

		PacketsWithinBudget(Simulation simulation) {
			this.datagramBytesMax = simulation.config().transport().datagramBudgetBytes();
			this.frameBytesMax = simulation.config().transport().frameBytesMax();
		}

		@Override
		public @Nullable String onSend(Simulation simulation, SimulatedNode sender, boolean datagram, int length) {
			int max = (datagram) ? this.datagramBytesMax : this.frameBytesMax;
			if (length >= 1 && length <= max) {
				return null;
			}
			return sender.name() + " sends a " + ((datagram) ? "datagram" : "frame") + " of " + length
					+ " bytes; the limit is " + max;
		}

	}

	/** One step sends a bounded number of packets, however much there is to do. */
	static final class StepsAreBounded implements Invariant {

		private static final int PACKETS_MAX = 256;

		private int packets;

		@Override
		public @Nullable String onSend(Simulation simulation, SimulatedNode sender, boolean datagram, int length) {
			return (++this.packets <= PACKETS_MAX) ? null
					: sender.name() + " sends more than " + PACKETS_MAX + " packets in one step";
		}

		@Override
		public @Nullable String afterStep(Simulation simulation, SimulatedNode node) {
			this.packets = 0;
			return null;
		}

	}

	/** The incarnation that a node gives itself rises with every refutation. */
	static final class SelfIncarnationRises implements Invariant {

		@Override
		public @Nullable String afterStep(Simulation simulation, SimulatedNode node) {
			return simulation.statistics().takeViolation();
		}

	}

	/** Nobody hears of an incarnation that the subject itself has not reached. */
	static final class OnlyTheOwnerRaises implements Invariant {

		private long[] reached = new long[16];

		@Override
		public @Nullable String onEvent(Simulation simulation, SimulatedNode observer, MembershipEvent event) {
			SimulatedNode subject = simulation.statistics().nodeOf(event.member());
			if (subject == null) {
				return observer.name() + " knows " + event.member() + ", which is of no node of this world";
			}
			if (event.incarnation() > reached(subject) && subject.isRunning()) {
				look(subject);
			}
			if (event.incarnation() <= reached(subject)) {
				return null;
			}
			return observer.name() + " holds " + subject.name() + " at incarnation " + event.incarnation()
					+ ", which it never had; its highest is " + reached(subject);
		}

		@Override
		public void beforeStop(Simulation simulation, SimulatedNode node) {
			look(node);
		}

		private long reached(SimulatedNode node) {
			return (node.index() < this.reached.length) ? this.reached[node.index()] : 0;
		}

		private void look(SimulatedNode node) {
			long own = node.view().find(node.id()).map(MemberStatus::incarnation).orElse(0L);
			if (node.index() >= this.reached.length) {
				this.reached = Arrays.copyOf(this.reached, Math.max(16, 2 * node.index()));
			}
			this.reached[node.index()] = Math.max(this.reached[node.index()], own);
		}

	}

	/**
	 * In the view of a node no incarnation falls while it runs. Looked at for a few nodes
	 * and now and then, because a view is long.
	 */
	static final class IncarnationsNeverFall implements Invariant {

		private static final long INTERVAL_NANOS = 1_000_000_000L;

		private static final int WATCHED = 4;

		private final int stride;

		private final long[][] seen = new long[WATCHED][0];

		private final int[] epochs = new int[WATCHED];

		private final long[] nextNanos = new long[WATCHED];

		private final long[] versions = new long[WATCHED];

		IncarnationsNeverFall(Simulation simulation) {
			this.stride = Math.max(1, simulation.settings().nodes() / WATCHED);
		}

		@Override
		public @Nullable String afterStep(Simulation simulation, SimulatedNode node) {
			int watched = node.index() / this.stride;
			if (node.index() % this.stride != 0 || watched >= WATCHED
					|| simulation.world().nowNanos() < this.nextNanos[watched]) {
				return null;
			}
			this.nextNanos[watched] = simulation.world().nowNanos() + INTERVAL_NANOS;
			long version = node.view().version();
			if (this.epochs[watched] != node.epoch()) {
				this.epochs[watched] = node.epoch();
				Arrays.fill(this.seen[watched], 0);
			}
			else if (this.versions[watched] == version) {
				return null;
			}
			this.versions[watched] = version;
			return compare(simulation, node, watched);
		}

		private @Nullable String compare(Simulation simulation, SimulatedNode node, int watched) {
			if (this.seen[watched].length < simulation.nodes().size()) {
				this.seen[watched] = Arrays.copyOf(this.seen[watched], simulation.nodes().size());
			}
			for (MemberStatus status : node.view().all()) {
				SimulatedNode subject = simulation.statistics().nodeOf(status.member());
				if (subject == null) {
					continue;
				}
				long before = this.seen[watched][subject.index()];
				if (status.incarnation() < before) {
					return node.name() + " held " + subject.name() + " at incarnation " + before + " and now at "
							+ status.incarnation();
				}
				this.seen[watched][subject.index()] = status.incarnation();
			}
			return null;
		}

	}

	/** What a node keeps stays within the limits that its settings name. */
	static final class QueuesWithinLimits implements Invariant {

		private final int rumorsMax;

		private final int suspicionsMax;

		private final int tombstonesMax;

		QueuesWithinLimits(Simulation simulation) {
			this.tombstonesMax = simulation.config().limits().tombstonesMax();
			this.rumorsMax = simulation.config().limits().rumorsMax();
			this.suspicionsMax = simulation.config().limits().suspicionsMax();
		}

		@Override
		public @Nullable String afterStep(Simulation simulation, SimulatedNode node) {
			if (!node.isRunning()) {
				return null;
			}
			if (node.engine().rumorsQueued() > this.rumorsMax) {
				return node.name() + " queues " + node.engine().rumorsQueued() + " rumors; the limit is "
						+ this.rumorsMax;
			}
			if (node.engine().suspicionsRunning() > this.suspicionsMax) {
				return node.name() + " runs " + node.engine().suspicionsRunning() + " suspicions; the limit is "
						+ this.suspicionsMax;
			}
			int tombstones = node.engine().count(MemberState.DEAD) + node.engine().count(MemberState.LEFT);
			if (tombstones > this.tombstonesMax) {
				return node.name() + " keeps " + tombstones + " tombstones; the limit is " + this.tombstonesMax;
			}
			return null;
		}

	}

}
