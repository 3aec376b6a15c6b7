package io.gossip;

import java.time.Duration;

/**
 * How the node finds the cluster.
 *
 * @param retryInitial the first pause between attempts
 * @param retryMax the longest pause between attempts; they never end
 * @param attemptTimeout how long an attempt waits for an answer
 */
public record JoinSettings(Duration retryInitial, Duration retryMax, Duration attemptTimeout) {

	public static final JoinSettings DEFAULTS = new JoinSettings(Duration.ofMillis(500), Duration.ofSeconds(30),
			Duration.ofSeconds(3));

	public JoinSettings withRetryInitial(Duration retryInitial) {
		return new JoinSettings(retryInitial, this.retryMax, this.attemptTimeout);
	}

	public JoinSettings withRetryMax(Duration retryMax) {
		return new JoinSettings(this.retryInitial, retryMax, this.attemptTimeout);
	}

	public JoinSettings withAttemptTimeout(Duration attemptTimeout) {
		return new JoinSettings(this.retryInitial, this.retryMax, attemptTimeout);
	}

}
