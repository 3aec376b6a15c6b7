package io.gossip.protocol.engine;

import java.util.Arrays;
import java.util.BitSet;

import io.gossip.MemberState;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.membership.ZoneIndex;
import io.gossip.protocol.peer.RingNeighbours;
import io.gossip.protocol.probe.ZoneGuard;
import io.gossip.protocol.wire.PacketEncoder;

/**
 * The watch over foreign zones. While one is cut off nobody of it is accused or declared
 * dead; one message says so in place of all accusations. After a long time its members
 * are given up, each node for itself and without a word, so that a zone which comes back
 * after all finds nothing to refute.
 */
final class ZoneWatch {

	/** How many members one step gives up or takes back. */
	private static final int MEMBERS_PER_STEP = 256;

	/** How many zones a packet names. */
	private static final int ZONES_PER_PACKET = 4;

	private static final long TELL_NANOS = 2_000_000_000L;

	/**
	 * Whoever was declared dead so shortly before its zone was found cut off may live:
	 * its refutation could not come. It is longer than any node needs to notice a cut.
	 */
	private static final long LATE_DEATH_NANOS = 10_000_000_000L;

	/** As long before that whoever is held by others is held, so that all agree. */
	private static final long DISPUTED_DEATH_NANOS = 60_000_000_000L;

	private final EngineState state;

	private final EngineParts parts;

	private final MembershipTable table;

	private final ZoneGuard guard;

	private final long timeoutNanos;

	private final long knockNanos;

	private final long tickNanos;

	private final ZoneTests tests;

	private boolean telling;

	private long tellUntilNanos;

	private final int[] peers = new int[RingNeighbours.RINGS_MAX];

	/** By zone: when it was cut off. */
	private long[] sinceNanos = new long[4];

	/** By zone: the next slot to give up or to take back, negative if none is. */
	private int[] cursors = new int[4];

	/** By zone: whether its members were given up. */
	private boolean[] givenUp = new boolean[4];

	/** One bit a slot: whether the member is dead only because its zone was given up. */
	private final BitSet deduced = new BitSet();

	ZoneWatch(EngineState state, EngineParts parts) {
		this.state = state;
		this.parts = parts;
		this.table = state.table;
		this.guard = state.zones;
		this.timeoutNanos = state.config.failureDetection().zoneUnreachableTimeout().toNanos();
		this.knockNanos = state.config.failureDetection().probeInterval().toNanos();
		this.tickNanos = state.config.dissemination().gossipInterval().toNanos();
		this.tests = new ZoneTests(state, parts, this::isDeduced);
		Arrays.fill(this.cursors, -1);
	}

	/**
	 * Whether what is said against a member does not count, because its zone is cut off.
	 */
	boolean defers(int slot, MemberState claimed) {
		return (claimed == MemberState.SUSPECT || claimed == MemberState.DEAD)
				&& this.guard.isCut(this.table.zone(slot));
	}

	/** This node has not reached a member: perhaps it is its whole zone. */
	void onUnanswered(long nowNanos, int slot) {
		int zone = this.table.zone(slot);
		if (isForeign(zone) && !this.guard.isCut(zone)) {
			this.tests.begin(nowNanos, zone);
		}
	}

	/** A member has become suspect: perhaps it is its whole zone. */
	void onAccused(long nowNanos, int slot) {
		int zone = this.table.zone(slot);
		this.guard.onAccused(nowNanos, zone);
		if (isForeign(zone) && this.guard.looksCut(nowNanos, zone)) {
			this.tests.begin(nowNanos, zone);
		}
	}

	/** Somebody else reaches nobody of a zone. */
	void onClaim(long nowNanos, long zoneHash) {
		int zone = this.table.zones().ofHash(zoneHash);
		if (isForeign(zone) && !this.guard.isCut(zone)) {
			this.tests.begin(nowNanos, zone);
		}
	}

	/** A member has spoken to this node. */
	void onHeard(long nowNanos, int slot) {
		int zone = this.table.zone(slot);
		this.tests.onHeard(zone);
		if (zone == ZoneIndex.NONE) {
			return;
		}
		boolean isBack = this.guard.onHeard(nowNanos, zone);
		if (isBack) {
			reopen(nowNanos, zone);
		}
		else if (this.guard.isCut(zone)) {
			// One packet may be an old one; answers are not.
			this.tests.begin(nowNanos, zone);
		}
	}

