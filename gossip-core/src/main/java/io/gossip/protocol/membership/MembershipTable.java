package io.gossip.protocol.membership;

import java.util.Arrays;

import io.gossip.Member;
import io.gossip.MemberState;
import org.jspecify.annotations.Nullable;

/**
 * The records of all known members, this node included: a struct of arrays with an
 * open-addressed index. A member keeps its slot until it is removed; free slots are used
 * again, the latest first. About 40 bytes a member, and nothing is allocated but when the
 * arrays grow.
 */
public final class MembershipTable {

	/** How many slots share one bit of {@link #takeDirtyChunk}. */
	public static final int CHUNK_SLOTS = 128;

	/** What {@link #slotOf} gives for an unknown member. */
	public static final int NO_SLOT = -1;

	/** Somebody who never spoke counts as heard a day before it became known. */
	private static final int NEVER_HEARD_MILLIS = 24 * 3600 * 1000;

	private final RecordListener listener;

	private final int[] counts = new int[MemberState.values().length];

	private final ZoneIndex zoneIndex = new ZoneIndex();

	/** How many are in, by zone. */
	private int[] inByZone = new int[8];

	private long[] ids;

	private @Nullable Member[] members;

	private byte[] states;

	/** The number of the zone, by slot. */
	private byte[] zones;

	private int[] incarnations;

	private int[] instances;

	private int[] sinceMillis;

	private int[] heardMillis;

	/** Slot plus one, by hash; zero where free. */
	private int[] index;

	/** The next free slot plus one, chained through the incarnations of free slots. */
	private int free;

	private int slots;

	private long viewHash;

	private long version;

	private long[] dirtyChunks = new long[1];

	/**
	 * An empty table.
	 * @param capacity how many members to expect; it grows with more
	 * @param listener hears of every change
	 */
	public MembershipTable(int capacity, RecordListener listener) {
		int initial = Math.max(capacity, 8);
		this.listener = listener;
		this.ids = new long[initial];
		this.members = new Member[initial];
		this.states = new byte[initial];
		this.zones = new byte[initial];
		this.incarnations = new int[initial];
		this.instances = new int[initial];
		this.sinceMillis = new int[initial];
		this.heardMillis = new int[initial];
		this.index = new int[indexCapacity(initial)];
	}

	/**
	 * Makes room for members that are about to come, so that no array grows beyond them.
	 * @param capacity how many members there will be
	 */
	public void reserve(int capacity) {
		if (capacity > this.ids.length) {
			grow(capacity);
		}
	}

	private static int indexCapacity(int members) {
		return Integer.highestOneBit(Math.max(members + members / 2, 8)) * 2;
	}

	/** The slot of a member, {@link #NO_SLOT} if it is unknown. */
	public int slotOf(long id) {
		int mask = this.index.length - 1;
		for (int place = home(id, mask); this.index[place] != 0; place = (place + 1) & mask) {
			int slot = this.index[place] - 1;
			if (this.ids[slot] == id) {
				return slot;
			}
		}
		return NO_SLOT;
	}

	/**
	 * Adds a member that is unknown.
	 * @param member what it says of itself
	 * @param state what is held of it
	 * @param incarnation the incarnation of the state
	 * @param instance the instance of the state
	 * @param nowMillis the time
	 * @return its slot
	 */
	public int add(Member member, MemberState state, int incarnation, int instance, int nowMillis) {
		long id = member.id().value();
		if (slotOf(id) != NO_SLOT) {
			throw new IllegalStateException("member " + member + " is in the table already");
		}
		int slot = takeSlot();
		this.ids[slot] = id;
		this.members[slot] = member;
		this.states[slot] = (byte) state.ordinal();
		this.zones[slot] = (byte) this.zoneIndex.of(member.zone());
		countIn(slot, 1);
		this.incarnations[slot] = incarnation;
		this.instances[slot] = instance;
		this.sinceMillis[slot] = nowMillis;
		this.heardMillis[slot] = nowMillis - NEVER_HEARD_MILLIS;
		insert(slot);
		this.counts[state.ordinal()]++;
		changed(slot, 0, viewPart(slot), 0, digestPart(slot));
		return slot;
	}

