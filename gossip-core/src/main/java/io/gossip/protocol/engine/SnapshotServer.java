package io.gossip.protocol.engine;

import java.util.Arrays;

import io.gossip.Address;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.wire.PacketEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The seed's side of a join: sends the whole table in frames that stand alone, one frame
 * a step and joiner, to a bounded number of joiners at once.
 */
final class SnapshotServer {

	private static final int TRANSFERS_MAX = 1024;

	private static final int TRANSFERS_AT_FIRST = 8;

	private static final int FRAME_BYTES_MAX = 32 * 1024;

	private final EngineState state;

	private final OutboundPackets packets;

	private @Nullable Address[] receivers = new Address[TRANSFERS_AT_FIRST];

	private long[] destinations = new long[TRANSFERS_AT_FIRST];

	private int[] sequences = new int[TRANSFERS_AT_FIRST];

	private int[] cursors = new int[TRANSFERS_AT_FIRST];

	private int next;

	SnapshotServer(EngineState state, OutboundPackets packets) {
		this.state = state;
		this.packets = packets;
	}

	/** Starts to tell a joiner all that this node knows. */
	void begin(long nowNanos, Address to, long destination, int sequence) {
		int place = freePlace();
		if (place == TRANSFERS_MAX) {
			this.state.drop(DropReason.RATE_LIMIT);
			return;
		}
		this.receivers[place] = to;
		this.destinations[place] = destination;
		this.sequences[place] = sequence;
		this.cursors[place] = 0;
		this.state.timers.armBy(EngineTimer.SNAPSHOT, nowNanos);
	}

	private int freePlace() {
		int place = 0;
		while (place < this.receivers.length && this.receivers[place] != null) {
			place++;
		}
		if (place == this.receivers.length && place < TRANSFERS_MAX) {
			this.receivers = Arrays.copyOf(this.receivers, place * 2);
			this.destinations = Arrays.copyOf(this.destinations, place * 2);
			this.sequences = Arrays.copyOf(this.sequences, place * 2);
			this.cursors = Arrays.copyOf(this.cursors, place * 2);
		}
		return place;
	}

	/** Gives up what was under way to an address that cannot be reached. */
	void onUnreachable(Address to) {
		for (int i = 0; i < this.receivers.length; i++) {
			if (to.equals(this.receivers[i])) {
				this.receivers[i] = null;
			}
		}
	}

	/** Sends the next frame of one transfer, and comes back at once for the others. */
	void onTimer(long nowNanos) {
		for (int tried = 0; tried < this.receivers.length; tried++) {
			int transfer = this.next;
			this.next = (this.next + 1) % this.receivers.length;
			Address to = this.receivers[transfer];
			if (to != null) {
				sendFrame(transfer, to);
				this.state.timers.armBy(EngineTimer.SNAPSHOT, nowNanos);
				return;
			}
		}
	}

	private void sendFrame(int transfer, Address to) {
		MembershipTable table = this.state.table;
		PacketEncoder packet = this.packets.beginFrame(this.destinations[transfer]);
		packet.markHearsay();
		packet.snapshot(this.sequences[transfer]);
		int slot = this.cursors[transfer];
		while (slot < table.slots() && packet.length() < FRAME_BYTES_MAX) {
			// The joiner must know what is held of itself, whatever that is.
			boolean wanted = table.isIn(slot) || (table.isUsed(slot) && table.id(slot) == this.destinations[transfer]);
			if (wanted && !this.packets.record(slot, 0)) {
				break;
			}
			slot++;
		}
		this.cursors[transfer] = slot;
		if (slot >= table.slots()) {
			packet.markLast();
			this.receivers[transfer] = null;
		}
		this.packets.sendFrame(to, TrafficClass.BULK);
	}

}
