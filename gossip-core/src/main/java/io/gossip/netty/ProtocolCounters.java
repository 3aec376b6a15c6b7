package io.gossip.netty;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

import io.gossip.Member;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProtocolObserver;

/**
 * The counters of one start that {@code ClusterStatus} shows. The event loop alone writes
 * them, any thread may read them.
 */
final class ProtocolCounters implements ProtocolObserver {

	private static final DropReason[] REASONS = DropReason.values();

	private final AtomicLongArray drops = new AtomicLongArray(REASONS.length);

	private final AtomicLong suspicions = new AtomicLong();

	private final AtomicLong suspicionsRefuted = new AtomicLong();

	private final AtomicLong failures = new AtomicLong();

	@Override
	public void onDropped(DropReason reason) {
		int index = reason.ordinal();
		this.drops.setRelease(index, this.drops.getPlain(index) + 1);
	}

	@Override
	public void onSuspicionStarted(Member subject) {
		increment(this.suspicions);
	}

	@Override
	public void onSuspicionRefuted(Member subject) {
		increment(this.suspicionsRefuted);
	}

	@Override
	public void onFailure(Member subject) {
		increment(this.failures);
	}

	private static void increment(AtomicLong counter) {
		counter.setRelease(counter.getPlain() + 1);
	}

	long suspicions() {
		return this.suspicions.get();
	}

	long suspicionsRefuted() {
		return this.suspicionsRefuted.get();
	}

	long failures() {
		return this.failures.get();
	}

	/** The reasons that occurred, sorted by name. */
	SortedMap<String, Long> drops() {
		SortedMap<String, Long> counts = new TreeMap<>();
		for (DropReason reason : REASONS) {
			long count = this.drops.get(reason.ordinal());
			if (count > 0) {
				counts.put(reason.label(), count);
			}
		}
		return Collections.unmodifiableSortedMap(counts);
	}

}
