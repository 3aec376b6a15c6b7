package io.gossip.boot.autoconfigure.endpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.gossip.ClusterView;
import io.gossip.MemberState;
import io.gossip.MemberStatus;
import io.gossip.Zone;

/**
 * A failure domain as this node sees it.
 *
 * @param name the name, empty for members that have none
 * @param reachable whether anybody of it can be reached, as far as that is in doubt
 * @param members how many members it has, by state
 */
public record ZoneDescriptor(String name, boolean reachable, Map<MemberState, Integer> members) {

	/** The zones of a view, in the order of their names. */
	static List<ZoneDescriptor> of(ClusterView view) {
		Map<Zone, Map<MemberState, Integer>> counts = new TreeMap<>(Comparator.comparing(Zone::name));
		for (MemberStatus status : view.all()) {
			counts.computeIfAbsent(status.member().zone(), (zone) -> new TreeMap<>())
				.merge(status.state(), 1, Integer::sum);
		}
		List<ZoneDescriptor> zones = new ArrayList<>();
		counts.forEach((zone, members) -> zones
			.add(new ZoneDescriptor(zone.name(), !view.unreachableZones().contains(zone), members)));
		return zones;
	}

}
