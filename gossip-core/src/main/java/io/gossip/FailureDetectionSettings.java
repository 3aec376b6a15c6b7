package io.gossip;

import java.time.Duration;

/**
 * How absence is noticed.
 *
 * @param probeInterval the time between two probes of a node, 10 ms or more
 * @param probeTimeout the longest wait before helpers are asked, and the first: later it
 * follows from measured round trips; at most half of the interval
 * @param indirectProbes how many helpers are asked, 0 to 16
 * @param toleratedPause a member that stalls for less is not declared dead
 * @param suspicionFactorMax the longest suspicion over the shortest, 1 to 100
 * @param suspicionConfirmations how many accusers make it the shortest, 0 to 8; with 0 a
 * lone accuser suffices, as in plain SWIM
 * @param localHealthMax the worst local health, which slows probes; 0 (off) to 32
 * @param zoneUnreachableTimeout how long the members of another zone that is cut off as a
 * whole are not declared dead; zero to treat them one by one
 * @param announcedPauseMax how long a member that has announced a pause is waited for;
 * zero to ignore announcements
 */
public record FailureDetectionSettings(Duration probeInterval, Duration probeTimeout, int indirectProbes,
		Duration toleratedPause, int suspicionFactorMax, int suspicionConfirmations, int localHealthMax,
		Duration zoneUnreachableTimeout, Duration announcedPauseMax) {

	public static final FailureDetectionSettings DEFAULTS = new FailureDetectionSettings(Duration.ofSeconds(1),
			Duration.ofMillis(500), 3, Duration.ofSeconds(2), 6, 3, 8, Duration.ofMinutes(6), Duration.ofMinutes(1));

	public FailureDetectionSettings withProbeInterval(Duration probeInterval) {
		return new FailureDetectionSettings(probeInterval, this.probeTimeout, this.indirectProbes, this.toleratedPause,
				this.suspicionFactorMax, this.suspicionConfirmations, this.localHealthMax, this.zoneUnreachableTimeout,
				this.announcedPauseMax);
	}

	public FailureDetectionSettings withProbeTimeout(Duration probeTimeout) {
		return new FailureDetectionSettings(this.probeInterval, probeTimeout, this.indirectProbes, this.toleratedPause,
				this.suspicionFactorMax, this.suspicionConfirmations, this.localHealthMax, this.zoneUnreachableTimeout,
				this.announcedPauseMax);
	}

	public FailureDetectionSettings withIndirectProbes(int indirectProbes) {
		return new FailureDetectionSettings(this.probeInterval, this.probeTimeout, indirectProbes, this.toleratedPause,
				this.suspicionFactorMax, this.suspicionConfirmations, this.localHealthMax, this.zoneUnreachableTimeout,
				this.announcedPauseMax);
	}

	public FailureDetectionSettings withToleratedPause(Duration toleratedPause) {
		return new FailureDetectionSettings(this.probeInterval, this.probeTimeout, this.indirectProbes, toleratedPause,
				this.suspicionFactorMax, this.suspicionConfirmations, this.localHealthMax, this.zoneUnreachableTimeout,
				this.announcedPauseMax);
	}

	public FailureDetectionSettings withSuspicionFactorMax(int suspicionFactorMax) {
		return new FailureDetectionSettings(this.probeInterval, this.probeTimeout, this.indirectProbes,
				this.toleratedPause, suspicionFactorMax, this.suspicionConfirmations, this.localHealthMax,
				this.zoneUnreachableTimeout, this.announcedPauseMax);
	}

	public FailureDetectionSettings withSuspicionConfirmations(int suspicionConfirmations) {
		return new FailureDetectionSettings(this.probeInterval, this.probeTimeout, this.indirectProbes,
				this.toleratedPause, this.suspicionFactorMax, suspicionConfirmations, this.localHealthMax,
				this.zoneUnreachableTimeout, this.announcedPauseMax);
	}

	public FailureDetectionSettings withLocalHealthMax(int localHealthMax) {
		return new FailureDetectionSettings(this.probeInterval, this.probeTimeout, this.indirectProbes,
				this.toleratedPause, this.suspicionFactorMax, this.suspicionConfirmations, localHealthMax,
				this.zoneUnreachableTimeout, this.announcedPauseMax);
	}

	public FailureDetectionSettings withZoneUnreachableTimeout(Duration zoneUnreachableTimeout) {
		return new FailureDetectionSettings(this.probeInterval, this.probeTimeout, this.indirectProbes,
				this.toleratedPause, this.suspicionFactorMax, this.suspicionConfirmations, this.localHealthMax,
				zoneUnreachableTimeout, this.announcedPauseMax);
	}

	public FailureDetectionSettings withAnnouncedPauseMax(Duration announcedPauseMax) {
		return new FailureDetectionSettings(this.probeInterval, this.probeTimeout, this.indirectProbes,
				this.toleratedPause, this.suspicionFactorMax, this.suspicionConfirmations, this.localHealthMax,
				this.zoneUnreachableTimeout, announcedPauseMax);
	}

}