	/**
	 * Sets the state of a member, its incarnation and the instance that they belong to.
	 */
	public void setLiveness(int slot, MemberState state, int incarnation, int instance, int nowMillis) {
		long view = viewPart(slot);
		long digest = digestPart(slot);
		countIn(slot, -1);
		this.counts[this.states[slot]]--;
		this.counts[state.ordinal()]++;
		if (this.states[slot] != state.ordinal()) {
			this.sinceMillis[slot] = nowMillis;
		}
		this.states[slot] = (byte) state.ordinal();
		countIn(slot, 1);
		this.incarnations[slot] = incarnation;
		this.instances[slot] = instance;
		changed(slot, view, viewPart(slot), digest, digestPart(slot));
	}

	/** Sets what a member says of itself. */
	public void setMember(int slot, Member member) {
		long view = viewPart(slot);
		long digest = digestPart(slot);
		countIn(slot, -1);
		this.members[slot] = member;
		this.zones[slot] = (byte) this.zoneIndex.of(member.zone());
		countIn(slot, 1);
		changed(slot, view, viewPart(slot), digest, digestPart(slot));
	}

	/** Forgets a member; its slot may be used again at once. */
	public void remove(int slot) {
		changed(slot, viewPart(slot), 0, digestPart(slot), 0);
		countIn(slot, -1);
		this.counts[this.states[slot]]--;
		delete(slot);
		this.members[slot] = null;
		this.ids[slot] = 0;
		this.incarnations[slot] = this.free;
		this.free = slot + 1;
	}

	/** How many slots have ever been used; all slots are below. */
	public int slots() {
		return this.slots;
	}

	/** Whether a slot holds a member. */
	public boolean isUsed(int slot) {
		return slot < this.slots && this.ids[slot] != 0;
	}

	/** The identity of the member in a slot. */
	public long id(int slot) {
		return this.ids[slot];
	}

	/** What the member in a slot says of itself. */
	public Member member(int slot) {
		Member member = this.members[slot];
		if (member == null) {
			throw new IllegalStateException("slot " + slot + " is free");
		}
		return member;
	}

	/** The number of the zone of the member in a slot. */
	public int zone(int slot) {
		return this.zones[slot] & 0xFF;
	}

	/** The zones of the members, by number. */
	public ZoneIndex zones() {
		return this.zoneIndex;
	}

	/** How many members of a zone are in (ALIVE or SUSPECT). */
	public int sizeIn(int zone) {
		return (zone < this.inByZone.length) ? this.inByZone[zone] : 0;
	}

	/** The state of the member in a slot. */
	public MemberState state(int slot) {
		return MemberState.of(this.states[slot]);
	}

	/** Whether the member in a slot is in (ALIVE or SUSPECT); false for a free slot. */
	public boolean isIn(int slot) {
		return isUsed(slot) && this.states[slot] <= MemberState.SUSPECT.ordinal();
	}

	/** The incarnation of the member in a slot. */
	public int incarnation(int slot) {
		return this.incarnations[slot];
	}

	/** The instance that the state of the member in a slot belongs to. */
	public int instance(int slot) {
		return this.instances[slot];
	}

	/** Since when the member in a slot has its state, in milliseconds of this node. */
	public int sinceMillis(int slot) {
		return this.sinceMillis[slot];
	}

	/** Takes note that the member in a slot has spoken to this node itself. */
	public void heard(int slot, int nowMillis) {
		this.heardMillis[slot] = nowMillis;
	}

	/**
	 * When the member in a slot last spoke to this node itself, in milliseconds of this
	 * node.
	 */
	public int heardMillis(int slot) {
		return this.heardMillis[slot];
	}

	/**
	 * Whether the member in a slot has never spoken to this node itself, or not within a
	 * day.
	 */
	public boolean isNeverHeard(int slot, int nowMillis) {
		return nowMillis - this.heardMillis[slot] >= NEVER_HEARD_MILLIS;
	}

	/** How many members have a state. */
	public int count(MemberState state) {
		return this.counts[state.ordinal()];
	}

	/** How many members are in (ALIVE or SUSPECT). */
	public int sizeIn() {
		return count(MemberState.ALIVE) + count(MemberState.SUSPECT);
	}

	/** How many members are known, the dead and the departed included. */
	public int size() {
		return sizeIn() + count(MemberState.DEAD) + count(MemberState.LEFT);
	}

