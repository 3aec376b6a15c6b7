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
 * @param status how the protocol is doing here
 */
public record GossipDescriptor(NodeDescriptor node, String cluster, String viewHash, List<MemberDescriptor> members,
		StatusDescriptor status) {

	static String hex(long value) {
		return HexFormat.of().toHexDigits(value);
	}

}