	/** The tests of zones, which begin here and end by the timer. */
	ZoneTests tests() {
		return this.tests;
	}

	private boolean isForeign(int zone) {
		return zone != ZoneIndex.NONE && zone != this.table.zone(SelfRecord.SLOT)
				&& this.table.zone(SelfRecord.SLOT) != ZoneIndex.NONE && this.timeoutNanos > 0;
	}

	private void cut(long nowNanos, int zone) {
		ensureRoom(zone);
		this.guard.cut(zone);
		this.sinceNanos[zone] = nowNanos;
		this.cursors[zone] = -1;
		this.table.touch();
		this.state.observer.onZoneUnreachable(this.table.zones().zone(zone));
		this.state.rings.onManyChanged();
		for (int slot = 0; slot < this.table.slots(); slot++) {
			if (this.table.isUsed(slot) && this.table.zone(slot) == zone && isLateDeath(slot, LATE_DEATH_NANOS)) {
				hold(nowNanos, slot, this.table.incarnation(slot), this.table.instance(slot));
			}
		}
		this.parts.records.holdSuspicions(zone, nowNanos + this.timeoutNanos);
		this.state.timers.armBy(EngineTimer.ZONES, nowNanos + this.timeoutNanos);
		this.tellUntilNanos = nowNanos + TELL_NANOS;
		this.telling = true;
		tellAll(this.state.rings.successors(this.peers));
		this.state.timers.armBy(EngineTimer.ZONES, nowNanos + this.tickNanos);
	}

	/** Whether a member was declared dead no longer before its zone was cut off. */
	private boolean isLateDeath(int slot, long nanos) {
		// As an int, in which both may have wrapped.
		int beforeMillis = this.state.millis(this.sinceNanos[this.table.zone(slot)]) - this.table.sinceMillis(slot);
		return this.table.state(slot) == MemberState.DEAD && !isDeduced(slot) && beforeMillis <= nanos / 1_000_000;
	}

	/**
	 * Holds a dead member with its zone, if it is cut off and somebody holds the member
	 * still: one of both has noticed the cut later.
	 * @return whether it is held now
	 */
	boolean reclaims(long nowNanos, int slot) {
		int zone = this.table.zone(slot);
		if (!this.guard.isCut(zone) || this.givenUp[zone] || !isLateDeath(slot, DISPUTED_DEATH_NANOS)) {
			return false;
		}
		return hold(nowNanos, slot, this.table.incarnation(slot), this.table.instance(slot));
	}

	/**
	 * Holds a member of a zone that is cut off with the zone.
	 * @return whether it could; there may be too many suspicions
	 */
	boolean hold(long nowNanos, int slot, int incarnation, int instance) {
		int zone = this.table.zone(slot);
		return this.parts.records.hold(nowNanos, slot, incarnation, instance,
				this.sinceNanos[zone] + this.timeoutNanos);
	}

	/** Tells a few peers which zones are cut off. */
	private void tellAll(int count) {
		for (int i = 0; i < count; i++) {
			int peer = this.peers[i];
			tell(this.parts.packets.begin(this.table.id(peer)));
			this.parts.packets.send(this.table.member(peer).address(), TrafficClass.RUMOR);
		}
	}

	/** Tells random members for a while, because half of the rings may be gone. */
	private void tellSome(long nowNanos) {
		this.telling = this.guard.isAnyCut() && this.tellUntilNanos - nowNanos > 0;
		if (this.telling) {
			tellAll(this.state.order.sample(this.peers, this.state.config.dissemination().gossipFanout(),
					MembershipTable.NO_SLOT));
			this.state.timers.armBy(EngineTimer.ZONES, nowNanos + this.state.jitter(this.tickNanos));
		}
	}

	private void reopen(long nowNanos, int zone) {
		this.guard.reopen(zone);
		this.table.touch();
		this.state.observer.onZoneReachable(this.table.zones().zone(zone));
		this.state.rings.onManyChanged();
		// A probe that began while the zone was cut off proves nothing about its target.
		this.parts.detector.voidRounds();
		this.parts.records.withdrawSuspicions(nowNanos, zone);
		this.parts.repair.onZoneBack(nowNanos);
		this.cursors[zone] = -1;
		if (this.givenUp[zone]) {
			this.cursors[zone] = 0;
			this.state.timers.armBy(EngineTimer.ZONES, nowNanos);
		}
	}

