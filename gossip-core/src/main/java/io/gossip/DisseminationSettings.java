package io.gossip;

import java.time.Duration;

/**
 * How news spreads.
 *
 * @param gossipInterval the time between two gossip ticks, 10 ms or more
 * @param gossipFanout how many random members a tick sends to, 1 to 16
 * @param eagerFanout how many members hear fresh news at once, 0 to 16
 * @param eagerDelay how long fresh news waits for company
 * @param sendsMax how often a node sends one piece of news, 0 to 64. With 0 there are no
 * rumors and no broadcasts: what changes is found by comparing tables alone, which takes
 * many seconds
 * @param bytesPerSecond how many bytes of news a node sends in a second, 1 KB or more;
 * what is beyond waits, also what would ride on probes, which go without it; a node that
 * has just joined may send seven times as much, and messages of the application have four
 * times it for themselves
 * @param crossZonePercent how many percent of the packets of news may go to members of
 * other zones, 1 to 100; 100 if zones do not matter. A node with few others in its zone
 * lets more go, so that news always gets out
 */
public record DisseminationSettings(Duration gossipInterval, int gossipFanout, int eagerFanout, Duration eagerDelay,
		int sendsMax, int bytesPerSecond, int crossZonePercent) {

	public static final DisseminationSettings DEFAULTS = new DisseminationSettings(Duration.ofMillis(200), 2, 3,
			Duration.ofMillis(5), 8, 20 * 1024, 25);

	public DisseminationSettings withGossipInterval(Duration gossipInterval) {
		return new DisseminationSettings(gossipInterval, this.gossipFanout, this.eagerFanout, this.eagerDelay,
				this.sendsMax, this.bytesPerSecond, this.crossZonePercent);
	}

	public DisseminationSettings withGossipFanout(int gossipFanout) {
		return new DisseminationSettings(this.gossipInterval, gossipFanout, this.eagerFanout, this.eagerDelay,
				this.sendsMax, this.bytesPerSecond, this.crossZonePercent);
	}

	public DisseminationSettings withEagerFanout(int eagerFanout) {
		return new DisseminationSettings(this.gossipInterval, this.gossipFanout, eagerFanout, this.eagerDelay,
				this.sendsMax, this.bytesPerSecond, this.crossZonePercent);
	}

	public DisseminationSettings withEagerDelay(Duration eagerDelay) {
		return new DisseminationSettings(this.gossipInterval, this.gossipFanout, this.eagerFanout, eagerDelay,
				this.sendsMax, this.bytesPerSecond, this.crossZonePercent);
	}

	public DisseminationSettings withSendsMax(int sendsMax) {
		return new DisseminationSettings(this.gossipInterval, this.gossipFanout, this.eagerFanout, this.eagerDelay,
				sendsMax, this.bytesPerSecond, this.crossZonePercent);
	}

	public DisseminationSettings withBytesPerSecond(int bytesPerSecond) {
		return new DisseminationSettings(this.gossipInterval, this.gossipFanout, this.eagerFanout, this.eagerDelay,
				this.sendsMax, bytesPerSecond, this.crossZonePercent);
	}

	public DisseminationSettings withCrossZonePercent(int crossZonePercent) {
		return new DisseminationSettings(this.gossipInterval, this.gossipFanout, this.eagerFanout, this.eagerDelay,
				this.sendsMax, this.bytesPerSecond, crossZonePercent);
	}

}
