package io.gossip.protocol.engine;

import java.util.List;
import java.util.random.RandomGenerator;

import io.gossip.Address;
import io.gossip.protocol.membership.MembershipTable;
import org.jspecify.annotations.Nullable;

/** The addresses where a node looks for others, and which of them is next. */
final class SeedList {

	/** So many seeds are looked at at once; each is a walk over the table. */
	private static final int STRANGERS_LOOKED_FOR = 8;

	private final Address own;

	private List<Address> seeds = List.of();

	private int next;

	/**
	 * No seeds yet.
	 * @param own the address of this node, which is no seed of its own
	 */
	SeedList(Address own) {
		this.own = own;
	}

	/** Takes the seeds as they are known now. */
	void set(List<Address> fresh) {
		this.seeds = fresh.stream().filter((seed) -> !seed.equals(this.own)).distinct().toList();
	}

	boolean isEmpty() {
		return this.seeds.isEmpty();
	}

	int size() {
		return this.seeds.size();
	}

	/** Goes on with a random one. */
	void shuffle(RandomGenerator random) {
		this.next = random.nextInt(size());
	}

	/** The next one; after the last comes the first. */
	Address next() {
		return this.seeds.get(this.next++ % size());
	}

	/** The first ones, so many at most. */
	List<Address> first(int max) {
		return this.seeds.subList(0, Math.min(size(), max));
	}

	/**
	 * A seed that is not the address of a member that is in, at random.
	 * @return its address, null if there is none, or none among several in a row
	 */
	@Nullable Address stranger(MembershipTable table, RandomGenerator random) {
		int start = isEmpty() ? 0 : random.nextInt(size());
		for (int i = 0; i < Math.min(size(), STRANGERS_LOOKED_FOR); i++) {
			Address seed = this.seeds.get((start + i) % size());
			if (!isMember(table, seed)) {
				return seed;
			}
		}
		return null;
	}

	private static boolean isMember(MembershipTable table, Address address) {
		boolean isFound = false;
		for (int slot = 0; slot < table.slots() && !isFound; slot++) {
			isFound = table.isIn(slot) && table.member(slot).address().equals(address);
		}
		return isFound;
	}

}
