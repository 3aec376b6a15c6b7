package io.gossip;

import java.time.Duration;

/**
 * How the node goes.
 *
 * @param timeout how long to wait until somebody has heard
 */
public record LeaveSettings(Duration timeout) {

	public static final LeaveSettings DEFAULTS = new LeaveSettings(Duration.ofSeconds(5));

	public LeaveSettings withTimeout(Duration timeout) {
		return new LeaveSettings(timeout);
	}

}
