package io.gossip.protocol.probe;

import io.gossip.protocol.ProtocolObserver;

/**
 * How well this node itself is, as far as it can tell: 0 is well. A node that misses
 * answers it should have had slows its own probes down before it accuses others
 * (Lifeguard, section IV.A).
 */
public final class LocalHealth {

	private final int max;

	private final ProtocolObserver observer;

	private int score;

	/**
	 * A healthy node.
	 * @param max the worst score; 0 switches the mechanism off
	 * @param observer hears of changes
	 */
	public LocalHealth(int max, ProtocolObserver observer) {
		this.max = max;
		this.observer = observer;
	}

	/**
	 * Takes evidence.
	 * @param points positive for bad evidence, negative for good
	 */
	public void add(int points) {
		int changed = Math.min(Math.max(this.score + points, 0), this.max);
		if (changed != this.score) {
			this.score = changed;
			this.observer.onLocalHealth(changed);
		}
	}

	/** The score, 0 to the maximum. */
	public int score() {
		return this.score;
	}

	/**
	 * Stretches a time by the score.
	 * @param nanos the time of a healthy node
	 * @return {@code nanos * (score + 1)}
	 */
	public long scale(long nanos) {
		return nanos * (this.score + 1);
	}

}
