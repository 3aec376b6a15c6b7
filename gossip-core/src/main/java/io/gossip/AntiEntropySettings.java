package io.gossip;

import java.time.Duration;

/**
 * How missed news is found.
 *
 * @param interval the time between two comparisons with a random member, jittered; zero
 * switches them off
 * @param divergenceDelay how long a view hash must differ to be asked about at once; a
 * quarter of it where rumors are switched off
 * @param mode which way the records go in a comparison that this node starts
 * @param bytesPerSecond how many bytes of comparisons and single records a node sends in
 * a second, 1 KB or more; what is beyond is left to the next comparison. A node that has
 * just joined may send seven times as much
 */
public record AntiEntropySettings(Duration interval, Duration divergenceDelay, AntiEntropyMode mode,
		int bytesPerSecond) {

	public static final AntiEntropySettings DEFAULTS = new AntiEntropySettings(Duration.ofSeconds(30),
			Duration.ofSeconds(2), AntiEntropyMode.PUSH_PULL, 8 * 1024);

	public AntiEntropySettings withInterval(Duration interval) {
		return new AntiEntropySettings(interval, this.divergenceDelay, this.mode, this.bytesPerSecond);
	}

	public AntiEntropySettings withDivergenceDelay(Duration divergenceDelay) {
		return new AntiEntropySettings(this.interval, divergenceDelay, this.mode, this.bytesPerSecond);
	}

	public AntiEntropySettings withMode(AntiEntropyMode mode) {
		return new AntiEntropySettings(this.interval, this.divergenceDelay, mode, this.bytesPerSecond);
	}

	public AntiEntropySettings withBytesPerSecond(int bytesPerSecond) {
		return new AntiEntropySettings(this.interval, this.divergenceDelay, this.mode, bytesPerSecond);
	}

}
