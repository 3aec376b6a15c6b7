package io.gossip.netty;

import java.time.Duration;
import java.util.Collections;
import java.util.TreeMap;

import io.gossip.Address;
import io.gossip.Member;
import io.gossip.MembershipEvent;
import io.gossip.NodeId;
import io.gossip.Zone;

/** Events about members that are known by a number. */
final class Events {

	private Events() {
	}

	static Member member(int number) {
		return member(number, 1);
	}

	static Member member(int number, int contentVersion) {
		return new Member(new NodeId(number), 1, "m" + number, Address.ofIpv4(0x7F000001, number), Zone.NONE,
				Collections.unmodifiableSortedMap(new TreeMap<>()), contentVersion, 1, 1);
	}

	static MembershipEvent joined(int number) {
		return new MembershipEvent.Joined(member(number), 1);
	}

	static MembershipEvent suspected(int number) {
		return new MembershipEvent.Suspected(member(number), 1, new NodeId(99));
	}

	static MembershipEvent recovered(int number) {
		return new MembershipEvent.Recovered(member(number), 2);
	}

	static MembershipEvent failed(int number) {
		return new MembershipEvent.Failed(member(number), 1, new NodeId(99), 0, Duration.ZERO);
	}

	static MembershipEvent left(int number) {
		return new MembershipEvent.Left(member(number), 1);
	}

	static MembershipEvent updated(int number, int from, int to) {
		return new MembershipEvent.Updated(member(number, to), 1, member(number, from));
	}

}
