package io.gossip.protocol.engine;

import io.gossip.Address;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.antientropy.AntiEntropy;
import io.gossip.protocol.antientropy.DigestTree;
import io.gossip.protocol.antientropy.SyncActions;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.wire.PacketEncoder;

/**
 * The engine's side of anti-entropy: when to compare with whom, and the packets of a
 * comparison. All of them stand alone, go to one peer and say that they are repair.
 */
final class Repair implements SyncActions {

	/**
	 * How many packets one received packet may cause; the next comparison does the rest.
	 */
	private static final int PACKETS_PER_STEP = 16;

	private static final long CLOSER_AFTER_JOIN_NANOS = 20_000_000_000L;

	/** The last of thousands to agree again takes half as long. */
	private static final long CLOSER_AFTER_CUT_NANOS = 60_000_000_000L;

	private static final long CLOSER_DELAY_NANOS = 500_000_000L;

	/** Who does not agree by then is one of the last, for whom nobody else competes. */
	private static final long LAST_AFTER_CUT_NANOS = 5_000_000_000L;

	private static final long LAST_DELAY_NANOS = 250_000_000L;

	/**
	 * The delay lets rumors arrive first. Without them it only keeps comparisons apart,
	 * each of which doubles at best who knows.
	 */
	private static final int SOONER_WITHOUT_RUMORS = 4;

	/**
	 * The share of the budget that is left to the later steps of comparisons: one that is
	 * under way comes to its end before another begins, and however small the budget is,
	 * something is repaired. LEAVES leave a datagram more than the VERSIONS that answer
	 * those of the peer, and these one to records: two nodes that begin at once would
	 * else spend it all on finding out, again and again.
	 */
	private static final double LEFT_BY_DIGESTS = 0.75;

	private static final double LEFT_BY_LEAVES = 0.7;

	private static final double LEFT_BY_VERSIONS = 0.35;

	/**
	 * How many rows of the table the answers to comparisons may look at in a second, and
	 * at once: to find what differs takes a walk over all of them, and a packet that asks
	 * for it may be small and need no answer. Walks that write LEAVES are bounded by
	 * bytes.
	 */
	private static final double WALKED_ROWS_PER_SECOND = 4_000_000;

	private static final double WALKED_ROWS_BURST = 1_000_000;

	private final EngineState state;

	private final OutboundPackets packets;

	private final ZoneWatch zones;

	private final AntiEntropy antiEntropy;

	/** Whether comparisons that begin here take what others know better. */
	private final boolean takes;

	private final ReplyBatch replies = new ReplyBatch();

	private final TokenBucket walkedRows = new TokenBucket(WALKED_ROWS_PER_SECOND, WALKED_ROWS_BURST);

	private Address peer;

	private long peerId;

	private int packetsLeft;

	/** The time of the step under way. */
	private long nowNanos;

	private long lastTriggerNanos;

	private boolean triggered;

	/** When a hash was received last that was equal to our own. */
	private long lastEqualNanos;

	private long closerUntilNanos = Long.MIN_VALUE / 2;

	/** When those who still differ after a cut are the last. */
	private long lastSinceNanos;

	Repair(EngineState state, OutboundPackets packets, ZoneWatch zones, Address own) {
		this.state = state;
		this.packets = packets;
		this.zones = zones;
		this.antiEntropy = new AntiEntropy(state.table, state.digest, state.config.antiEntropy().mode(), state.random,
				this);
		this.takes = state.config.antiEntropy().mode().takes();
		this.peer = own;
	}

	/** Arms the periodic comparison. */
	void begin(long nowNanos) {
		long interval = this.state.config.antiEntropy().interval().toNanos();
		if (interval > 0) {
			this.state.timers.arm(EngineTimer.SYNC, nowNanos + this.state.jitter(interval));
		}
	}

	/** Compares with a random member. */
	void onTimer(long nowNanos) {
		int slot = this.state.order.random();
		if (slot != MembershipTable.NO_SLOT) {
			compareWith(nowNanos, this.state.table.member(slot).address(), this.state.table.id(slot));
		}
		begin(nowNanos);
	}

