package io.gossip.protocol.engine;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.MemberState;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.membership.Precedence;
import io.gossip.protocol.probe.FailureDetector;
import io.gossip.protocol.probe.IndirectProbes;
import io.gossip.protocol.wire.MessageHandler;
import io.gossip.protocol.wire.MessageType;
import io.gossip.protocol.wire.PacketDecoder;
import io.gossip.protocol.wire.PacketHeader;
import io.gossip.protocol.wire.RecordCursor;
import io.gossip.protocol.wire.SnapshotShare;
import io.gossip.protocol.wire.WireReader;
import org.jspecify.annotations.Nullable;

/**
 * The way of a packet: checked whole, handed message by message to whom it concerns, and
 * then compared with what is held of its sender.
 */
final class InboundRouter implements MessageHandler {

	private final EngineState state;

	private final EngineParts parts;

	private final PacketDecoder decoder = new PacketDecoder();

	private final InboundPacket packet;

	private final InboundNews news;

	InboundRouter(EngineState state, EngineParts parts) {
		this.state = state;
		this.parts = parts;
		this.packet = new InboundPacket(state, parts.self.member().address());
		this.news = new InboundNews(state, parts, this.packet);
	}

	void onPacket(long now, Address source, boolean overStream, byte[] buffer, int offset, int length) {
		DropReason reason = this.decoder.open(buffer, offset, length);
		PacketHeader header = this.decoder.header();
		if (reason == null) {
			reason = check(header);
		}
		if (reason == null) {
			reason = this.decoder.validate();
		}
		if (reason != null) {
			this.state.drop(reason);
			if (reason == DropReason.WRONG_CLUSTER && overStream && !header.isCorrection()
					&& this.decoder.validate() == null) {
				this.parts.peers.tellOtherCluster(now, source, header.sender());
			}
		}
		else {
			this.packet.begin(now, source, overStream, header);
			if (this.packet.isRival) {
				this.state.drop(DropReason.IDENTITY_CONFLICT);
				if (!overStream && this.state.phase == ClusterPhase.JOINED
						&& this.parts.rival.isHeardAgain(now, header.instance())) {
					this.parts.onConflict(now, source);
				}
			}
			this.parts.repair.onPacket(now);
			this.decoder.dispatch(this);
			this.parts.repair.flush();
			this.parts.peers.flushAnswers(now, source, overStream, header.sender());
			if (!this.packet.isRival && !this.packet.isVoid) {
				compareWithSender(header);
			}
		}
		this.decoder.release();
	}

	private @Nullable DropReason check(PacketHeader header) {
		if (header.clusterId() != this.state.clusterId) {
			return DropReason.WRONG_CLUSTER;
		}
		if (header.destination() != 0 && header.destination() != this.state.selfId) {
			return DropReason.WRONG_DESTINATION;
		}
		if (header.sender() == this.state.selfId && header.instance() == this.state.selfInstance) {
			return DropReason.OWN_PACKET;
		}
		return (this.state.isActive() || this.state.phase == ClusterPhase.LEFT) ? null : DropReason.NOT_READY;
	}

