package io.gossip.protocol.engine;

import java.util.Arrays;
import java.util.function.IntPredicate;

import io.gossip.MemberState;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.membership.ZoneIndex;
import io.gossip.protocol.probe.ZoneGuard;

/**
 * The tests of foreign zones: some random members of one are pinged, and if all are
 * silent while somebody else answers, the zone is cut off. What this node would say
 * against members of it waits for the outcome.
 */
final class ZoneTests {

	/**
	 * So many random members of a zone must all be silent: if half of it were there, that
	 * would happen once in 256 tests.
	 */
	private static final int TEST_PINGS = 8;

	/** With fewer members a zone has no guard. */
	private static final int TEST_PINGS_MIN = 5;

	/** Somebody else must answer, or it is this node that is cut off. */
	private static final int CONTROL_PINGS = 4;

	private static final long TEST_PAUSE_NANOS = 1_000_000_000L;

	private final EngineState state;

	private final EngineParts parts;

	private final MembershipTable table;

	private final ZoneGuard guard;

	/** How long a test waits for an answer. */
	private final long patienceNanos;

	private final int sequence;

	private final IntPredicate isDeduced;

	private final HeldAccusations held;

	/** How many tests are under way. */
	private int running;

	/** By zone: when it was tested last. */
	private long[] startNanos = new long[4];

	private boolean[] tested = new boolean[4];

	private boolean[] isRunning = new boolean[4];

	/** By zone: how many of its members the test has pinged. */
	private int[] pinged = new int[4];

	/** By zone: whether somebody of another zone was heard since the test began. */
	private boolean[] heardElsewhere = new boolean[4];

	/**
	 * The tests of one node.
	 * @param isDeduced which slots are of members that are dead only because their zone
	 * was given up
	 */
	ZoneTests(EngineState state, EngineParts parts, IntPredicate isDeduced) {
		this.state = state;
		this.parts = parts;
		this.table = state.table;
		this.guard = state.zones;
		this.isDeduced = isDeduced;
		this.held = new HeldAccusations(state.table, state.observer);
		this.patienceNanos = state.config.failureDetection().probeTimeout().toNanos();
		this.sequence = state.random.nextInt();
	}

	/**
	 * Pings some members of a zone: if none of them answers, the zone is cut off, and if
	 * it was, their answers end that. A zone is tested once a second at most.
	 */
	void begin(long nowNanos, int zone) {
		ensureRoom(zone);
		boolean isTooSoon = this.tested[zone] && nowNanos - this.startNanos[zone] < TEST_PAUSE_NANOS;
		if (this.isRunning[zone] || isTooSoon) {
			return;
		}
		this.tested[zone] = true;
		if (!this.guard.isCut(zone)) {
			this.isRunning[zone] = true;
			this.running++;
		}
		this.startNanos[zone] = nowNanos;
		this.heardElsewhere[zone] = false;
		this.pinged[zone] = ping(TEST_PINGS,
				(slot) -> this.table.zone(slot) == zone && (this.table.isIn(slot) || this.isDeduced.test(slot)));
		int own = this.table.zone(SelfRecord.SLOT);
		if (ping(CONTROL_PINGS, (slot) -> this.table.zone(slot) == own && isWell(slot)) == 0) {
			// Other zones may be cut off, too, so they are asked only where nobody else
			// is.
			ping(CONTROL_PINGS, (slot) -> this.table.zone(slot) != zone && isWell(slot));
		}
		this.state.timers.armBy(EngineTimer.ZONES, nowNanos + this.patienceNanos);
	}

	private boolean isWell(int slot) {
		return this.table.state(slot) == MemberState.ALIVE && this.state.isReachable(slot);
	}

	/** Pings some random members. */
	private int ping(int wanted, IntPredicate isWanted) {
		int start = this.state.random.nextInt(this.table.slots());
		int pings = 0;
		for (int i = 0; i < this.table.slots() && pings < wanted; i++) {
			int slot = (start + i) % this.table.slots();
			if (slot != SelfRecord.SLOT && this.table.isUsed(slot) && isWanted.test(slot)) {
				this.parts.peers.sendPlainPing(slot, this.sequence);
				pings++;
			}
		}
		return pings;
	}

	/** Whether an answer is to a test; what it is good for is done for any packet. */
	boolean isAnswer(int answered) {
		return answered == this.sequence;
	}

	/** A member of a zone, or of none, has spoken to this node. */
	void onHeard(int zone) {
		for (int other = 1; this.running > 0 && other < this.heardElsewhere.length; other++) {
			this.heardElsewhere[other] |= other != zone;
		}
	}

	/**
	 * Holds an accusation by this node while the zone of the member is tested in silence.
	 * When thousands probe a zone that has been cut off, the few hundred who are done
	 * before their test is would else tell everybody.
	 * @return whether it is held
	 */
	boolean holds(int slot) {
		int zone = this.table.zone(slot);
		return isRunning(zone) && isSilent(zone) && this.held.add(slot);
	}

	/**
	 * Ends the test of a zone, if one is under way and its time is over.
	 * @return whether it has ended
	 */
	boolean end(long nowNanos, int zone) {
		if (!isRunning(zone)) {
			return false;
		}
		long endNanos = this.startNanos[zone] + this.patienceNanos;
		if (endNanos - nowNanos > 0) {
			this.state.timers.armBy(EngineTimer.ZONES, endNanos);
			return false;
		}
		this.isRunning[zone] = false;
		this.running--;
		return true;
	}

	/** Whether the test of a zone that has ended says that the zone is cut off. */
	boolean findsCut(int zone) {
		return this.pinged[zone] >= TEST_PINGS_MIN && this.heardElsewhere[zone] && isSilent(zone);
	}

	/** Makes the accusations that waited for the test of a zone. */
	void release(long nowNanos, int zone) {
		this.held.release(zone, (slot) -> this.parts.records.accuse(nowNanos, slot, this.state.selfId));
	}

	/** This node stood still: what it did not hear meanwhile proves nothing. */
	void onStall() {
		Arrays.fill(this.isRunning, false);
		this.running = 0;
		this.held.clear();
	}

	private boolean isRunning(int zone) {
		return this.running > 0 && zone < this.isRunning.length && this.isRunning[zone];
	}

	private boolean isSilent(int zone) {
		return !this.guard.isHeardSince(this.startNanos[zone], zone);
	}

	private void ensureRoom(int zone) {
		if (zone >= this.tested.length) {
			int wanted = ZoneIndex.ZONES_MAX + 1;
			this.startNanos = Arrays.copyOf(this.startNanos, wanted);
			this.tested = Arrays.copyOf(this.tested, wanted);
			this.isRunning = Arrays.copyOf(this.isRunning, wanted);
			this.pinged = Arrays.copyOf(this.pinged, wanted);
			this.heardElsewhere = Arrays.copyOf(this.heardElsewhere, wanted);
		}
	}

}
