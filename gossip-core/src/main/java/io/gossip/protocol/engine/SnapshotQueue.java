package io.gossip.protocol.engine;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.function.Predicate;

import io.gossip.Address;
import org.jspecify.annotations.Nullable;

/** Transfers one after the other: who is served first can soon help others. */
final class SnapshotQueue {

	/** Whoever would wait longer is better served by others. */
	private static final double PATIENCE_SECONDS = 1;

	/** Whoever waits for one share of many asks somebody else after half a second. */
	private static final double SHARE_PATIENCE_SECONDS = 0.3;

	private static final int TRANSFERS_MAX = 1024;

	private final Queue<SnapshotTransfer> transfers = new ArrayDeque<>();

	private final TokenBucket allowance;

	private final double bytesPerSecond;

	private long waitingBytes;

	SnapshotQueue(long bytesPerSecond) {
		this.bytesPerSecond = bytesPerSecond;
		this.allowance = new TokenBucket(bytesPerSecond, bytesPerSecond / 4.0);
	}

	boolean tryAdd(long nowNanos, SnapshotTransfer transfer) {
		// One joiner is told all within about a second, however many members there are.
		double rate = Math.max(this.bytesPerSecond, (double) transfer.bytes);
		double patience = transfer.share.isPart() ? SHARE_PATIENCE_SECONDS : PATIENCE_SECONDS;
		boolean isShort = this.waitingBytes + transfer.bytes <= patience * rate;
		if (!this.transfers.isEmpty() && (!isShort || this.transfers.size() >= TRANSFERS_MAX)) {
			return false;
		}
		this.transfers.add(transfer);
		this.waitingBytes += transfer.bytes;
		for (SnapshotTransfer other : this.transfers) {
			// A small one does not slow down a large one that is under way.
			rate = Math.max(rate, (double) other.bytes);
		}
		this.allowance.retune(nowNanos, rate, rate / 4);
		return true;
	}

	/** Whether what somebody asks for is under way already. */
	boolean isUnderWay(JoinQuestion question) {
		return this.transfers.stream().anyMatch((transfer) -> question.repeats(transfer.question));
	}

	@Nullable SnapshotTransfer first() {
		return this.transfers.peek();
	}

	long waitNanos(long nowNanos) {
		return this.allowance.waitNanos(nowNanos, 0);
	}

	void onSent(long nowNanos, int bytes, boolean isDone) {
		this.allowance.take(nowNanos, bytes);
		if (isDone) {
			this.waitingBytes -= this.transfers.remove().bytes;
		}
	}

	void remove(Address to) {
		removeIf((transfer) -> transfer.question.from().equals(to));
	}

	/** Gives up what somebody asks for anew. */
	void replace(JoinQuestion question) {
		removeIf((transfer) -> question.replaces(transfer.question));
	}

	private void removeIf(Predicate<SnapshotTransfer> isGone) {
		for (Iterator<SnapshotTransfer> each = this.transfers.iterator(); each.hasNext();) {
			SnapshotTransfer transfer = each.next();
			if (isGone.test(transfer)) {
				each.remove();
				this.waitingBytes -= transfer.bytes;
			}
		}
	}

}
