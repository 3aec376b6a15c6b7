package io.gossip.protocol.membership;

import java.util.Collections;

import io.gossip.Address;
import io.gossip.Member;
import io.gossip.NodeId;
import io.gossip.Zone;

/** Members for tests that care for their versions alone. */
public final class TestMembers {

	private TestMembers() {
	}

	/** A member with an identity, at instance 1 and content version 1. */
	public static Member member(long id) {
		return member(id, 1, 1);
	}

	/** A member with an identity and the versions of its content. */
	public static Member member(long id, int instance, int contentVersion) {
		return member(id, instance, contentVersion, Zone.NONE);
	}

	/** A member in a zone, at instance 1 and content version 1. */
	public static Member member(long id, Zone zone) {
		return member(id, 1, 1, zone);
	}

	private static Member member(long id, int instance, int contentVersion, Zone zone) {
		return new Member(new NodeId(id), instance, "m" + id, Address.ofIpv4((int) id | 1, 7946), zone,
				Collections.emptySortedMap(), contentVersion, 1, 1);
	}

}