	/** A speaker that is stale is told so; one that is ahead of us is asked. */
	private void compareWithSender(PacketHeader header) {
		int slot = this.state.table.slotOf(header.sender());
		if (slot == MembershipTable.NO_SLOT) {
			if (!this.packet.isJoin) {
				this.parts.peers.askFor(this.packet.nowNanos, this.packet.from, this.packet.isFrame, header.sender(),
						header.sender());
			}
			return;
		}
		if (header.hasViewHash() && !this.packet.isJoin && this.state.phase == ClusterPhase.JOINED) {
			onViewHash(header, slot);
		}
		MembershipTable table = this.state.table;
		if (header.instance() == table.instance(slot)) {
			this.state.heard(this.packet.nowNanos, slot);
			this.parts.zones.onHeard(this.packet.nowNanos, slot);
		}
		MemberState held = table.state(slot);
		int order = Precedence.compareLiveness(header.incarnation(), MemberState.ALIVE, header.instance(),
				table.incarnation(slot), held, table.instance(slot));
		boolean saysGoodbye = held == MemberState.LEFT && header.instance() == table.instance(slot)
				&& header.incarnation() == table.incarnation(slot);
		if (order < 0 && !saysGoodbye && !header.isCorrection() && !this.parts.zones.isDeduced(slot)) {
			this.parts.peers.correct(this.packet.nowNanos, this.packet.from, this.packet.isFrame, slot);
		}
		else if (!this.packet.isJoin && (order > 0 || (order == 0 && table.isOfTwoStarts(slot)))) {
			// A joiner tells of itself when it knows that nobody else has its name.
			this.parts.peers.askFor(this.packet.nowNanos, this.packet.from, this.packet.isFrame, header.sender(),
					header.sender());
		}
	}

	private void onViewHash(PacketHeader header, int slot) {
		long now = this.packet.nowNanos;
		if (this.parts.repair.onViewHash(now, header.sender(), header.viewHash())) {
			// The source of a datagram is no address for streams.
			Address own = this.state.table.member(slot).address();
			if (!this.parts.join.askAgain(now, own)) {
				this.parts.repair.compareWith(now, this.packet.isFrame ? own : this.packet.from, header.sender());
			}
		}
	}

	@Override
	public void onPing(PacketHeader header, int sequence) {
		if (!this.packet.takes(MessageType.PING)) {
			return;
		}
		OutboundPackets packets = this.parts.packets;
		boolean isStranger = this.packet.isRival || isUnknown(header);
		if (isStranger && !this.packet.isFrame) {
			// Its address may be forged: the answer is no longer than the ping.
			packets.begin(header.sender()).ack(sequence);
			packets.send(this.packet.from, TrafficClass.PROBE);
			return;
		}
		this.parts.zones.tell(packets.beginWithHash(header.sender()));
		packets.encoder().ack(sequence);
		if (this.packet.isFrame) {
			packets.sendFrame(this.packet.from, TrafficClass.PROBE);
		}
		else {
			packets.sendProbe(this.packet.nowNanos, this.packet.from, header.sender());
		}
	}

	@Override
	public void onAck(PacketHeader header, int sequence) {
		if (this.packet.isRival) {
			if (this.parts.rival.isAnswer(sequence)) {
				this.parts.onConflict(this.packet.nowNanos, this.packet.from);
			}
			return;
		}
		FailureDetector detector = this.parts.detector;
		if (detector.onAck(this.packet.nowNanos, sequence, header.sender(), this.packet.isFrame)
				|| this.parts.leave.onAck(sequence, header.sender()) || this.parts.peers.onHealingAck(sequence)
				|| this.parts.zones.tests().isAnswer(sequence)) {
			return;
		}
		IndirectProbes errands = this.parts.errands;
		int errand = errands.find(sequence, header.sender());
		if (errand == IndirectProbes.NO_ERRAND) {
			detector.countUnmatched();
			return;
		}
		this.parts.packets.begin(errands.requester(errand))
			.relayedAck(errands.requesterSequence(errand), header.sender());
		this.parts.packets.send(errands.requesterAddress(errand), TrafficClass.PROBE);
		errands.end(errand);
	}

	@Override
	public void onPingRequest(PacketHeader header, int sequence, long target, int budgetMillis) {
		if (this.packet.isRival || !this.packet.takes(MessageType.PING_REQUEST)) {
			return;
		}
		this.parts.peers.helpProbe(this.packet.nowNanos, this.packet.from, header.sender(), sequence, target,
				budgetMillis);
	}

	@Override
	public void onNack(PacketHeader header, int sequence, long target) {
		if (!this.packet.isRival && !this.parts.detector.onNack(sequence, header.sender(), target)) {
			this.parts.detector.countUnmatched();
		}
	}

