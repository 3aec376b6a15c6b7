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
import io.gossip.protocol.wire.PacketDecoder;
import io.gossip.protocol.wire.PacketHeader;
import io.gossip.protocol.wire.RecordCursor;
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

	private long nowNanos;

	private Address from;

	private boolean isFrame;

	/** How long the packet was under way, negative as long as nobody asked. */
	private long transitNanos;

	/** Whether the packet is a joiner's question. */
	private boolean isJoin;

	/** Whether the packet names members to ask instead of its sender. */
	private boolean isReferral;

	/** Whether the rest of the packet is not to be believed. */
	private boolean isVoid;

	/** Whether the leaf under way lists all its members. */
	private boolean leafComplete;

	/** Whether the packet is from another start with this node's identity. */
	private boolean isRival;

	InboundRouter(EngineState state, EngineParts parts) {
		this.state = state;
		this.parts = parts;
		this.from = parts.self.member().address();
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
		}
		else {
			this.nowNanos = now;
			this.from = source;
			this.isFrame = overStream;
			this.transitNanos = -1;
			this.isJoin = false;
			this.isReferral = false;
			this.isVoid = false;
			this.isRival = header.sender() == this.state.selfId;
			if (this.isRival) {
				this.state.drop(DropReason.IDENTITY_CONFLICT);
			}
			this.parts.repair.onPacket(now);
			this.decoder.dispatch(this);
			this.parts.repair.flush();
			this.parts.peers.flushAnswers(now, source, overStream, header.sender());
			if (!this.isRival && !this.isVoid) {
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
			if (!this.isJoin) {
				this.parts.peers.askFor(this.nowNanos, this.from, this.isFrame, header.sender(), header.sender());
			}
			return;
		}
		if (header.hasViewHash() && !this.isJoin && this.state.phase == ClusterPhase.JOINED) {
			this.parts.repair.onViewHash(this.nowNanos,
					this.isFrame ? this.state.table.member(slot).address() : this.from, header.sender(),
					header.viewHash());
		}
		MembershipTable table = this.state.table;
		if (header.instance() == table.instance(slot)) {
			this.state.heard(this.nowNanos, slot);
			this.parts.zones.onHeard(this.nowNanos, slot);
		}
		MemberState held = table.state(slot);
		int order = Precedence.compareLiveness(header.incarnation(), MemberState.ALIVE, header.instance(),
				table.incarnation(slot), held, table.instance(slot));
		boolean saysGoodbye = held == MemberState.LEFT && header.instance() == table.instance(slot)
				&& header.incarnation() == table.incarnation(slot);
		if (order < 0 && !saysGoodbye && !header.isCorrection() && !this.parts.zones.isDeduced(slot)) {
			this.parts.peers.correct(this.nowNanos, this.from, this.isFrame, slot);
		}
		else if (order > 0 || (order == 0 && header.instance() != table.member(slot).instance())) {
			this.parts.peers.askFor(this.nowNanos, this.from, this.isFrame, header.sender(), header.sender());
		}
	}

	@Override
	public void onPing(PacketHeader header, int sequence) {
		OutboundPackets packets = this.parts.packets;
		this.parts.zones.tell(packets.beginWithHash(header.sender()));
		packets.encoder().ack(sequence);
		if (this.isFrame) {
			packets.sendFrame(this.from, TrafficClass.PROBE);
		}
		else if (this.isRival) {
			packets.send(this.from, TrafficClass.PROBE);
		}
		else {
			packets.sendWithRumors(this.nowNanos, this.from, header.sender(), TrafficClass.PROBE);
		}
	}

	@Override
	public void onAck(PacketHeader header, int sequence) {
		if (this.isRival) {
			if (this.parts.rival.isAnswer(sequence)) {
				this.parts.onConflict(this.nowNanos, this.from);
			}
			return;
		}
		FailureDetector detector = this.parts.detector;
		if (detector.onAck(this.nowNanos, sequence, header.sender(), this.isFrame)
				|| this.parts.leave.onAck(sequence, header.sender()) || this.parts.peers.onHealingAck(sequence)
				|| this.parts.zones.isAnswer(sequence)) {
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
		if (this.isRival) {
			return;
		}
		this.parts.peers.helpProbe(this.nowNanos, this.from, header.sender(), sequence, target, budgetMillis);
	}

	@Override
	public void onNack(PacketHeader header, int sequence, long target) {
		if (!this.isRival && !this.parts.detector.onNack(sequence, header.sender(), target)) {
			this.parts.detector.countUnmatched();
		}
	}

	@Override
	public void onRelayedAck(PacketHeader header, int sequence, long target) {
		if (!this.isRival && !this.parts.detector.onRelayedAck(this.nowNanos, sequence, header.sender(), target)) {
			this.parts.detector.countUnmatched();
		}
	}

	@Override
	public void onBroadcast(PacketHeader header, long origin, int instance, int sequence, int ageMillis,
			WireReader body) {
		if (!this.isRival && !this.isVoid) {
			this.parts.messages.onBroadcast(this.nowNanos, origin, instance, sequence, bornNanos(header, ageMillis),
					body);
		}
	}

	@Override
	public void onDirect(PacketHeader header, WireReader body) {
		if (!this.isRival && !this.isVoid) {
			this.parts.messages.onDirect(header, this.isFrame, body);
		}
	}

	@Override
	public void onLiveness(PacketHeader header, long subject, MemberState claimed, int incarnation, int instance,
			int ageMillis, long accuser) {
		onNews(header, subject, claimed, incarnation, instance, ageMillis, accuser, false);
	}

	@Override
	public void onRefusal(PacketHeader header, long subject, int incarnation, int instance, int ageMillis,
			long accuser) {
		onNews(header, subject, MemberState.SUSPECT, incarnation, instance, ageMillis, accuser, true);
	}

	private void onNews(PacketHeader header, long subject, MemberState claimed, int incarnation, int instance,
			int ageMillis, long accuser, boolean refused) {
		if (this.isRival || this.isVoid) {
			return;
		}
		if (subject == this.state.selfId) {
			onClaimAboutSelf(header, claimed, incarnation, instance, 0, null);
			return;
		}
		int slot = this.state.table.slotOf(subject);
		if (slot == MembershipTable.NO_SLOT) {
			if (claimed.isIn()) {
				this.parts.peers.askFor(this.nowNanos, this.from, this.isFrame, header.sender(), subject);
			}
			return;
		}
		if (MemberRecords.isImplausible(incarnation)) {
			this.state.drop(DropReason.IMPLAUSIBLE);
			return;
		}
		if (isHearsayOfDeath(header, slot, claimed, incarnation, instance)) {
			return;
		}
		long bornNanos = bornNanos(header, ageMillis);
		MemberRecords records = this.parts.records;
		// A comparison tells of a suspicion that was news to everybody once.
		boolean isNews = !(header.isHearsay() && claimed == MemberState.SUSPECT);
		int order = refused ? records.mergeRefusal(this.nowNanos, slot, incarnation, instance, accuser, bornNanos)
				: records.mergeLiveness(this.nowNanos, slot, claimed, incarnation, instance, accuser, bornNanos,
						isNews);
		this.state.countRumor(this.nowNanos, header, order > 0, bornNanos);
		if (order < 0) {
			this.parts.peers.tryBuried(this.nowNanos, slot, claimed, incarnation);
		}
	}

	/**
	 * Handles what a comparison says of a death: it is not believed of a member that is
	 * in; its subject is told, and answers if it lives.
	 */
	private boolean isHearsayOfDeath(PacketHeader header, int slot, MemberState claimed, int incarnation,
			int instance) {
		if (!header.isHearsay() || claimed != MemberState.DEAD || !this.state.table.isIn(slot)) {
			return false;
		}
		if (Precedence.compareLiveness(incarnation, claimed, instance, this.state.table.incarnation(slot),
				this.state.table.state(slot), this.state.table.instance(slot)) > 0) {
			this.parts.peers.tellOfDeath(this.nowNanos, slot, incarnation, instance, header.sender());
			if (this.state.table.state(slot) == MemberState.SUSPECT) {
				this.parts.records.onHearsayOfDeath(this.nowNanos, slot, header.sender());
			}
			else {
				// Unless it refutes or answers, it is suspected like any other.
				this.parts.detector.probe(this.nowNanos, slot);
			}
		}
		return true;
	}

	@Override
	public void onRecord(PacketHeader header, RecordCursor record) {
		if (this.isRival || this.isVoid) {
			return;
		}
		if (record.subject() == this.state.selfId) {
			Address claimedAddress = record.decodeMember().address();
			if (record.instance() == this.state.selfInstance) {
				this.parts.self.outdoContent(this.nowNanos, record.contentVersion(), record.contentInstance());
			}
			onClaimAboutSelf(header, record.state(), record.incarnation(), record.instance(), record.contentVersion(),
					claimedAddress);
			return;
		}
		if (MemberRecords.isImplausible(record.incarnation()) || MemberRecords.isImplausible(record.contentVersion())) {
			this.state.drop(DropReason.IMPLAUSIBLE);
			return;
		}
		int slot = this.state.table.slotOf(record.subject());
		if (slot != MembershipTable.NO_SLOT) {
			boolean isJoinOfKnown = this.isJoin && record.subject() == header.sender() && this.state.table.isIn(slot)
					&& this.state.table.instance(slot) != record.instance();
			// A joiner that may have a living rival is told of it, before it is believed.
			if (isJoinOfKnown
					|| isHearsayOfDeath(header, slot, record.state(), record.incarnation(), record.instance())) {
				return;
			}
		}
		long bornNanos = bornNanos(header, record.ageMillis());
		boolean changed = this.parts.records.mergeRecord(this.nowNanos, record, bornNanos, !header.isHearsay());
		this.state.countRumor(this.nowNanos, header, changed, bornNanos);
		if (this.isReferral) {
			this.parts.join.onReferral(record.subject());
		}
		if (!changed && slot != MembershipTable.NO_SLOT) {
			this.parts.peers.tryBuried(this.nowNanos, slot, record.state(), record.incarnation());
			boolean staleContent = record.subject() == header.sender()
					&& Precedence.compareContent(record.contentVersion(), record.contentInstance(),
							this.state.table.member(slot).contentVersion(),
							this.state.table.member(slot).instance()) < 0;
			if (staleContent && !header.isCorrection() && !this.isJoin) {
				this.parts.peers.correct(this.nowNanos, this.from, this.isFrame, slot);
			}
		}
	}

	private void onClaimAboutSelf(PacketHeader header, MemberState claimed, int incarnation, int instance,
			int contentVersion, @Nullable Address claimedAddress) {
		SelfRecord self = this.parts.self;
		if (!self.onClaim(this.nowNanos, claimed, incarnation, instance, contentVersion)) {
			return;
		}
		if (claimedAddress == null) {
			// Only the whole record tells where the other start is.
			this.parts.peers.askFor(this.nowNanos, this.from, this.isFrame, header.sender(), this.state.selfId);
		}
		else if (claimedAddress.equals(self.member().address())) {
			// Its address is ours now, so it is an earlier start and gone.
			self.takeOver(this.nowNanos, incarnation, contentVersion);
		}
		else {
			this.parts.rival.check(this.nowNanos, claimedAddress, incarnation, contentVersion);
		}
	}

	@Override
	public void onRecordRequest(PacketHeader header, long subject) {
		int slot = this.state.table.slotOf(subject);
		if (this.isRival || slot == MembershipTable.NO_SLOT) {
			return;
		}
		this.parts.peers.answerRequest(slot);
	}

	@Override
	public void onWitnessRequest(PacketHeader header, long subject) {
		int slot = this.state.table.slotOf(subject);
		if (!this.isRival && !this.isFrame && slot != MembershipTable.NO_SLOT) {
			this.parts.peers.testify(this.nowNanos, this.from, header.sender(), slot);
		}
	}

	@Override
	public void onWitness(PacketHeader header, long subject, int heardAgoMillis) {
		int slot = this.state.table.slotOf(subject);
		if (!this.isRival && slot != MembershipTable.NO_SLOT) {
			this.parts.records.onWitness(this.nowNanos, slot, heardAgoMillis * 1_000_000L);
		}
	}

	@Override
	public void onZoneCut(PacketHeader header, long zoneHash) {
		if (!this.isRival) {
			this.parts.zones.onClaim(this.nowNanos, zoneHash);
		}
	}

	@Override
	public void onNotice(PacketHeader header, long subject, int contentInstance, int contentVersion) {
		if (this.isRival || subject == this.state.selfId) {
			return;
		}
		int slot = this.state.table.slotOf(subject);
		if (slot == MembershipTable.NO_SLOT || Precedence.compareContent(contentVersion, contentInstance,
				this.state.table.member(slot).contentVersion(), this.state.table.member(slot).instance()) > 0) {
			this.parts.peers.askFor(this.nowNanos, this.from, this.isFrame, header.sender(), subject);
		}
	}

	@Override
	public void onCorrection(PacketHeader header, MemberState claimed, int incarnation, int instance,
			int contentVersion) {
		if (!this.isRival) {
			onClaimAboutSelf(header, claimed, incarnation, instance, contentVersion, null);
		}
	}

	@Override
	public void onJoin(PacketHeader header, int sequence, boolean isReferred, int members) {
		if (!this.isFrame || this.state.phase == ClusterPhase.LEFT) {
			// A snapshot is long, and the source of a datagram can be forged.
			this.state.drop(this.isFrame ? DropReason.NOT_READY : DropReason.MALFORMED);
			this.isVoid = true;
			return;
		}
		this.isJoin = true;
		this.parts.snapshots.ask(this.nowNanos,
				new JoinQuestion(this.from, header.sender(), sequence, isReferred, members, header.viewHash()));
	}

	@Override
	public void onSnapshot(PacketHeader header, int sequence, boolean last) {
		if (this.isRival) {
			// The seed that answers has our identity: nothing proves better that it
			// lives.
			if (this.parts.join.isAnswer(sequence)) {
				this.parts.onConflict(this.nowNanos, this.from);
			}
			return;
		}
		if (!this.parts.join.isAnswer(sequence)) {
			this.isVoid = true;
			this.parts.detector.countUnmatched();
		}
		else if (last) {
			this.parts.join.onAnswered();
		}
		else {
			this.parts.join.onProgress(this.nowNanos);
		}
	}

	@Override
	public void onBusy(PacketHeader header, int sequence) {
		this.isReferral = !this.isRival && this.parts.join.isAnswer(sequence);
		if (this.isReferral) {
			this.parts.join.onBusy(this.nowNanos);
		}
		else {
			this.isVoid = true;
			this.parts.detector.countUnmatched();
		}
	}

	@Override
	public void onDigest(PacketHeader header, int level, int prefix, WireReader hashes) {
		if (isComparable(header)) {
			this.parts.repair.open(this.from, header.sender()).onDigest(level, prefix, hashes);
		}
	}

	@Override
	public void onLeaf(PacketHeader header, int leaf, boolean complete, boolean gives, boolean takes) {
		if (isComparable(header)) {
			// To find what the sender lacks takes a walk over the table.
			this.leafComplete = complete && this.parts.repair.takePacket();
			this.parts.repair.open(this.from, header.sender()).onLeaf(gives, takes);
		}
	}

	@Override
	public void onLeafEntry(PacketHeader header, long subject, MemberState claimed, int incarnation, int instance,
			int contentVersion, int contentInstance) {
		if (isComparable(header) && subject != this.state.selfId) {
			this.parts.repair.antiEntropy()
				.onLeafEntry(subject, claimed, incarnation, instance, contentVersion, contentInstance);
		}
	}

	@Override
	public void onLeafEnd(PacketHeader header, int leaf) {
		if (isComparable(header)) {
			this.parts.repair.antiEntropy().onLeafEnd(leaf, this.leafComplete);
		}
	}

	/**
	 * Whether tables are compared with the sender: a member, for an answer is longer than
	 * its question.
	 */
	private boolean isComparable(PacketHeader header) {
		return !this.isRival && !this.isFrame && this.state.table.slotOf(header.sender()) != MembershipTable.NO_SLOT;
	}

	/** When news was made: its age, and half a round trip for the way here. */
	private long bornNanos(PacketHeader header, int ageMillis) {
		if (this.transitNanos < 0) {
			int slot = this.state.table.slotOf(header.sender());
			this.transitNanos = (slot == MembershipTable.NO_SLOT) ? 0
					: this.state.roundTrips.usualNanos(this.state.table.zone(slot), 0) / 2;
		}
		return this.nowNanos - ageMillis * 1_000_000L - this.transitNanos;
	}

}
