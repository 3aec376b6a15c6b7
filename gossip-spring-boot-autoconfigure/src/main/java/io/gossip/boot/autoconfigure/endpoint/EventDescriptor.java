package io.gossip.boot.autoconfigure.endpoint;

import java.time.Instant;

import io.gossip.ClusterView;
import io.gossip.MembershipEvent;
import io.gossip.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A membership event with its cause.
 *
 * @param time when this node was told
 * @param kind what happened, such as {@code Failed}
 * @param member the name of the member that it happened to
 * @param id the identity of that member, sixteen hexadecimal digits
 * @param incarnation its incarnation after the change
 * @param accuser who missed its answer, or declared it dead: the name where it is known,
 * else the identity; null if the event has none
 * @param confirmations how many members accused it independently, null if the event has
 * no accuser
 * @param suspectedMillis how long it was suspected here, null if the event is no failure
 * @param change what an update has changed, or where another process with the identity of
 * this node answers; null if the event is neither
 */
public record EventDescriptor(Instant time, String kind, String member, String id, long incarnation,
		@Nullable String accuser, @Nullable Integer confirmations, @Nullable Long suspectedMillis,
		@Nullable String change) {

	static EventDescriptor of(MembershipEvent event, Instant time, ClusterView view) {
		String accuser = null;
		Integer confirmations = null;
		Long suspectedMillis = null;
		String change = null;
		if (event instanceof MembershipEvent.Suspected suspected) {
			accuser = name(suspected.accuser(), view);
		}
		else if (event instanceof MembershipEvent.Failed failed) {
			accuser = (failed.accuser() != null) ? name(failed.accuser(), view) : null;
			confirmations = failed.confirmations();
			suspectedMillis = failed.suspectedFor().toMillis();
		}
		else if (event instanceof MembershipEvent.Updated updated) {
			change = updated.isRestart() ? "restart" : "content";
		}
		else if (event instanceof MembershipEvent.Conflicted conflicted) {
			change = "rival at " + conflicted.rival();
		}
		return new EventDescriptor(time, event.getClass().getSimpleName(), event.member().name(),
				event.member().id().toString(), event.incarnation(), accuser, confirmations, suspectedMillis, change);
	}

	private static String name(NodeId id, ClusterView view) {
		return view.find(id).map((status) -> status.member().name()).orElseGet(id::toString);
	}

}
