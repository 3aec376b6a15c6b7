package io.gossip.boot.autoconfigure.endpoint;

import java.util.HexFormat;
import java.util.List;

/**
 * A cluster as one node knows it.
 *
 * @param node this node
 * @param cluster the name of the cluster
 * @param viewHash sixteen hexadecimal digits; nodes with equal ones hold the same
 * membership
 * @param members everybody known, this node included
 * @param zones the failure domains of these members
 * @param status how the protocol is doing here
 * @param queues what waits here
 * @param budgets what may be sent
 * @param sentinels the members that this node compares its view with
 * @param events what has happened of late, the newest first
 */
public record GossipDescriptor(NodeDescriptor node, String cluster, String viewHash, List<MemberDescriptor> members,
		List<ZoneDescriptor> zones, StatusDescriptor status, QueuesDescriptor queues, List<BudgetDescriptor> budgets,
		List<SentinelDescriptor> sentinels, List<EventDescriptor> events) {

	static String hex(long value) {
		return HexFormat.of().toHexDigits(value);
	}

}
