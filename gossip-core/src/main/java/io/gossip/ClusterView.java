package io.gossip;

import java.util.List;
import java.util.Optional;

/**
 * The members as one node knew them at one moment. It is immutable, and the same instance
 * until something changed.
 */
public interface ClusterView {

	/**
	 * The members that are in (ALIVE or SUSPECT), this node included, in no special
	 * order.
	 */
	List<MemberStatus> members();

	/** Everybody known, the dead and the departed that are still remembered included. */
	List<MemberStatus> all();

	/**
	 * What is known of a node.
	 * @param id its identity
	 * @return its status, empty if it is unknown or forgotten
	 */
	Optional<MemberStatus> find(NodeId id);

	/**
	 * How many members have a state.
	 * @param state the state
	 * @return the number
	 */
	int count(MemberState state);

	/** How many members are in. */
	default int size() {
		return count(MemberState.ALIVE) + count(MemberState.SUSPECT);
	}

	/**
	 * The divergence hash: 64 bits over (id, instance, content version) of the members
	 * that are in. Two nodes with equal hashes hold the same membership.
	 */
	long hash();

	/** A number that grows by one or more with every change of this node's view. */
	long version();

	/**
	 * The zones that this node cannot reach as a whole: their members are not declared
	 * dead one by one, and should not be called.
	 */
	default List<Zone> unreachableZones() {
		return List.of();
	}

}