	@Override
	public void onRelayedAck(PacketHeader header, int sequence, long target) {
		if (!this.packet.isRival
				&& !this.parts.detector.onRelayedAck(this.packet.nowNanos, sequence, header.sender(), target)) {
			this.parts.detector.countUnmatched();
		}
	}

	@Override
	public void onBroadcast(PacketHeader header, long origin, int instance, int sequence, int ageMillis,
			WireReader body) {
		if (!this.packet.isRival && !this.packet.isVoid) {
			this.parts.messages.onBroadcast(this.packet.nowNanos, origin, instance, sequence,
					this.packet.bornNanos(header, ageMillis), body);
		}
	}

	@Override
	public void onDirect(PacketHeader header, WireReader body) {
		if (!this.packet.isRival && !this.packet.isVoid) {
			this.parts.messages.onDirect(header, this.packet.isFrame, body);
		}
	}

	@Override
	public void onLiveness(PacketHeader header, long subject, MemberState claimed, int incarnation, int instance,
			int ageMillis, long accuser) {
		this.news.onNews(header, subject, claimed, incarnation, instance, ageMillis, accuser, false);
	}

	@Override
	public void onRefusal(PacketHeader header, long subject, int incarnation, int instance, int ageMillis,
			long accuser) {
		this.news.onNews(header, subject, MemberState.SUSPECT, incarnation, instance, ageMillis, accuser, true);
	}

	@Override
	public void onPause(PacketHeader header, long subject, int incarnation, int instance, int number, int leftMillis) {
		if (!this.packet.isRival && !this.packet.isVoid) {
			this.parts.pauses.onAnnounced(this.packet.nowNanos, header.sender() == subject, subject, incarnation,
					instance, number, leftMillis);
		}
	}

	@Override
	public void onRecord(PacketHeader header, RecordCursor record) {
		this.news.onRecord(header, record);
	}

	@Override
	public void onRecordRequest(PacketHeader header, long subject) {
		int slot = this.state.table.slotOf(subject);
		boolean isInDoubt = slot == SelfRecord.SLOT && this.parts.rival.isChecking()
				&& this.state.phase == ClusterPhase.JOINING;
		if (this.packet.isRival || isInDoubt || slot == MembershipTable.NO_SLOT) {
			return;
		}
		if (isUnknown(header) && !this.packet.isFrame && slot != SelfRecord.SLOT) {
			// Its address may be forged, and records are longer than the question.
			this.state.drop(DropReason.UNKNOWN_MEMBER);
			return;
		}
		this.parts.peers.answerRequest(slot);
	}

	@Override
	public void onWitnessRequest(PacketHeader header, long subject) {
		int slot = this.state.table.slotOf(subject);
		if (this.packet.isRival || this.packet.isFrame || !this.packet.takes(MessageType.WITNESS_REQUEST)) {
			return;
		}
		if (slot != MembershipTable.NO_SLOT) {
			this.parts.peers.testify(this.packet.nowNanos, this.packet.from, header.sender(), slot);
		}
	}

	@Override
	public void onWitness(PacketHeader header, long subject, int heardAgoMillis) {
		int slot = this.state.table.slotOf(subject);
		if (!this.packet.isRival && slot != MembershipTable.NO_SLOT) {
			this.parts.records.onWitness(this.packet.nowNanos, slot, heardAgoMillis * 1_000_000L);
		}
	}

	@Override
	public void onZoneCut(PacketHeader header, long zoneHash) {
		if (!this.packet.isRival) {
			this.parts.zones.onClaim(this.packet.nowNanos, zoneHash);
		}
	}

	@Override
	public void onNotice(PacketHeader header, long subject, int contentInstance, int contentVersion) {
		if (this.packet.isRival || subject == this.state.selfId) {
			return;
		}
		int slot = this.state.table.slotOf(subject);
		if (slot == MembershipTable.NO_SLOT || Precedence.compareContent(contentVersion, contentInstance,
				this.state.table.member(slot).contentVersion(), this.state.table.member(slot).instance()) > 0) {
			this.parts.peers.askFor(this.packet.nowNanos, this.packet.from, this.packet.isFrame, header.sender(),
					subject);
		}
	}

