package io.gossip.boot.autoconfigure.context;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.gossip.Member;
import io.gossip.protocol.ProtocolObserver;

/**
 * How many members became suspect here within the last minute, second by second: a figure
 * for people. Monitoring takes the rate from the counters.
 */
public final class SuspicionRate implements ProtocolObserver {

	private static final int SECONDS = 60;

	private final LongSupplier clockNanos;

	private final long originNanos;

	private final int[] counts = new int[SECONDS];

	private long second;

	/**
	 * A rate of zero.
	 * @param clockNanos a monotonic clock
	 */
	public SuspicionRate(LongSupplier clockNanos) {
		this.clockNanos = clockNanos;
		this.originNanos = clockNanos.getAsLong();
	}

	@Override
	public synchronized void onSuspicionStarted(Member subject) {
		advance();
		this.counts[(int) (this.second % SECONDS)]++;
	}

	/** The number of suspicions within the last minute. */
	public synchronized int perMinute() {
		advance();
		return Arrays.stream(this.counts).sum();
	}

	private void advance() {
		long now = TimeUnit.NANOSECONDS.toSeconds(this.clockNanos.getAsLong() - this.originNanos);
		long steps = Math.min(now - this.second, SECONDS);
		for (long i = 1; i <= steps; i++) {
			this.counts[(int) ((this.second + i) % SECONDS)] = 0;
		}
		this.second = now;
	}

}
