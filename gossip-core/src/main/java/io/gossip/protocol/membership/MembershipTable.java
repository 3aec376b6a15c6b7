package io.gossip.protocol.membership;

import java.util.Arrays;

import io.gossip.Member;
import io.gossip.MemberState;
import org.jspecify.annotations.Nullable;

/**
 * The records of all known members, this node included: arrays of primitives with an
 * open-addressed index. A member keeps its slot until it is removed; free slots are used
 * again, the latest first. About 40 bytes a member, and nothing is allocated but when the
 * arrays grow.
 *
 * <p>
 * What is looked at together lies together: a packet is compared with one row of three
 * words and one tag, which are two places in memory instead of seven. A walk over all
 * members that are in looks at the tags alone.
 */
public final class MembershipTable {

	/** How many slots share one bit of {@link #takeDirtyChunk}. */
	public static final int CHUNK_SLOTS = 128;

	/** What {@link #slotOf} gives for an unknown member. */
	public static final int NO_SLOT = -1;

	/** How many words a row has. */
	private static final int ROW = 3;

	private static final int IDENTITY = 0;

	private static final int VERSION = 1;

	private static final int TIMES = 2;

	private static final long LOW = 0xFFFFFFFFL;

	/** How many bits of a tag are the state. */
	private static final int STATE_BITS = 3;

	private static final int STATE_MASK = (1 << STATE_BITS) - 1;

	private static final int TWO_STARTS = 1 << STATE_BITS;

	private static final int ZONE_SHIFT = STATE_BITS + 1;

	/** The state of a slot that holds nobody, in its tag: as no member is. */
	private static final int FREE = STATE_MASK;

	/** Somebody who never spoke counts as heard a day before it became known. */
	private static final int NEVER_HEARD_MILLIS = 24 * 3600 * 1000;

	private final RecordListener listener;

	private final int[] counts = new int[MemberState.values().length];

	private final ZoneIndex zoneIndex = new ZoneIndex();

	/** How many are in, by zone. */
	private int[] inByZone = new int[8];

	/**
	 * By slot: the identity (zero where free), then incarnation and instance, then since
	 * when it has its state and when it was heard. Of a free slot the second word is the
	 * next free slot plus one.
	 */
	private long[] rows;

	/**
	 * By slot: the number of the zone, whether the halves of the record are of two
	 * starts, and in the lowest bits the state.
	 */
	private short[] tags;

	private @Nullable Member[] members;

	/** Slot plus one, by hash; zero where free. */
	private int[] index;

