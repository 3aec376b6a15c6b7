package io.gossip;

import java.time.Duration;

/**
 * How missed news is found.
 *
 * @param interval the time between two comparisons with a random member, jittered; zero
 * switches them off
 * @param divergenceDelay how long a view hash must differ to be asked about at once
 */
public record AntiEntropySettings(Duration interval, Duration divergenceDelay) {

	public static final AntiEntropySettings DEFAULTS = new AntiEntropySettings(Duration.ofSeconds(30),
			Duration.ofSeconds(2));

	public AntiEntropySettings withInterval(Duration interval) {
		return new AntiEntropySettings(interval, this.divergenceDelay);
	}

	public AntiEntropySettings withDivergenceDelay(Duration divergenceDelay) {
		return new AntiEntropySettings(this.interval, divergenceDelay);
	}

}
