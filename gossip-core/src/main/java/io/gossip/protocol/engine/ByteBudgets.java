package io.gossip.protocol.engine;

import io.gossip.GossipConfig;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProtocolObserver;

/**
 * What the classes of traffic may send. Probes always may. News waits while its bytes of
 * the second are spent; repair is put off while its own are. When the driver's queue
 * fills up, repair stops at once, and news once that has not helped for a gossip
 * interval.
 *
 * <p>
 * A packet is granted while anything is left, because its length is only known once it is
 * written; the debt is paid before the next.
 */
final class ByteBudgets {

	/** What IP and UDP add to a datagram. */
	private static final int HEADER_BYTES = 28;

	/** How much of a second may be spent at once. */
	private static final double BURST_SECONDS = 0.25;

	/** So much may be spent at once in any case, or a comparison would never end. */
	private static final double BURST_BYTES_MIN = 4096;

	private final ProtocolObserver observer;

	private final TokenBucket rumors;

	private final TokenBucket bulk;

	private final double bulkBurstBytes;

	private final long patienceNanos;

	private boolean writable = true;

	private long unwritableSinceNanos;

	ByteBudgets(GossipConfig config, ProtocolObserver observer) {
		this.observer = observer;
		int rumorRate = config.dissemination().bytesPerSecond();
		int bulkRate = config.antiEntropy().bytesPerSecond();
		this.rumors = new TokenBucket(rumorRate, burstBytes(rumorRate));
		this.bulkBurstBytes = burstBytes(bulkRate);
		this.bulk = new TokenBucket(bulkRate, this.bulkBurstBytes);
		this.patienceNanos = config.dissemination().gossipInterval().toNanos();
	}

	private static double burstBytes(int bytesPerSecond) {
		return Math.max(bytesPerSecond * BURST_SECONDS, BURST_BYTES_MIN);
	}

	/** Takes note that the driver's queue fills up, or has room again. */
	void onWritable(long nowNanos, boolean isWritable) {
		if (this.writable && !isWritable) {
			this.unwritableSinceNanos = nowNanos;
		}
		this.writable = isWritable;
	}

	/** Whether news may be sent now; if not, it is counted as put off. */
	boolean grantsRumors(long nowNanos) {
		boolean isStuck = !this.writable && nowNanos - this.unwritableSinceNanos >= this.patienceNanos;
		return grants(!isStuck && this.rumors.waitNanos(nowNanos, 1) == 0, DropReason.RUMOR_BUDGET);
	}

	/** Whether repair may be sent now; if not, it is counted as put off. */
	boolean grantsBulk(long nowNanos) {
		return grantsBulk(nowNanos, 0);
	}

	/**
	 * Whether repair may be sent now that must leave something to what matters more.
	 * @param reserve the share of what may be spent at once that it must leave
	 */
	boolean grantsBulk(long nowNanos, double reserve) {
		boolean isLeft = this.bulk.waitNanos(nowNanos, 1 + reserve * (this.bulkBurstBytes - 1)) == 0;
		return grants(this.writable && isLeft, DropReason.BULK_BUDGET);
	}

	private boolean grants(boolean isGranted, DropReason otherwise) {
		if (!isGranted) {
			this.observer.onDropped(otherwise);
		}
		return isGranted;
	}

	/** Takes note of a packet of news. */
	void spendRumors(long nowNanos, int bytes) {
		this.rumors.take(nowNanos, bytes + HEADER_BYTES);
	}

	/** Takes note of a packet of repair. */
	void spendBulk(long nowNanos, int bytes) {
		this.bulk.take(nowNanos, bytes + HEADER_BYTES);
	}

}