	/** The next free slot plus one, chained through the rows of free slots. */
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
		this.rows = new long[ROW * initial];
		this.tags = new short[initial];
		this.members = new Member[initial];
		this.index = new int[indexCapacity(initial)];
	}

	/**
	 * Makes room for members that are about to come, so that no array grows beyond them.
	 * @param capacity how many members there will be
	 */
	public void reserve(int capacity) {
		if (capacity > this.tags.length) {
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
			if (id(slot) == id) {
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
		this.rows[ROW * slot + IDENTITY] = id;
		this.rows[ROW * slot + VERSION] = pair(incarnation, instance);
		this.rows[ROW * slot + TIMES] = pair(nowMillis, nowMillis - NEVER_HEARD_MILLIS);
		this.members[slot] = member;
		setTag(slot, this.zoneIndex.of(member.zone()), state.ordinal());
		countIn(slot, 1);
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
		this.counts[stateCode(slot)]--;
		this.counts[state.ordinal()]++;
		if (stateCode(slot) != state.ordinal()) {
			this.rows[ROW * slot + TIMES] = pair(nowMillis, heardMillis(slot));
		}
		this.rows[ROW * slot + VERSION] = pair(incarnation, instance);
		setTag(slot, zone(slot), state.ordinal());
		countIn(slot, 1);
		changed(slot, view, viewPart(slot), digest, digestPart(slot));
	}

	/** Sets what a member says of itself. */
	public void setMember(int slot, Member member) {
		long view = viewPart(slot);
		long digest = digestPart(slot);
		countIn(slot, -1);
		this.members[slot] = member;
		setTag(slot, this.zoneIndex.of(member.zone()), stateCode(slot));
		countIn(slot, 1);
		changed(slot, view, viewPart(slot), digest, digestPart(slot));
	}

	/** Forgets a member; its slot may be used again at once. */
	public void remove(int slot) {
		changed(slot, viewPart(slot), 0, digestPart(slot), 0);
		countIn(slot, -1);
		this.counts[stateCode(slot)]--;
		delete(slot);
		this.members[slot] = null;
		setTag(slot, 0, FREE);
		this.rows[ROW * slot + IDENTITY] = 0;
		this.rows[ROW * slot + VERSION] = this.free;
		this.free = slot + 1;
	}

	/** How many slots have ever been used; all slots are below. */
	public int slots() {
		return this.slots;
	}

	/** Whether a slot holds a member. */
	public boolean isUsed(int slot) {
		return slot < this.slots && stateCode(slot) != FREE;
	}

	/** The identity of the member in a slot. */
	public long id(int slot) {
		return this.rows[ROW * slot + IDENTITY];
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
		return this.tags[slot] >> ZONE_SHIFT;
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
		return MemberState.of(stateCode(slot));
	}

	/** Whether the member in a slot is in (ALIVE or SUSPECT); false for a free slot. */
	public boolean isIn(int slot) {
		return slot < this.slots && stateCode(slot) <= MemberState.SUSPECT.ordinal();
	}

	/** The incarnation of the member in a slot. */
	public int incarnation(int slot) {
		return (int) (this.rows[ROW * slot + VERSION] >> 32);
	}

	/** The instance that the state of the member in a slot belongs to. */
	public int instance(int slot) {
		return (int) this.rows[ROW * slot + VERSION];
	}

	/**
	 * Whether what the member in a slot says of itself is of another start than its
	 * state.
	 */
	public boolean isOfTwoStarts(int slot) {
		return (this.tags[slot] & TWO_STARTS) != 0;
	}

	/** Since when the member in a slot has its state, in milliseconds of this node. */
	public int sinceMillis(int slot) {
		return (int) (this.rows[ROW * slot + TIMES] >> 32);
	}

	/** Takes note that the member in a slot has spoken to this node itself. */
	public void heard(int slot, int nowMillis) {
		this.rows[ROW * slot + TIMES] = pair(sinceMillis(slot), nowMillis);
	}

	/**
	 * When the member in a slot last spoke to this node itself, in milliseconds of this
	 * node.
	 */
	public int heardMillis(int slot) {
		return (int) this.rows[ROW * slot + TIMES];
	}

	/**
	 * Whether the member in a slot has never spoken to this node itself, or not within a
	 * day.
	 */
	public boolean isNeverHeard(int slot, int nowMillis) {
		return nowMillis - heardMillis(slot) >= NEVER_HEARD_MILLIS;
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

	private static long pair(int high, int low) {
		return ((long) high << 32) | (low & LOW);
	}

	private int stateCode(int slot) {
		return this.tags[slot] & STATE_MASK;
	}

	private void setTag(int slot, int zone, int stateCode) {
		Member member = this.members[slot];
		int twoStarts = (member != null && member.instance() != instance(slot)) ? TWO_STARTS : 0;
		this.tags[slot] = (short) (zone << ZONE_SHIFT | twoStarts | stateCode);
	}

	private void countIn(int slot, int difference) {
		if (stateCode(slot) <= MemberState.SUSPECT.ordinal()) {
			int zone = zone(slot);
			if (zone >= this.inByZone.length) {
				this.inByZone = Arrays.copyOf(this.inByZone, ZoneIndex.ZONES_MAX + 1);
			}
			this.inByZone[zone] += difference;
		}
	}

	/**
	 * What is held of a member in 32 bits: its part in the digest, as if it were in.
	 */
	public int recordHash(int slot) {
		return ViewHash.fold(ViewHash.digestPart(partOf(slot), incarnation(slot)));
	}

	private long viewPart(int slot) {
		return isIn(slot) ? partOf(slot) : 0;
	}

	private long digestPart(int slot) {
		return isIn(slot) ? ViewHash.digestPart(partOf(slot), incarnation(slot)) : 0;
	}

	private long partOf(int slot) {
		return ViewHash.part(id(slot), member(slot).instance(), member(slot).contentVersion());
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
			this.listener.onRecordChanged(id(slot), digestBefore, digestAfter);
		}
	}

	private int takeSlot() {
		if (this.free != 0) {
			int slot = this.free - 1;
			this.free = (int) this.rows[ROW * slot + VERSION];
			return slot;
		}
		if (this.slots == this.tags.length) {
			grow(this.slots + this.slots / 2);
		}
		return this.slots++;
	}

	private void grow(int capacity) {
		this.rows = Arrays.copyOf(this.rows, ROW * capacity);
		this.tags = Arrays.copyOf(this.tags, capacity);
		this.members = Arrays.copyOf(this.members, capacity);
		int wanted = indexCapacity(capacity);
		if (wanted > this.index.length) {
			this.index = new int[wanted];
			for (int slot = 0; slot < this.slots; slot++) {
				if (isUsed(slot)) {
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
		int place = home(id(slot), mask);
		while (this.index[place] != 0) {
			place = (place + 1) & mask;
		}
		this.index[place] = slot + 1;
	}

	private void delete(int slot) {
		int mask = this.index.length - 1;
		int hole = home(id(slot), mask);
		while (this.index[hole] != slot + 1) {
			hole = (hole + 1) & mask;
		}
		// Those behind move up, so that no search ends early at the hole.
		for (int place = (hole + 1) & mask; this.index[place] != 0; place = (place + 1) & mask) {
			int home = home(id(this.index[place] - 1), mask);
			if (((place - home) & mask) >= ((place - hole) & mask)) {
				this.index[hole] = this.index[place];
				hole = place;
			}
		}
		this.index[hole] = 0;
	}

}
