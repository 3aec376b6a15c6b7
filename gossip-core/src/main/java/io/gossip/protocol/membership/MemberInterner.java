package io.gossip.protocol.membership;

import io.gossip.Member;
import org.jspecify.annotations.Nullable;

/**
 * A cache of members, so that the nodes of one thread share equal ones. Each place holds
 * the last member that fell on it, so that its memory is bounded.
 */
public final class MemberInterner {

	private final @Nullable Member[] cache;

	/**
	 * A cache.
	 * @param capacity how many members it may hold; rounded up to a power of two
	 */
	public MemberInterner(int capacity) {
		this.cache = new Member[Integer.highestOneBit(Math.max(capacity, 2) * 2 - 1)];
	}

	/**
	 * The member with an identity and a version, if it is here.
	 * @return the member, null if it is not known
	 */
	public @Nullable Member find(long id, int instance, int contentVersion) {
		Member found = this.cache[place(id)];
		return (found != null && found.id().value() == id && found.instance() == instance
				&& found.contentVersion() == contentVersion) ? found : null;
	}

	/**
	 * The one instance of a member.
	 * @param member a member
	 * @return an equal member, the same for all callers as long as it is cached
	 */
	public Member intern(Member member) {
		int place = place(member.id().value());
		Member found = this.cache[place];
		if (found != null && found.equals(member)) {
			return found;
		}
		this.cache[place] = member;
		return member;
	}

	private int place(long id) {
		return (int) ViewHash.mix(id) & (this.cache.length - 1);
	}

}
