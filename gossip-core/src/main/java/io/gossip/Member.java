package io.gossip;

import java.util.SortedMap;

/**
 * What a node says of itself. It is immutable and shared: only its owner issues a new
 * one, with a higher content version. What others hold of the node (state and
 * incarnation) is in the {@link ClusterView}.
 *
 * @param id the identity
 * @param instance 32 random bits for each start of the process
 * @param name the name for people; at most 128 bytes of UTF-8
 * @param address where the node listens, UDP and TCP
 * @param zone the failure domain
 * @param metadata what the application publishes, sorted by key and unmodifiable
 * @param contentVersion the version of address, zone and metadata; 1 or more
 * @param protocolMin the lowest protocol version that the node understands
 * @param protocolMax the highest protocol version that the node understands
 */
public record Member(NodeId id, int instance, String name, Address address, Zone zone,
		SortedMap<String, String> metadata, int contentVersion, int protocolMin, int protocolMax) {

	/** Name and address. */
	@Override
	public String toString() {
		return this.name + " (" + this.address + ")";
	}

}
