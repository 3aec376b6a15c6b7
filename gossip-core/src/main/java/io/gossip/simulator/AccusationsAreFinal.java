package io.gossip.simulator;

import java.util.Arrays;

import io.gossip.MembershipEvent;
import io.gossip.protocol.DropReason;

import org.jspecify.annotations.Nullable;

/**
 * The rule that only its owner takes a record back: whom a node has called suspect, dead
 * or gone, it calls alive again at a higher incarnation only, and no incarnation falls
 * from one event to the next. Members of a zone that the node has given up are another
 * matter: their death is a deduction, and the return of the zone refutes it as a whole.
 */
final class AccusationsAreFinal implements Invariant {

	/** By observer and subject: twice the incarnation, and one more if it is accused. */
	private long[][] held = new long[16][];

	/** By observer: the run of the process that this is about. */
	private int[] epochs = new int[16];

	@Override
	public @Nullable String onEvent(Simulation simulation, SimulatedNode observer, MembershipEvent event) {
		SimulatedNode subject = simulation.statistics().nodeOf(event.member());
		if (subject == null || !observer.isRunning() || !Watched.includes(simulation, observer)
				|| mayHaveForgotten(simulation)) {
			return null;
		}
		long[] row = row(simulation, observer, subject);
		long before = row[subject.index()];
		boolean accuses = event instanceof MembershipEvent.Suspected || event instanceof MembershipEvent.Failed
				|| event instanceof MembershipEvent.Left;
		boolean isAnswer = event instanceof MembershipEvent.Joined || event instanceof MembershipEvent.Recovered;
		row[subject.index()] = 2 * event.incarnation() + ((accuses || (!isAnswer && (before & 1) != 0)) ? 1 : 0);
		if (simulation.statistics().hasCut(observer, subject.zoneIndex())) {
			return null;
		}
		if (event.incarnation() < before >> 1) {
			return observer.name() + " held " + subject.name() + " at incarnation " + (before >> 1) + " and now at "
					+ event.incarnation();
		}
		if (isAnswer && (before & 1) != 0 && event.incarnation() == before >> 1) {
			return observer.name() + " takes back what it said of " + subject.name() + " at incarnation "
					+ event.incarnation() + ", though nothing newer was heard of it";
		}
		return null;
	}

	/** Who has been forgotten may come back as if it were new. */
	private static boolean mayHaveForgotten(Simulation simulation) {
		return simulation.now().compareTo(simulation.config().healing().retention()) >= 0
				|| simulation.statistics().drops(DropReason.TOMBSTONES_LIMIT) > 0;
	}

	private long[] row(Simulation simulation, SimulatedNode observer, SimulatedNode subject) {
		int index = observer.index();
		if (index >= this.held.length) {
			this.held = Arrays.copyOf(this.held, Math.max(simulation.nodes().size(), 2 * index));
			this.epochs = Arrays.copyOf(this.epochs, this.held.length);
		}
		if (this.held[index] == null) {
			this.held[index] = new long[simulation.nodes().size()];
		}
		if (subject.index() >= this.held[index].length) {
			this.held[index] = Arrays.copyOf(this.held[index], simulation.nodes().size());
		}
		if (this.epochs[index] != observer.epoch()) {
			this.epochs[index] = observer.epoch();
			Arrays.fill(this.held[index], 0);
		}
		return this.held[index];
	}

}
