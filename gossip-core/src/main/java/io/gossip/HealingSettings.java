package io.gossip;

import java.time.Duration;

/**
 * How a cut is overcome.
 *
 * @param interval the time between two attempts to reach a dead member or a seed
 * @param retention how long the dead and the departed are remembered
 */
public record HealingSettings(Duration interval, Duration retention) {

	public static final HealingSettings DEFAULTS = new HealingSettings(Duration.ofSeconds(10), Duration.ofHours(24));

	public HealingSettings withInterval(Duration interval) {
		return new HealingSettings(interval, this.retention);
	}

	public HealingSettings withRetention(Duration retention) {
		return new HealingSettings(this.interval, retention);
	}

}
