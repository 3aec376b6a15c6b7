package io.gossip.boot.autoconfigure.endpoint;

import java.util.HexFormat;
import java.util.Map;

import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.MemberStatus;

/**
 * A member as this node knows it.
 *
 * @param id the identity, sixteen hexadecimal digits
 * @param name the name for people
 * @param address where it listens
 * @param zone the failure domain, empty if it has none
 * @param state what this node holds of it
 * @param incarnation the incarnation that the state belongs to
 * @param instance the mark of its start, eight hexadecimal digits
 * @param contentVersion the version of address, zone and metadata
 * @param metadata what it publishes
 */
public record MemberDescriptor(String id, String name, String address, String zone, MemberState state, long incarnation,
		String instance, int contentVersion, Map<String, String> metadata) {

	static MemberDescriptor of(MemberStatus status) {
		Member member = status.member();
		return new MemberDescriptor(member.id().toString(), member.name(), member.address().toString(),
				member.zone().name(), status.state(), status.incarnation(),
				HexFormat.of().toHexDigits(member.instance()), member.contentVersion(), member.metadata());
	}

}
