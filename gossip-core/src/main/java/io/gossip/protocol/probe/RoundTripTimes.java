package io.gossip.protocol.probe;

import io.gossip.Zone;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProtocolObserver;
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

	/** How many zones are told apart; all others are one. */
	static final int ZONES_MAX = 16;

	static final int WINDOW = 64;

	/** With fewer answers than this nothing is known. */
	static final int SAMPLES_MIN = 8;

	private final long ceilingNanos;

	private final ProtocolObserver observer;

	private final @Nullable Zone[] zones = new Zone[ZONES_MAX];

	/** By zone, and at the end those of all zones that found no place. */
	private final @Nullable Path[] paths = new Path[ZONES_MAX + 1];

	/**
	 * Nothing measured yet.
	 * @param ceilingNanos the longest time that a ping is given, and the first
	 * @param observer hears of zones that found no place
	 */
	public RoundTripTimes(long ceilingNanos, ProtocolObserver observer) {
		this.ceilingNanos = ceilingNanos;
		this.observer = observer;
	}

	/** Takes the round trip of a ping that was answered. */
	public void onRoundTrip(Zone zone, long nanos) {
		int place = find(zone);
		if (place == ZONES_MAX) {
			this.observer.onDropped(DropReason.ZONES_LIMIT);
		}
		else {
			this.zones[place] = zone;
		}
		Path path = this.paths[place];
		if (path == null) {
			path = new Path();
			this.paths[place] = path;
		}
		path.add(nanos);
	}

	/** How long a healthy node waits for the answer of a member of a zone. */
	public long timeoutNanos(Zone zone) {
		Path path = this.paths[find(zone)];
		if (path == null || path.count < SAMPLES_MIN) {
			return this.ceilingNanos;
		}
		return Math.min(Math.max(path.slowNanos(), FLOOR_NANOS), this.ceilingNanos);
	}

	/**
	 * The usual round trip to a member of a zone.
	 * @param unknown what to give as long as nothing is known
	 */
	public long usualNanos(Zone zone, long unknown) {
		Path path = this.paths[find(zone)];
		return (path == null) ? unknown : path.meanNanos;
	}

	private int find(Zone zone) {
		for (int place = 0; place < ZONES_MAX; place++) {
			Zone known = this.zones[place];
			if (known == null || known.name().equals(zone.name())) {
				return place;
			}
		}
		return ZONES_MAX;
	}

	/** What is known of the way to one zone. */
	private static final class Path {

		/** The last round trips in microseconds. */
		private final int[] micros = new int[WINDOW];

		private int count;

		private int next;

		private long meanNanos;

		private long deviationNanos;

		void add(long nanos) {
			// The smoothing of Jacobson and Karels.
			long error = nanos - this.meanNanos;
			this.meanNanos = (this.count == 0) ? nanos : this.meanNanos + error / 8;
			this.deviationNanos = (this.count == 0) ? nanos / 2
					: this.deviationNanos + (Math.abs(error) - this.deviationNanos) / 4;
			this.micros[this.next] = (int) Math.min(nanos / 1000, Integer.MAX_VALUE);
			this.next = (this.next + 1) % WINDOW;
			this.count = Math.min(this.count + 1, WINDOW);
		}

		long slowNanos() {
			int slowest = 0;
			for (int i = 0; i < this.count; i++) {
				slowest = Math.max(slowest, this.micros[i]);
			}
			return slowest * 1000L + 4 * this.deviationNanos;
		}

	}

}
