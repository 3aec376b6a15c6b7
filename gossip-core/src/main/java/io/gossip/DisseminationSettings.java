package io.gossip;

import java.time.Duration;

/**
 * How news spreads.
 *
 * @param gossipInterval the time between two gossip ticks, 10 ms or more
 * @param gossipFanout how many random members a tick sends to, 1 to 16
 * @param eagerFanout how many members hear fresh news at once, 0 to 16
 * @param eagerDelay how long fresh news waits for company
 * @param sendsMax how often a node sends one piece of news, 1 to 64
 * @param bytesPerSecond how much news a node sends beside its probes, 8 KiB to 1 GiB a
 * second; what is over waits
 */
public record DisseminationSettings(Duration gossipInterval, int gossipFanout, int eagerFanout, Duration eagerDelay,
		int sendsMax, int bytesPerSecond) {

	public static final DisseminationSettings DEFAULTS = new DisseminationSettings(Duration.ofMillis(200), 2, 3,
			Duration.ofMillis(5), 8, 128 * 1024);

	public DisseminationSettings withGossipInterval(Duration gossipInterval) {
		return new DisseminationSettings(gossipInterval, this.gossipFanout, this.eagerFanout, this.eagerDelay,
				this.sendsMax, this.bytesPerSecond);
	}

	public DisseminationSettings withGossipFanout(int gossipFanout) {
		return new DisseminationSettings(this.gossipInterval, gossipFanout, this.eagerFanout, this.eagerDelay,
				this.sendsMax, this.bytesPerSecond);
	}

	public DisseminationSettings withEagerFanout(int eagerFanout) {
		return new DisseminationSettings(this.gossipInterval, this.gossipFanout, eagerFanout, this.eagerDelay,
				this.sendsMax, this.bytesPerSecond);
	}

	public DisseminationSettings withEagerDelay(Duration eagerDelay) {
		return new DisseminationSettings(this.gossipInterval, this.gossipFanout, this.eagerFanout, eagerDelay,
				this.sendsMax, this.bytesPerSecond);
	}

	public DisseminationSettings withSendsMax(int sendsMax) {
		return new DisseminationSettings(this.gossipInterval, this.gossipFanout, this.eagerFanout, this.eagerDelay,
				sendsMax, this.bytesPerSecond);
	}

	public DisseminationSettings withBytesPerSecond(int bytesPerSecond) {
		return new DisseminationSettings(this.gossipInterval, this.gossipFanout, this.eagerFanout, this.eagerDelay,
				this.sendsMax, bytesPerSecond);
	}

}
