package io.gossip.simulator;

import io.gossip.ClusterPhase;
import io.gossip.MemberState;
import io.gossip.protocol.wire.MessageHandler;
import io.gossip.protocol.wire.PacketDecoder;
import io.gossip.protocol.wire.PacketHeader;
import io.gossip.protocol.wire.RecordCursor;
import io.gossip.protocol.wire.SnapshotShare;
import io.gossip.protocol.wire.WireLimits;

import org.jspecify.annotations.Nullable;

/**
 * The rule that a node which hears that it is suspected, dead or gone rises above that
 * within the same step. What it hears is read from the packet itself, not learned from
 * the engine that is under test.
 */
final class AccusationsAreAnswered implements Invariant {

	private static final long NOT_ACCUSED = -1;

	private final PacketDecoder decoder = new PacketDecoder();

	private final Reader reader = new Reader();

	@Override
	public void onReceive(Simulation simulation, SimulatedNode receiver, byte[] buffer, int length) {
		this.reader.accused = NOT_ACCUSED;
		if (!Watched.includes(simulation, receiver) || !isMember(receiver)) {
			return;
		}
		PacketHeader header = this.decoder.header();
		this.reader.self = receiver.id().value();
		if (this.decoder.open(buffer, 0, length) == null
				&& (header.destination() == 0 || header.destination() == this.reader.self)
				&& header.sender() != this.reader.self && this.decoder.validate() == null) {
			this.reader.instance = receiver.engine().self().instance();
			this.decoder.dispatch(this.reader);
		}
		this.decoder.release();
	}

	@Override
	public @Nullable String afterStep(Simulation simulation, SimulatedNode node) {
		long accused = this.reader.accused;
		this.reader.accused = NOT_ACCUSED;
		if (accused == NOT_ACCUSED || !isMember(node) || node.incarnationOf(node) > accused) {
			return null;
		}
		return node.name() + " was accused at incarnation " + accused + " and did not answer: its own is "
				+ node.incarnationOf(node);
	}

	private static boolean isMember(SimulatedNode node) {
		return node.phase() == ClusterPhase.JOINING || node.phase() == ClusterPhase.JOINED;
	}

	/** Looks for the highest incarnation at which a packet accuses its receiver. */
	private static final class Reader implements MessageHandler {

		private long self;

		private int instance;

		private long accused;

		@Override
		public void onLiveness(PacketHeader header, long subject, MemberState state, int incarnation,
				int claimedInstance, int ageMillis, long accuser) {
			claim(subject, state, incarnation, claimedInstance);
		}

		@Override
		public void onRecord(PacketHeader header, RecordCursor record) {
			claim(record.subject(), record.state(), record.incarnation(), record.instance());
		}

		@Override
		public void onCorrection(PacketHeader header, MemberState state, int incarnation, int claimedInstance,
				int contentVersion) {
			claim(this.self, state, incarnation, claimedInstance);
		}

		/** Records in a snapshot count only for who has asked for it. */
		@Override
		public void onSnapshot(PacketHeader header, int sequence, boolean last, SnapshotShare share) {
			this.self = 0;
		}

		private void claim(long subject, MemberState state, int incarnation, int claimedInstance) {
			if (subject == this.self && state != MemberState.ALIVE && claimedInstance == this.instance
					&& incarnation < WireLimits.VERSION_MAX - 1) {
				this.accused = Math.max(this.accused, incarnation);
			}
		}

	}

}
