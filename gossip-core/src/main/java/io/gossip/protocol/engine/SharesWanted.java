package io.gossip.protocol.engine;

import java.util.Arrays;

import io.gossip.Address;
import io.gossip.protocol.wire.SnapshotShare;
import org.jspecify.annotations.Nullable;

/**
 * Which shares of a table a joiner has still to be told, and who was asked for each. Who
 * is silent for a while is not waited for: somebody else is asked as well.
 */
final class SharesWanted {

	/** How long whoever was asked for a share may take, or be silent amidst it. */
	private static final long PATIENCE_NANOS = 500_000_000L;

	/** However much it says, so long after the question somebody else is asked. */
	private static final long TELLING_NANOS = 3_000_000_000L;

	/** The pause before somebody else is asked, when a member is not there or is busy. */
	private static final long PAUSE_NANOS = 100_000_000L;

	private static final int NONE = -1;

	private int count;

	private int missing;

	private final boolean[] told = new boolean[SnapshotShare.COUNT_MAX];

	private final @Nullable Address[] asked = new Address[SnapshotShare.COUNT_MAX];

	/** Until when whoever was asked may be at it. */
	private final long[] untilNanos = new long[SnapshotShare.COUNT_MAX];

	private final long[] dueNanos = new long[SnapshotShare.COUNT_MAX];

	/** Whether there are shares that this joiner waits for. */
	boolean isAny() {
		return this.missing > 0;
	}

	void clear() {
		this.missing = 0;
		this.count = 0;
	}

	/**
	 * Takes note that members of a share are told: the first time that a table comes in
	 * shares, all others are wanted as well.
	 * @param share which of how many
	 * @param isLast whether no more of it follows
	 * @return whether there is a share less to wait for
	 */
	boolean onTold(long nowNanos, SnapshotShare share, boolean isLast) {
		if (!isAny()) {
			this.count = share.count();
			this.missing = share.count();
			Arrays.fill(this.told, false);
			Arrays.fill(this.asked, null);
			Arrays.fill(this.dueNanos, nowNanos);
			Arrays.fill(this.untilNanos, nowNanos + TELLING_NANOS);
		}
		int index = share.index();
		if (share.count() != this.count || this.told[index]) {
			return false;
		}
		long nextNanos = nowNanos + PATIENCE_NANOS;
		this.dueNanos[index] = (nextNanos - this.untilNanos[index] < 0) ? nextNanos : this.untilNanos[index];
		if (isLast) {
			this.told[index] = true;
			this.missing--;
		}
		return isLast;
	}

	/** Whoever was asked at an address is not there, or busy: others are asked soon. */
	void onRefused(long nowNanos, Address to) {
		for (int i = 0; i < this.count; i++) {
			if (!this.told[i] && to.equals(this.asked[i])) {
				this.dueNanos[i] = nowNanos + PAUSE_NANOS;
			}
		}
	}

	/** A share for which somebody has to be asked now, null if there is none. */
	@Nullable SnapshotShare due(long nowNanos) {
		int next = next();
		return (next != NONE && this.dueNanos[next] - nowNanos <= 0) ? new SnapshotShare(next, this.count) : null;
	}

	/** When somebody has to be asked again, if nothing comes. */
	long nextDueNanos() {
		return this.dueNanos[next()];
	}

	/** Whether a share was asked for at an address. */
	boolean isAsked(Address address) {
		for (int i = 0; i < this.count; i++) {
			if (address.equals(this.asked[i])) {
				return true;
			}
		}
		return false;
	}

	/** Takes note of who was asked for a share, null if there was nobody to ask. */
	void onAsked(long nowNanos, SnapshotShare share, @Nullable Address whom) {
		this.asked[share.index()] = whom;
		this.untilNanos[share.index()] = nowNanos + TELLING_NANOS;
		this.dueNanos[share.index()] = nowNanos + ((whom != null) ? PATIENCE_NANOS : PAUSE_NANOS);
	}

	private int next() {
		int next = NONE;
		for (int i = 0; i < this.count; i++) {
			if (!this.told[i] && (next == NONE || this.dueNanos[i] - this.dueNanos[next] < 0)) {
				next = i;
			}
		}
		return next;
	}

}
