package io.gossip;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A change of membership as one node saw it. Events about one member arrive in the order
 * in which they happened; a {@link Joined} opens, a {@link Failed} or {@link Left}
 * closes.
 */
public sealed interface MembershipEvent {

	/** The member that it is about. */
	Member member();

	/** The incarnation of the member after the change. */
	long incarnation();

	/**
	 * A member is in that was not: it is new, or it was held dead or left.
	 *
	 * @param member the member
	 * @param incarnation its incarnation
	 */
	record Joined(Member member, long incarnation) implements MembershipEvent {
	}

	/**
	 * A member is accused of being unreachable.
	 *
	 * @param member the member
	 * @param incarnation its incarnation
	 * @param accuser who missed its answer first
	 */
	record Suspected(Member member, long incarnation, NodeId accuser) implements MembershipEvent {
	}

	/**
	 * A suspected member has shown that it is alive.
	 *
	 * @param member the member
	 * @param incarnation its incarnation
	 */
	record Recovered(Member member, long incarnation) implements MembershipEvent {
	}

	/**
	 * A member is declared unreachable.
	 *
	 * @param member the member
	 * @param incarnation its incarnation
	 * @param accuser who declared it, or suspected it first, where known
	 * @param confirmations how many members accused it independently, as far as known
	 * here
	 * @param suspectedFor how long it was suspected here, zero if it never was
	 */
	record Failed(Member member, long incarnation, @Nullable NodeId accuser, int confirmations,
			Duration suspectedFor) implements MembershipEvent {
	}

	/**
	 * A member has left of its own will.
	 *
	 * @param member the member
	 * @param incarnation its incarnation
	 */
	record Left(Member member, long incarnation) implements MembershipEvent {
	}

	/**
	 * Another live process has the identity of this node, which is a member already. It
	 * is told once a minute while it lasts; the two cannot be told apart by the others,
	 * so one of them has to stop or to get a name of its own.
	 *
	 * @param member this node
	 * @param incarnation its incarnation
	 * @param rival where the other process answers
	 */
	record Conflicted(Member member, long incarnation, Address rival) implements MembershipEvent {
	}

	/**
	 * A member that stays in has new metadata, a new address, or was restarted.
	 *
	 * @param member what it says now
	 * @param incarnation its incarnation
	 * @param previous what it said before
	 */
	record Updated(Member member, long incarnation, Member previous) implements MembershipEvent {

		/** Whether another start of the process took over. */
		public boolean isRestart() {
			return this.member.instance() != this.previous.instance();
		}

	}

}