	@Override
	public void onCorrection(PacketHeader header, MemberState claimed, int incarnation, int instance,
			int contentVersion) {
		if (!this.packet.isRival) {
			this.news.onClaimAboutSelf(header, claimed, incarnation, instance, contentVersion, null);
		}
	}

	@Override
	public void onJoin(PacketHeader header, int sequence, boolean isReferred, int members, SnapshotShare share) {
		if (!this.packet.isFrame || this.state.phase == ClusterPhase.LEFT) {
			// A snapshot is long, and the source of a datagram can be forged.
			this.state.drop(this.packet.isFrame ? DropReason.NOT_READY : DropReason.MALFORMED);
			this.packet.isVoid = true;
			return;
		}
		if (!this.packet.takes(MessageType.JOIN)) {
			return;
		}
		this.packet.isJoin = true;
		this.parts.snapshots.ask(this.packet.nowNanos, new JoinQuestion(this.packet.from, header.sender(),
				header.instance(), sequence, isReferred, members, header.viewHash(), share));
	}

	@Override
	public void onSnapshot(PacketHeader header, int sequence, boolean last, SnapshotShare share) {
		if (this.packet.isRival) {
			// The seed that answers has our identity: nothing proves better that it
			// lives.
			if (this.parts.join.isAnswer(sequence)) {
				this.parts.onConflict(this.packet.nowNanos, this.packet.from);
			}
			return;
		}
		if (!this.parts.join.isAnswer(sequence)) {
			this.packet.isVoid = true;
			this.parts.detector.countUnmatched();
		}
		else {
			this.packet.isSnapshot = true;
			this.parts.join.onSnapshot(this.packet.nowNanos, share, last);
		}
	}

	@Override
	public void onBusy(PacketHeader header, int sequence) {
		this.packet.isReferral = !this.packet.isRival && this.parts.join.isAnswer(sequence);
		if (this.packet.isReferral) {
			this.parts.join.onBusy(this.packet.nowNanos, this.packet.from);
		}
		else {
			this.packet.isVoid = true;
			this.parts.detector.countUnmatched();
		}
	}

	@Override
	public void onDigest(PacketHeader header, int level, int prefix, WireReader hashes) {
		if (isComparable(header)) {
			this.parts.repair.open(this.packet.from, header.sender()).onDigest(level, prefix, hashes);
		}
	}

	@Override
	public void onLeaves(PacketHeader header, int prefix, int leaves, boolean takes, WireReader hashes) {
		if (isComparable(header) && this.parts.repair.mayWalk()) {
			this.parts.repair.open(this.packet.from, header.sender()).onLeaves(prefix, leaves, takes, hashes);
		}
	}

	@Override
	public void onVersions(PacketHeader header, long subject, MemberState claimed, int incarnation, int instance,
			int contentVersion, int contentInstance) {
		if (isComparable(header) && subject != this.state.selfId) {
			this.parts.repair.open(this.packet.from, header.sender())
				.onVersions(subject, claimed, incarnation, instance, contentVersion, contentInstance);
		}
	}

	@Override
	public void onHashRequest(PacketHeader header, int hash) {
		if (isComparable(header) && !this.parts.repair.open(this.packet.from, header.sender()).onHashRequest(hash)) {
			this.state.drop(DropReason.REPAIR_LIMIT);
		}
	}

	/**
	 * Whether tables are compared with the sender: a member, for an answer is longer than
	 * its question.
	 */
	private boolean isComparable(PacketHeader header) {
		return !this.packet.isRival && !this.packet.isFrame && !isUnknown(header);
	}

	private boolean isUnknown(PacketHeader header) {
		return this.state.table.slotOf(header.sender()) == MembershipTable.NO_SLOT;
	}

}
