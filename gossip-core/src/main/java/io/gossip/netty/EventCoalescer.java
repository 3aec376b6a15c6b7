package io.gossip.netty;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gossip.Member;
import io.gossip.MembershipEvent;
import io.gossip.MembershipEvent.Conflicted;
import io.gossip.MembershipEvent.Failed;
import io.gossip.MembershipEvent.Joined;
import io.gossip.MembershipEvent.Left;
import io.gossip.MembershipEvent.Recovered;
import io.gossip.MembershipEvent.Suspected;
import io.gossip.MembershipEvent.Updated;
import io.gossip.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The reduction of events that wait to what they come to. Of each member remain at most
 * four events that lead a listener from what it was told last to the latest state: a
 * member that joined and went was never there, a suspicion that was refuted never
 * happened, and several updates are one.
 */
final class EventCoalescer {

	private EventCoalescer() {
	}

	/**
	 * Reduces a queue in place. The events of a member stay in order, at the place of its
	 * first.
	 * @param queue the events that no listener has seen
	 * @return how many events have gone
	 */
	static int coalesce(ArrayDeque<MembershipEvent> queue) {
		int before = queue.size();
		Map<NodeId, Net> nets = new LinkedHashMap<>();
		for (MembershipEvent event : queue) {
			nets.computeIfAbsent(event.member().id(), (id) -> new Net(event)).add(event);
		}
		queue.clear();
		for (Net net : nets.values()) {
			queue.addAll(net.events());
		}
		return before - queue.size();
	}

	/** What the events of one member come to. */
	private static final class Net {

		private final boolean wasIn;

		private @Nullable Boolean wasSuspect;

		private @Nullable Member previous;

		private @Nullable MembershipEvent closing;

		private @Nullable Joined joined;

		private @Nullable Suspected suspected;

		private @Nullable MembershipEvent recovered;

		private @Nullable MembershipEvent conflicted;

		private MembershipEvent last;

		Net(MembershipEvent first) {
			this.wasIn = !(first instanceof Joined);
			this.last = first;
		}

		void add(MembershipEvent event) {
			this.last = event;
			if (event instanceof Conflicted) {
				this.conflicted = event;
			}
			else if (event instanceof Joined opening) {
				this.joined = opening;
				this.suspected = null;
				this.recovered = null;
			}
			else if (event instanceof Failed || event instanceof Left) {
				this.closing = event;
				this.joined = null;
				this.suspected = null;
				this.recovered = null;
			}
			else if (event instanceof Suspected accusation) {
				this.wasSuspect = (this.wasSuspect != null) ? this.wasSuspect : Boolean.FALSE;
				this.suspected = accusation;
				this.recovered = null;
			}
			else if (event instanceof Recovered) {
				this.wasSuspect = (this.wasSuspect != null) ? this.wasSuspect : Boolean.TRUE;
				this.suspected = null;
				this.recovered = event;
			}
			else if (event instanceof Updated update && this.previous == null && this.closing == null) {
				this.previous = update.previous();
			}
		}

		List<MembershipEvent> events() {
			List<MembershipEvent> events = new ArrayList<>();
			boolean isIn = !(this.last instanceof Failed || this.last instanceof Left);
			if (this.wasIn && this.closing != null) {
				events.add(this.closing);
			}
			if (!isIn) {
				return events;
			}
			if (this.joined != null) {
				events.add(new Joined(this.last.member(), this.joined.incarnation()));
			}
			else if (this.previous != null && !this.previous.equals(this.last.member())) {
				events.add(new Updated(this.last.member(), this.last.incarnation(), this.previous));
			}
			boolean toldSuspect = this.joined == null && Boolean.TRUE.equals(this.wasSuspect);
			if (this.suspected != null && !toldSuspect) {
				events.add(this.suspected);
			}
			else if (this.recovered != null && toldSuspect) {
				events.add(this.recovered);
			}
			if (this.conflicted != null) {
				events.add(this.conflicted);
			}
			return events;
		}

	}

}