	/**
	 * Takes a peer's view hash.
	 * @return whether hashes have differed for too long, and it is time to compare
	 */
	boolean onViewHash(long nowNanos, long sender, long hash) {
		boolean matches = this.state.divergence.onReceived(nowNanos, sender, hash, this.state.table.viewHash());
		this.state.observer.onViewHashCompared(!matches);
		boolean isWithoutRumors = this.state.config.dissemination().sendsMax() == 0;
		long delayNanos = this.state.config.antiEntropy().divergenceDelay().toNanos()
				/ (isWithoutRumors ? SOONER_WITHOUT_RUMORS : 1);
		long differsNanos = this.state.divergence.differsForNanos(nowNanos);
		long unequalNanos = (hash != this.state.table.viewHash()) ? nowNanos - this.lastEqualNanos : 0;
		if (this.closerUntilNanos - nowNanos > 0) {
			// That the sender may only be late is no reason to wait now.
			delayNanos = Math.min(delayNanos,
					(nowNanos - this.lastSinceNanos >= 0) ? LAST_DELAY_NANOS : CLOSER_DELAY_NANOS);
			differsNanos = unequalNanos;
		}
		else if (isWithoutRumors) {
			// Nor is it without rumors: nothing but a comparison reaches the sender.
			differsNanos = Math.max(differsNanos, unequalNanos);
		}
		if (hash == this.state.table.viewHash()) {
			this.lastEqualNanos = nowNanos;
		}
		if (differsNanos >= delayNanos && (!this.triggered || nowNanos - this.lastTriggerNanos >= delayNanos)) {
			this.triggered = true;
			this.lastTriggerNanos = nowNanos;
			return true;
		}
		return false;
	}

	/** After a join much may differ: hashes are looked at closer for a while. */
	void onJoined(long nowNanos) {
		lookCloser(nowNanos, CLOSER_AFTER_JOIN_NANOS);
	}

	/** A zone was cut off and is back: as after a join, and for longer. */
	void onZoneBack(long nowNanos) {
		lookCloser(nowNanos, CLOSER_AFTER_CUT_NANOS);
		this.lastSinceNanos = nowNanos + LAST_AFTER_CUT_NANOS;
		this.state.budgets.lendToRepair(this.lastSinceNanos, this.closerUntilNanos);
	}

	private void lookCloser(long nowNanos, long forNanos) {
		this.closerUntilNanos = nowNanos + forNanos;
		this.lastSinceNanos = this.closerUntilNanos;
		this.lastEqualNanos = nowNanos;
	}

	/** Starts a comparison, unless so much is sent already that it has to wait. */
	void compareWith(long now, Address to, long id) {
		this.nowNanos = now;
		if (!this.state.budgets.grantsBulk(now, LEFT_BY_DIGESTS)) {
			// The next hash that differs is reason enough to try again.
			this.triggered = false;
			return;
		}
		this.packetsLeft = PACKETS_PER_STEP;
		open(to, id);
		this.state.observer.onSyncStarted();
		this.antiEntropy.begin();
	}

	/** Begins a packet: what its messages cause is bounded by the packet, not by each. */
	void onPacket(long now) {
		this.nowNanos = now;
		this.packetsLeft = PACKETS_PER_STEP;
	}

	/** Opens the answer to a packet from a peer; all actions go there. */
	AntiEntropy open(Address to, long id) {
		this.peer = to;
		this.peerId = id;
		return this.antiEntropy;
	}

	@Override
	public void sendDigest(int level, int prefix) {
		if (!takePacket(LEFT_BY_DIGESTS)) {
			return;
		}
		PacketEncoder packet = this.packets.begin(this.peerId);
		packet.markHearsay();
		packet.digest(level, prefix);
		for (int child = 0; child < DigestTree.WIDTH; child++) {
			packet.hash(this.state.digest.hash(level, prefix, child));
		}
		this.packets.sendBulk(this.nowNanos, this.peer);
	}

	@Override
	public void sendLeaves(int prefix, int leaves) {
		if (!takePacket(LEFT_BY_LEAVES)) {
			return;
		}
		MembershipTable table = this.state.table;
		DigestTree tree = this.state.digest;
		PacketEncoder packet = this.packets.begin(this.peerId);
		packet.markHearsay();
		int room = packet.leavesHashesMax();
		// What does not fit begins elsewhere each time, so that all get their turn.
		boolean fits = tree.size(prefix, leaves) <= room;
		int chosen = fits ? leaves : tree.fitting(prefix, leaves, this.state.random.nextInt(DigestTree.WIDTH), room);
		int size = tree.size(prefix, chosen);
		int left = Math.min(size, room);
		int slot = (size > room) ? this.state.random.nextInt(table.slots()) : 0;
		packet.leaves(prefix, chosen, this.takes, left);
		for (; left > 0; slot = (slot + 1) % table.slots()) {
			if (table.isIn(slot) && DigestTree.isAmong(table.id(slot), prefix, chosen)) {
				packet.hash(table.recordHash(slot));
				left--;
			}
		}
		this.packets.sendBulk(this.nowNanos, this.peer);
	}

