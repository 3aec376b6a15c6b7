package io.gossip.protocol.engine;

import io.gossip.GossipConfig;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProtocolObserver;

/**
 * What the classes of traffic may send. Probes always may; many of them leave less to
 * news, but never less than half. News waits while its bytes of the second are spent;
 * repair is put off while its own are, and after a cut while those that news leaves are,
 * too. When the driver's queue fills up, repair stops at once, and news once that has not
 * helped for a gossip interval.
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

	/** As many datagrams, be they larger than usual. */
	private static final double BURST_DATAGRAMS_MIN = 3;

	/** While the cluster forms a node may send so many times as much. */
	private static final double FORMING_FACTOR = 7;

	private static final long FORMING_NANOS = 30_000_000_000L;

	/** So many new members at once, or a twentieth of all, are more than usual. */
	private static final double NEWCOMERS_MIN = 16;

	private static final double NEWCOMERS_SHARE = 0.05;

	/** So many a second, or a hundredth of all. */
	private static final double NEWCOMERS_PER_SECOND_MIN = 4;

	private static final double NEWCOMERS_PER_SECOND_SHARE = 0.01;

	/** Messages of the application have so many times the bytes of news. */
	private static final double MESSAGES_FACTOR = 4;

	/** Probes have such a share of the bytes of news for themselves. */
	private static final double PROBES_SHARE = 0.1;

	/** What they need beyond that is taken from news, up to such a share of it. */
	private static final double LENT_SHARE = 0.5;

	/** News keeps so much of what may be spent at once, whatever repair needs. */
	private static final double LEFT_TO_NEWS = 0.5;

	private final ProtocolObserver observer;

	private final TokenBucket rumors;

	/** What probes may send before news has less. */
	private final TokenBucket probes;

	/** What news may lend to probes. */
	private final TokenBucket lent;

	private final TokenBucket messages;

	private final TokenBucket bulk;

	private final double burstBytesMin;

	private final int rumorBytesPerSecond;

	private final int bulkBytesPerSecond;

	/** How many new members are no reason to spend more. */
	private final TokenBucket newcomers = new TokenBucket(NEWCOMERS_PER_SECOND_MIN, NEWCOMERS_MIN);

	private boolean lendsToRepair;

	private long lendsSinceNanos;

	private long lendsUntilNanos;

	private boolean forming;

	private long formingUntilNanos;

	/** What news has taken since the cluster forms, as far as this node could tell. */
	private double formingNewsBytes;

	private final long patienceNanos;

	private boolean writable = true;

	private long unwritableSinceNanos;

	ByteBudgets(GossipConfig config, ProtocolObserver observer) {
		this.observer = observer;
		this.rumorBytesPerSecond = config.dissemination().bytesPerSecond();
		this.bulkBytesPerSecond = config.antiEntropy().bytesPerSecond();
		this.burstBytesMin = Math.max(BURST_BYTES_MIN, BURST_DATAGRAMS_MIN * config.transport().datagramBudgetBytes());
		double messageRate = MESSAGES_FACTOR * this.rumorBytesPerSecond;
		this.rumors = new TokenBucket(this.rumorBytesPerSecond, burstBytes(this.rumorBytesPerSecond));
		double lentRate = LENT_SHARE * this.rumorBytesPerSecond;
		this.probes = new TokenBucket(PROBES_SHARE * this.rumorBytesPerSecond, PROBES_SHARE * this.rumorBytesPerSecond);
		this.lent = new TokenBucket(lentRate, lentRate * BURST_SECONDS);
		this.messages = new TokenBucket(messageRate, burstBytes(messageRate));
		this.bulk = new TokenBucket(this.bulkBytesPerSecond, burstBytes(this.bulkBytesPerSecond));
		this.patienceNanos = config.dissemination().gossipInterval().toNanos();
	}

	private double burstBytes(double bytesPerSecond) {
		return Math.max(bytesPerSecond * BURST_SECONDS, this.burstBytesMin);
	}

	/** Takes note that the driver's queue fills up, or has room again. */
	void onWritable(long nowNanos, boolean isWritable) {
		if (this.writable && !isWritable) {
			this.unwritableSinceNanos = nowNanos;
		}
		this.writable = isWritable;
	}

	/**
	 * Allows more for a while, because a cluster forms: news of thousands of members is
	 * the same bytes whether it takes a second or a minute.
	 */
	void onForming(long nowNanos) {
		this.formingUntilNanos = nowNanos + FORMING_NANOS;
		if (!this.forming) {
			this.forming = true;
			this.formingNewsBytes = 0;
			retune(nowNanos, FORMING_FACTOR);
		}
	}

	/**
	 * Takes note of a new member, or of one that has started again: when many come at
	 * once, the cluster forms for those who have long been in it, too.
	 */
	void onNewcomer(long nowNanos, int members) {
		this.newcomers.retune(nowNanos, Math.max(members * NEWCOMERS_PER_SECOND_SHARE, NEWCOMERS_PER_SECOND_MIN),
				Math.max(members * NEWCOMERS_SHARE, NEWCOMERS_MIN));
		if (!this.newcomers.tryTake(nowNanos, 1)) {
			onForming(nowNanos);
		}
	}

	/**
	 * Takes note that all members that have come so far were told by a cluster that is at
	 * rest: they are new to this node alone. What news has taken meanwhile counts as if
	 * it had been known, up to the bytes of a second.
	 */
	void onAtRest(long nowNanos) {
		this.newcomers.refill(nowNanos);
		if (this.forming) {
			this.formingUntilNanos = nowNanos;
			endForming(nowNanos);
			this.rumors.take(nowNanos, Math.min(this.formingNewsBytes, this.rumorBytesPerSecond));
		}
	}

	/** Whether the cluster forms, as far as this node can tell. */
	boolean isForming(long nowNanos) {
		endForming(nowNanos);
		return this.forming;
	}

	private void endForming(long nowNanos) {
		if (this.forming && this.formingUntilNanos - nowNanos <= 0) {
			this.forming = false;
			retune(nowNanos, 1);
		}
	}

	private void retune(long nowNanos, double factor) {
		double rumorRate = factor * this.rumorBytesPerSecond;
		double bulkRate = factor * this.bulkBytesPerSecond;
		this.rumors.retune(nowNanos, rumorRate, burstBytes(rumorRate));
		this.bulk.retune(nowNanos, bulkRate, burstBytes(bulkRate));
	}

	/**
	 * Lets repair spend what news leaves, for a while: some time after a cut much may
	 * still differ and little is new, and both together send no more than before.
	 */
	void lendToRepair(long sinceNanos, long untilNanos) {
		this.lendsToRepair = true;
		this.lendsSinceNanos = sinceNanos;
		this.lendsUntilNanos = untilNanos;
	}

	/** Whether so much of the bytes of news is left that repair may have some. */
	private boolean isNewsQuiet(long nowNanos) {
		this.lendsToRepair &= this.lendsUntilNanos - nowNanos > 0;
		return this.lendsToRepair && nowNanos - this.lendsSinceNanos >= 0
				&& this.rumors.waitNanos(nowNanos, LEFT_TO_NEWS * this.rumors.capacity()) == 0;
	}

	/** Whether messages of the application may be sent now. */
	boolean grantsMessages(long nowNanos) {
		return grants(!isStuck(nowNanos) && this.messages.waitNanos(nowNanos, 1) == 0, DropReason.MESSAGE_BUDGET);
	}

	/** Whether news may be sent now; if not, it is counted as put off. */
	boolean grantsRumors(long nowNanos) {
		endForming(nowNanos);
		return grants(!isStuck(nowNanos) && this.rumors.waitNanos(nowNanos, 1) == 0, DropReason.RUMOR_BUDGET);
	}

	private boolean isStuck(long nowNanos) {
		return !this.writable && nowNanos - this.unwritableSinceNanos >= this.patienceNanos;
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
		endForming(nowNanos);
		boolean isLeft = this.bulk.waitNanos(nowNanos, 1 + reserve * (this.bulk.capacity() - 1)) == 0;
		return grants(this.writable && (isLeft || isNewsQuiet(nowNanos)), DropReason.BULK_BUDGET);
	}

	private boolean grants(boolean isGranted, DropReason otherwise) {
		if (!isGranted) {
			this.observer.onDropped(otherwise);
		}
		return isGranted;
	}

	/** Takes note of a packet of news. */
	void spendRumors(long nowNanos, int bytes) {
		takeNews(nowNanos, bytes + HEADER_BYTES);
	}

	private void takeNews(long nowNanos, int bytes) {
		this.formingNewsBytes += bytes;
		this.rumors.take(nowNanos, bytes);
	}

	/** Takes note of a packet of messages of the application. */
	void spendMessages(long nowNanos, int bytes) {
		this.messages.take(nowNanos, bytes + HEADER_BYTES);
	}

	/** Takes note of news and messages that ride on a packet of another class. */
	void spendRiding(long nowNanos, int newsBytes, int messageBytes) {
		if (newsBytes > 0) {
			takeNews(nowNanos, newsBytes);
		}
		if (messageBytes > 0) {
			this.messages.take(nowNanos, messageBytes);
		}
	}

	/**
	 * Takes note of what a packet of probes takes without what rides on it. A member that
	 * is asked by everybody at once answers all, and tells less.
	 */
	void spendProbe(long nowNanos, int bytes) {
		int total = bytes + HEADER_BYTES;
		if (!this.probes.tryTake(nowNanos, total) && this.lent.tryTake(nowNanos, total)) {
			this.rumors.take(nowNanos, total);
		}
	}

	/** Takes note of a packet of repair. */
	void spendBulk(long nowNanos, int bytes) {
		boolean isLent = this.bulk.waitNanos(nowNanos, 1) > 0 && isNewsQuiet(nowNanos);
		(isLent ? this.rumors : this.bulk).take(nowNanos, bytes + HEADER_BYTES);
	}

}