	/** The hash over (id, instance, content version) of the members that are in. */
	public long viewHash() {
		return this.viewHash;
	}

	/** A number that grows with every change. */
	public long version() {
		return this.version;
	}

	/**
	 * Whether a chunk of slots has changed since the last call for it.
	 * @param chunk the slots from {@code chunk * CHUNK_SLOTS} on
	 */
	public boolean takeDirtyChunk(int chunk) {
		int word = chunk >>> 6;
		if (word >= this.dirtyChunks.length || (this.dirtyChunks[word] & (1L << chunk)) == 0) {
			return false;
		}
		this.dirtyChunks[word] &= ~(1L << chunk);
		return true;
	}

	/** Takes note of a change that no record shows but the view does. */
	public void touch() {
		this.version++;
	}

	private void countIn(int slot, int difference) {
		if (this.states[slot] <= MemberState.SUSPECT.ordinal()) {
			int zone = zone(slot);
			if (zone >= this.inByZone.length) {
				this.inByZone = Arrays.copyOf(this.inByZone, ZoneIndex.ZONES_MAX + 1);
			}
			this.inByZone[zone] += difference;
		}
	}

	private long viewPart(int slot) {
		return isIn(slot) ? ViewHash.part(this.ids[slot], member(slot).instance(), member(slot).contentVersion()) : 0;
	}

	private long digestPart(int slot) {
		return isIn(slot) ? ViewHash.digestPart(viewPart(slot), this.incarnations[slot]) : 0;
	}

	private void changed(int slot, long viewBefore, long viewAfter, long digestBefore, long digestAfter) {
		this.viewHash ^= viewBefore ^ viewAfter;
		this.version++;
		int chunk = slot / CHUNK_SLOTS;
		int word = chunk >>> 6;
		if (word >= this.dirtyChunks.length) {
			this.dirtyChunks = Arrays.copyOf(this.dirtyChunks, word + 1);
		}
		this.dirtyChunks[word] |= 1L << chunk;
		if (digestBefore != digestAfter) {
			this.listener.onRecordChanged(this.ids[slot], digestBefore, digestAfter);
		}
	}

	private int takeSlot() {
		if (this.free != 0) {
			int slot = this.free - 1;
			this.free = this.incarnations[slot];
			return slot;
		}
		if (this.slots == this.ids.length) {
			grow(this.slots + this.slots / 2);
		}
		return this.slots++;
	}

	private void grow(int capacity) {
		this.ids = Arrays.copyOf(this.ids, capacity);
		this.members = Arrays.copyOf(this.members, capacity);
		this.states = Arrays.copyOf(this.states, capacity);
		this.zones = Arrays.copyOf(this.zones, capacity);
		this.incarnations = Arrays.copyOf(this.incarnations, capacity);
		this.instances = Arrays.copyOf(this.instances, capacity);
		this.sinceMillis = Arrays.copyOf(this.sinceMillis, capacity);
		this.heardMillis = Arrays.copyOf(this.heardMillis, capacity);
		int wanted = indexCapacity(capacity);
		if (wanted > this.index.length) {
			this.index = new int[wanted];
			for (int slot = 0; slot < this.slots; slot++) {
				if (this.ids[slot] != 0) {
					insert(slot);
				}
			}
		}
	}

	private static int home(long id, int mask) {
		return (int) ViewHash.mix(id) & mask;
	}

	private void insert(int slot) {
		int mask = this.index.length - 1;
		int place = home(this.ids[slot], mask);
		while (this.index[place] != 0) {
			place = (place + 1) & mask;
		}
		this.index[place] = slot + 1;
	}

	private void delete(int slot) {
		int mask = this.index.length - 1;
		int hole = home(this.ids[slot], mask);
		while (this.index[hole] != slot + 1) {
			hole = (hole + 1) & mask;
		}
		// Those behind move up, so that no search ends early at the hole.
		for (int place = (hole + 1) & mask; this.index[place] != 0; place = (place + 1) & mask) {
			int home = home(this.ids[this.index[place] - 1], mask);
			if (((place - home) & mask) >= ((place - hole) & mask)) {
				this.index[hole] = this.index[place];
				hole = place;
			}
		}
		this.index[hole] = 0;
	}

}