	@Override
	public void sendVersions(int slot) {
		collect(ReplyBatch.Kind.VERSIONS, this.state.table.id(slot));
	}

	@Override
	public void requestHash(int hash) {
		collect(ReplyBatch.Kind.HASH_REQUEST, hash);
	}

	@Override
	public boolean isTold(int slot) {
		return !this.zones.isDeduced(slot);
	}

	@Override
	public int roomBytes() {
		return this.packets.roomBytes();
	}

	@Override
	public int recordBytes(int slot) {
		return PacketEncoder.recordLengthMax(this.state.table.member(slot));
	}

	@Override
	public boolean mayWalk() {
		if (!takePacket(0)) {
			return false;
		}
		if (this.walkedRows.waitNanos(this.nowNanos, 1) > 0) {
			this.state.drop(DropReason.REPAIR_LIMIT);
			return false;
		}
		this.walkedRows.take(this.nowNanos, this.state.table.slots());
		return true;
	}

	@Override
	public void sendRecord(int slot) {
		collect(ReplyBatch.Kind.RECORD, this.state.table.id(slot));
	}

	@Override
	public void requestRecord(long id) {
		collect(ReplyBatch.Kind.REQUEST, id);
	}

	@Override
	public void sendLiveness(int slot) {
		if (isTold(slot)) {
			collect(ReplyBatch.Kind.LIVENESS, this.state.table.id(slot));
		}
	}

	private void collect(ReplyBatch.Kind kind, long value) {
		if (!this.replies.add(kind, value)) {
			this.state.drop(DropReason.REPAIR_LIMIT);
		}
	}

	/** Sends what has been collected for the peer, as far as packets are left. */
	void flush() {
		this.antiEntropy.onPacketEnd();
		int count = this.replies.size();
		for (int first = 0; first < count && takePacket(leftBy(this.replies.kind(first)));) {
			PacketEncoder packet = this.packets.begin(this.peerId);
			packet.markHearsay();
			int next = first;
			while (next < count && append(next)) {
				next++;
			}
			if (packet.messages() > 0) {
				this.packets.sendBulk(this.nowNanos, this.peer);
			}
			else if (next < count) {
				// Too large for a datagram, so it goes by itself.
				int slot = this.state.table.slotOf(this.replies.value(next++));
				this.packets.sendRecord(this.nowNanos, this.peer, this.peerId, slot, 0, true);
			}
			first = next;
		}
		this.replies.clear();
	}

	private static double leftBy(ReplyBatch.Kind kind) {
		return (kind == ReplyBatch.Kind.VERSIONS || kind == ReplyBatch.Kind.HASH_REQUEST) ? LEFT_BY_VERSIONS : 0;
	}

	private boolean append(int index) {
		ReplyBatch.Kind kind = this.replies.kind(index);
		long value = this.replies.value(index);
		int slot = kind.isHeld() ? this.state.table.slotOf(value) : MembershipTable.NO_SLOT;
		boolean isForgotten = kind.isHeld() && slot == MembershipTable.NO_SLOT;
		return isForgotten || switch (kind) {
			case RECORD -> this.packets.record(slot, 0);
			case LIVENESS -> this.packets.liveness(slot, this.state.suspicions.accuser(slot), 0);
			case VERSIONS -> this.packets.versions(slot);
			case REQUEST -> this.packets.encoder().recordRequest(value);
			case HASH_REQUEST -> this.packets.encoder().hashRequest((int) value);
		};
	}

	/** Whether another packet may be sent, or a walk made; if so, it counts. */
	private boolean takePacket(double reserve) {
		if (this.packetsLeft-- <= 0) {
			this.state.drop(DropReason.REPAIR_LIMIT);
			return false;
		}
		return this.state.budgets.grantsBulk(this.nowNanos, reserve);
	}

}
