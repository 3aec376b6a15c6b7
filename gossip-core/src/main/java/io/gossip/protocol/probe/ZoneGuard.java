package io.gossip.protocol.probe;

import java.util.Arrays;

import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.membership.ZoneIndex;

/**
 * The evidence about zones: how many of each were accused in the last seconds, and when
 * each was last heard. A zone of which many are accused at once while the others are well
 * has probably been cut off; its members have not all died.
 */
public final class ZoneGuard {

	private static final long BUCKET_NANOS = 500_000_000L;

	/** Six buckets: accusations of the last three seconds count. */
	private static final int BUCKETS = 6;

	/** A first guess, so that a node with few zones never grows its arrays. */
	private static final int ZONES_USUAL = 3;

	private static final int ACCUSED_MIN = 5;

	/** One in so many members of a zone must be accused. */
	private static final int ACCUSED_PART = 10;

	/** A time is made odd, which tells it from this. */
	private static final long NEVER = 0;

	/** So many packets from a zone that is cut off prove that it no longer is. */
	private static final int HEARD_ENOUGH = 3;

	private final MembershipTable table;

	/** How many were accused, by zone and bucket. */
	private int[] accused = new int[0];

	/** The bucket of time that a count belongs to. */
	private long[] buckets = new long[0];

	/** When each zone was heard last; {@link #NEVER} is no time of any packet. */
	private long[] heardNanos = new long[0];

	private byte[] heardSince = new byte[0];

	private boolean[] cut = new boolean[0];

	private int cutCount;

	/**
	 * A guard that has seen nothing.
	 * @param table tells who is in which zone
	 */
	public ZoneGuard(MembershipTable table) {
		this.table = table;
		ensureRoom(ZONES_USUAL);
	}

	/** A member of a zone was accused. */
	public void onAccused(long nowNanos, int zone) {
		ensureRoom(zone);
		long bucket = Math.floorDiv(nowNanos, BUCKET_NANOS);
		int cell = zone * BUCKETS + (int) Math.floorMod(bucket, (long) BUCKETS);
		if (this.buckets[cell] != bucket) {
			this.buckets[cell] = bucket;
			this.accused[cell] = 0;
		}
		this.accused[cell]++;
	}

	/**
	 * A member of a zone has spoken to this node.
	 * @return whether the zone was cut off, and this proves that it no longer is
	 */
	public boolean onHeard(long nowNanos, int zone) {
		ensureRoom(zone);
		this.heardNanos[zone] = nowNanos | 1;
		return isCut(zone) && ++this.heardSince[zone] >= HEARD_ENOUGH;
	}

	/** Whether a zone has been heard since a time. */
	public boolean isHeardSince(long nanos, int zone) {
		ensureRoom(zone);
		return this.heardNanos[zone] != NEVER && this.heardNanos[zone] - nanos > 0;
	}

	/**
	 * Whether a zone seems to be cut off: at least 5 members and a tenth of it were
	 * accused within three seconds, and of the zones that are well less than half that
	 * share was.
	 */
	public boolean looksCut(long nowNanos, int zone) {
		ensureRoom(zone);
		if (!isStruck(nowNanos, zone)) {
			return false;
		}
		long otherMembers = 0;
		long otherAccused = 0;
		for (int other = ZoneIndex.NONE; other <= this.table.zones().count(); other++) {
			if (other != zone && !isCut(other) && !isStruck(nowNanos, other)) {
				otherMembers += this.table.sizeIn(other);
				otherAccused += accused(nowNanos, other);
			}
		}
		return 2 * otherAccused * this.table.sizeIn(zone) < accused(nowNanos, zone) * otherMembers;
	}

	private boolean isStruck(long nowNanos, int zone) {
		long count = accused(nowNanos, zone);
		return zone != ZoneIndex.NONE && count >= ACCUSED_MIN && count * ACCUSED_PART >= this.table.sizeIn(zone);
	}

	private long accused(long nowNanos, int zone) {
		if (zone * BUCKETS >= this.accused.length) {
			return 0;
		}
		long bucket = Math.floorDiv(nowNanos, BUCKET_NANOS);
		long count = 0;
		for (int cell = zone * BUCKETS; cell < (zone + 1) * BUCKETS; cell++) {
			if (bucket - this.buckets[cell] < BUCKETS) {
				count += this.accused[cell];
			}
		}
		return count;
	}

	/** Takes note that a zone is cut off. */
	public void cut(int zone) {
		ensureRoom(zone);
		this.cutCount += this.cut[zone] ? 0 : 1;
		this.cut[zone] = true;
		this.heardSince[zone] = 0;
	}

	/**
	 * Takes note that a zone is no longer cut off: what was said of it before is void.
	 */
	public void reopen(int zone) {
		this.cutCount -= this.cut[zone] ? 1 : 0;
		this.cut[zone] = false;
		Arrays.fill(this.accused, zone * BUCKETS, (zone + 1) * BUCKETS, 0);
	}

	/** Whether a zone is cut off. */
	public boolean isCut(int zone) {
		return this.cutCount > 0 && zone < this.cut.length && this.cut[zone];
	}

	/** Whether any zone is cut off. */
	public boolean isAnyCut() {
		return this.cutCount > 0;
	}

	private void ensureRoom(int zone) {
		if (zone < this.heardNanos.length) {
			return;
		}
		int zones = Math.min(Math.max(zone + 1, 2 * this.cut.length), ZoneIndex.ZONES_MAX + 1);
		this.accused = Arrays.copyOf(this.accused, zones * BUCKETS);
		this.buckets = Arrays.copyOf(this.buckets, zones * BUCKETS);
		this.heardNanos = Arrays.copyOf(this.heardNanos, zones);
		this.heardSince = Arrays.copyOf(this.heardSince, zones);
		this.cut = Arrays.copyOf(this.cut, zones);
	}

}
