package io.gossip.protocol.probe;

import java.util.Arrays;

import io.gossip.protocol.membership.ZoneIndex;
import org.jspecify.annotations.Nullable;

/**
 * The round trips of this node's pings, by the zone of their target, and the time that a
 * ping is given by them: as long as the slowest of the last {@value #WINDOW}, and four
 * mean deviations. Only unambiguous answers count (Karn's rule): to a ping that was sent
 * once, over the way that it was sent.
 */
public final class RoundTripTimes {

	/** A time below this would take the common hiccups of processes for losses. */
	static final long FLOOR_NANOS = 100_000_000L;

	static final int WINDOW = 64;

	/** With fewer answers than this nothing is known. */
	static final int SAMPLES_MIN = 8;

	private final long ceilingNanos;

	/** By number of the zone; all zones that got none are one. */
	private @Nullable Path[] paths = new Path[1];

	/**
	 * Nothing measured yet.
	 * @param ceilingNanos the longest time that a ping is given, and the first
	 */
	public RoundTripTimes(long ceilingNanos) {
		this.ceilingNanos = ceilingNanos;
	}

	/** Takes the round trip of a ping that was answered. */
	public void onRoundTrip(int zone, long nanos) {
		if (zone >= this.paths.length) {
			this.paths = Arrays.copyOf(this.paths, Math.min(2 * zone, ZoneIndex.ZONES_MAX) + 1);
		}
		Path path = this.paths[zone];
		if (path == null) {
			path = new Path();
			this.paths[zone] = path;
		}
		path.add(nanos);
	}

	/** How long a healthy node waits for the answer of a member of a zone. */
	public long timeoutNanos(int zone) {
		Path path = path(zone);
		if (path == null || path.count < SAMPLES_MIN) {
			return this.ceilingNanos;
		}
		return Math.min(Math.max(path.slowNanos(), FLOOR_NANOS), this.ceilingNanos);
	}

	/**
	 * The usual round trip to a member of a zone.
	 * @param unknown what to give as long as nothing is known
	 */
	public long usualNanos(int zone, long unknown) {
		Path path = path(zone);
		return (path == null) ? unknown : path.meanNanos;
	}

	private @Nullable Path path(int zone) {
		return (zone < this.paths.length) ? this.paths[zone] : null;
	}

	/** What is known of the way to one zone. */
	private static final class Path {

		/** The last round trips in microseconds. */
		private final int[] micros = new int[WINDOW];

		private int count;

		private int next;

		/** The slowest of them, kept because it is asked for at every ping. */
		private int slowest;

		private long meanNanos;

		private long deviationNanos;

		void add(long nanos) {
			// The smoothing of Jacobson and Karels.
			long error = nanos - this.meanNanos;
			this.meanNanos = (this.count == 0) ? nanos : this.meanNanos + error / 8;
			this.deviationNanos = (this.count == 0) ? nanos / 2
					: this.deviationNanos + (Math.abs(error) - this.deviationNanos) / 4;
			int forgotten = this.micros[this.next];
			this.micros[this.next] = (int) Math.min(nanos / 1000, Integer.MAX_VALUE);
			this.next = (this.next + 1) % WINDOW;
			this.count = Math.min(this.count + 1, WINDOW);
			int latest = this.micros[(this.next + WINDOW - 1) % WINDOW];
			this.slowest = (forgotten == this.slowest) ? slowestOfAll() : Math.max(this.slowest, latest);
		}

		private int slowestOfAll() {
			int slow = 0;
			for (int i = 0; i < this.count; i++) {
				slow = Math.max(slow, this.micros[i]);
			}
			return slow;
		}

		long slowNanos() {
			return this.slowest * 1000L + 4 * this.deviationNanos;
		}

	}

}