	/** Names the zones in a packet that are cut off. */
	void tell(PacketEncoder packet) {
		int told = 0;
		for (int zone = 1; this.guard.isAnyCut() && zone <= this.table.zones().count()
				&& told < ZONES_PER_PACKET; zone++) {
			if (this.guard.isCut(zone)) {
				packet.zoneCut(this.table.zones().hash(zone));
				told++;
			}
		}
	}

	/**
	 * Ends tests, gives up zones whose time is over, and takes back those that return.
	 */
	void onTimer(long nowNanos) {
		if (this.telling) {
			tellSome(nowNanos);
		}
		for (int zone = 1; zone <= this.table.zones().count(); zone++) {
			if (this.tests.end(nowNanos, zone)) {
				if (this.tests.findsCut(zone)) {
					cut(nowNanos, zone);
				}
				// Of a zone that is cut off none of them will count.
				this.tests.release(nowNanos, zone);
			}
			if (zone < this.cursors.length) {
				goOn(nowNanos, zone);
			}
		}
	}

	private void goOn(long nowNanos, int zone) {
		boolean isCut = this.guard.isCut(zone);
		if (isCut && !this.givenUp[zone]) {
			long endNanos = this.sinceNanos[zone] + this.timeoutNanos;
			if (endNanos - nowNanos > 0) {
				this.state.timers.armBy(EngineTimer.ZONES, endNanos);
				return;
			}
			this.givenUp[zone] = true;
			this.cursors[zone] = 0;
		}
		if (this.cursors[zone] >= 0) {
			walk(nowNanos, zone, isCut);
		}
		if (isCut && this.givenUp[zone]) {
			knock(nowNanos, zone);
		}
	}

	/** Nobody probes the dead: a zone that was given up is tried now and then. */
	private void knock(long nowNanos, int zone) {
		int start = this.state.random.nextInt(this.table.slots());
		for (int i = 0; i < this.table.slots(); i++) {
			int slot = (start + i) % this.table.slots();
			if (isDeduced(slot) && this.table.zone(slot) == zone) {
				this.parts.peers.knock(nowNanos, slot);
				break;
			}
		}
		this.state.timers.armBy(EngineTimer.ZONES, nowNanos + this.state.jitter(this.knockNanos));
	}

	private void walk(long nowNanos, int zone, boolean isCut) {
		int slot = this.cursors[zone];
		for (int budget = MEMBERS_PER_STEP; slot < this.table.slots() && budget > 0; slot++) {
			if (!this.table.isUsed(slot) || this.table.zone(slot) != zone) {
				continue;
			}
			if (isCut && this.table.isIn(slot)) {
				this.parts.records.giveUp(nowNanos, slot);
				if (this.table.isUsed(slot)) {
					this.deduced.set(slot);
				}
				budget--;
			}
			else if (!isCut && isDeduced(slot)) {
				this.parts.records.takeBack(nowNanos, slot);
				budget--;
			}
		}
		boolean isDone = slot >= this.table.slots();
		this.cursors[zone] = isDone ? -1 : slot;
		if (!isDone) {
			this.state.timers.armBy(EngineTimer.ZONES, nowNanos);
		}
		else if (!isCut) {
			this.givenUp[zone] = false;
		}
	}

	/** What is known of a member now was said by somebody, or it is forgotten. */
	void settle(int slot) {
		this.deduced.clear(slot);
	}

	/** Whether what is held of a member need not be refuted: its zone is cut off. */
	boolean isSpared(int slot) {
		return this.guard.isCut(this.table.zone(slot)) || isDeduced(slot);
	}

	/** Whether a member is dead only because its zone was given up. */
	boolean isDeduced(int slot) {
		return this.deduced.get(slot);
	}

	private void ensureRoom(int zone) {
		if (zone >= this.cursors.length) {
			int before = this.cursors.length;
			int wanted = ZoneIndex.ZONES_MAX + 1;
			this.sinceNanos = Arrays.copyOf(this.sinceNanos, wanted);
			this.cursors = Arrays.copyOf(this.cursors, wanted);
			this.givenUp = Arrays.copyOf(this.givenUp, wanted);
			Arrays.fill(this.cursors, before, wanted, -1);
		}
	}

}
