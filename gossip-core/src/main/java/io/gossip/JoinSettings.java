package io.gossip;

import java.time.Duration;

/**
 * How the node finds the cluster.
 *
 * @param retryInitial the first pause between attempts
 * @param retryMax the longest pause between attempts; they never end
 * @param attemptTimeout how long an attempt waits for an answer
 * @param snapshotBytesPerSecond how much this node tells joiners in a second, when it is
 * their seed; a quarter of it when a busy seed has named it. Where all members together
 * are more than that, as much as all of them: a joiner is told all within about a second
 */
public record JoinSettings(Duration retryInitial, Duration retryMax, Duration attemptTimeout,
		int snapshotBytesPerSecond) {

	public static final JoinSettings DEFAULTS = new JoinSettings(Duration.ofMillis(500), Duration.ofSeconds(30),
			Duration.ofSeconds(3), 512 * 1024);

	public JoinSettings withRetryInitial(Duration retryInitial) {
		return new JoinSettings(retryInitial, this.retryMax, this.attemptTimeout, this.snapshotBytesPerSecond);
	}

	public JoinSettings withRetryMax(Duration retryMax) {
		return new JoinSettings(this.retryInitial, retryMax, this.attemptTimeout, this.snapshotBytesPerSecond);
	}

	public JoinSettings withAttemptTimeout(Duration attemptTimeout) {
		return new JoinSettings(this.retryInitial, this.retryMax, attemptTimeout, this.snapshotBytesPerSecond);
	}

	public JoinSettings withSnapshotBytesPerSecond(int snapshotBytesPerSecond) {
		return new JoinSettings(this.retryInitial, this.retryMax, this.attemptTimeout, snapshotBytesPerSecond);
	}

}
