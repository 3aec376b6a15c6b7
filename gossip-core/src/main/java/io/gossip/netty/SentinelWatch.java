package io.gossip.netty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

import io.gossip.Address;
import io.gossip.NodeId;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.UnreachableReason;
import io.gossip.protocol.wire.PacketDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A listener on the way in, that takes the view hashes of named members from the packets
 * that pass. The event loop writes, any thread reads.
 *
 * <p>
 * It reads headers only, and before the engine has judged the packet: good enough for
 * diagnostics, and nothing follows from it.
 */
final class SentinelWatch implements Inbound {

	private final Inbound next;

	private final LongSupplier ownHash;

	private final PacketDecoder decoder = new PacketDecoder();

	private final Sentinel[] sentinels;

	SentinelWatch(Inbound next, String cluster, List<String> names, LongSupplier ownHash) {
		this.next = next;
		this.ownHash = ownHash;
		this.sentinels = names.stream()
			.map((name) -> new Sentinel(name, NodeId.ofName(cluster, name).value()))
			.toArray(Sentinel[]::new);
	}

	@Override
	public void onDatagram(Address from, byte[] buffer, int offset, int length) {
		read(buffer, offset, length);
		this.next.onDatagram(from, buffer, offset, length);
	}

	@Override
	public void onFrame(Address from, byte[] buffer, int offset, int length) {
		read(buffer, offset, length);
		this.next.onFrame(from, buffer, offset, length);
	}

	@Override
	public void onUnreachable(Address to, UnreachableReason why) {
		this.next.onUnreachable(to, why);
	}

	@Override
	public void onWritable(boolean writable) {
		this.next.onWritable(writable);
	}

	@Override
	public void onDropped(DropReason reason) {
		this.next.onDropped(reason);
	}

	private void read(byte[] buffer, int offset, int length) {
		if (this.decoder.open(buffer, offset, length) != null || !this.decoder.header().hasViewHash()) {
			return;
		}
		long sender = this.decoder.header().sender();
		for (Sentinel sentinel : this.sentinels) {
			if (sentinel.id == sender) {
				sentinel.heard(this.decoder.header().viewHash(), this.ownHash.getAsLong());
			}
		}
	}

	List<SentinelStatus> status() {
		List<SentinelStatus> status = new ArrayList<>();
		long nowNanos = System.nanoTime();
		for (Sentinel sentinel : this.sentinels) {
			status.add(sentinel.status(nowNanos));
		}
		return status;
	}

	/** A member that is watched. */
	private static final class Sentinel {

		private final String name;

		private final long id;

		private boolean isHeard;

		private boolean isMatched;

		private long viewHash;

		private long heardNanos;

		private long matchedNanos;

		private Sentinel(String name, long id) {
			this.name = name;
			this.id = id;
		}

		private synchronized void heard(long hash, long ownHash) {
			this.isHeard = true;
			this.viewHash = hash;
			this.heardNanos = System.nanoTime();
			if (hash == ownHash) {
				this.isMatched = true;
				this.matchedNanos = this.heardNanos;
			}
		}

		private synchronized SentinelStatus status(long nowNanos) {
			return new SentinelStatus(this.name, (this.isHeard) ? this.viewHash : null,
					ago(this.isHeard, this.heardNanos, nowNanos), ago(this.isMatched, this.matchedNanos, nowNanos));
		}

		private static @Nullable Duration ago(boolean isKnown, long thenNanos, long nowNanos) {
			return (isKnown) ? Duration.ofNanos(Math.max(0, nowNanos - thenNanos)) : null;
		}

	}

}
