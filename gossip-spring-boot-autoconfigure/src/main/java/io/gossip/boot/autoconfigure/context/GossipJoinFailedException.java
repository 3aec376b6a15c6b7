package io.gossip.boot.autoconfigure.context;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;

import io.gossip.ClusterStatus;

/**
 * The failure of a node that was required to join: no seed has answered in time.
 */
public class GossipJoinFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final String WRONG_CLUSTER = "wrong-cluster";

	private final int attempts;

	private final long packetsOfOthers;

	/**
	 * A failure.
	 * @param timeout how long was waited
	 * @param status how the node was doing at the end
	 */
	public GossipJoinFailedException(Duration timeout, ClusterStatus status) {
		this(timeout, status.joinAttempts(), status.drops());
	}

	private GossipJoinFailedException(Duration timeout, int attempts, SortedMap<String, Long> drops) {
		super("No seed has answered within " + timeout.toMillis() + " ms, asked " + attempts + " times; dropped: "
				+ drops);
		this.attempts = attempts;
		this.packetsOfOthers = ((Map<String, Long>) drops).getOrDefault(WRONG_CLUSTER, 0L);
	}

	/** How many times the seeds were asked. */
	public int attempts() {
		return this.attempts;
	}

	/** How many packets of other clusters have arrived meanwhile. */
	public long packetsOfOthers() {
		return this.packetsOfOthers;
	}

}
