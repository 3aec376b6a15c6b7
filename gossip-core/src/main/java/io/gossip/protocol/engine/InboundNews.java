package io.gossip.protocol.engine;

import io.gossip.Address;
import io.gossip.MemberState;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.membership.Precedence;
import io.gossip.protocol.wire.PacketHeader;
import io.gossip.protocol.wire.RecordCursor;
import org.jspecify.annotations.Nullable;

/**
 * What packets say of members: merged where it concerns others, answered where it
 * concerns this node, and doubted where it is hearsay.
 */
final class InboundNews {

	private final EngineState state;

	private final EngineParts parts;

	private final InboundPacket packet;

	InboundNews(EngineState state, EngineParts parts, InboundPacket packet) {
		this.state = state;
		this.parts = parts;
		this.packet = packet;
	}

	/** Takes what is said of the state of a member. */
	void onNews(PacketHeader header, long subject, MemberState claimed, int incarnation, int instance, int ageMillis,
			long accuser, boolean refused) {
		if (this.packet.isRival || this.packet.isVoid) {
			return;
		}
		if (subject == this.state.selfId) {
			onClaimAboutSelf(header, claimed, incarnation, instance, 0, null);
			return;
		}
		int slot = this.state.table.slotOf(subject);
		if (slot == MembershipTable.NO_SLOT) {
			// Who is suspected may be made up; its refutation brings it, if it is not.
			if (claimed == MemberState.ALIVE) {
				this.parts.peers.askFor(this.packet.nowNanos, this.packet.from, this.packet.isFrame, header.sender(),
						subject);
			}
			else if (claimed == MemberState.DEAD) {
				this.parts.records.onDeathOfUnknown(subject, instance, incarnation);
			}
			return;
		}
		if (isTooHigh(header, subject, incarnation, this.state.table.incarnation(slot))) {
			this.state.drop(DropReason.IMPLAUSIBLE);
			return;
		}
		if (isDoubted(header, slot, claimed, incarnation, instance, accuser)) {
			return;
		}
		long bornNanos = this.packet.bornNanos(header, ageMillis);
		MemberRecords records = this.parts.records;
		// A comparison tells of a suspicion that was news to everybody once.
		boolean isNews = !(header.isHearsay() && claimed == MemberState.SUSPECT);
		int order = refused
				? records.mergeRefusal(this.packet.nowNanos, slot, incarnation, instance, accuser, bornNanos)
				: records.mergeLiveness(this.packet.nowNanos, slot, claimed, incarnation, instance, accuser, bornNanos,
						isNews);
		this.state.countRumor(this.packet.nowNanos, header, order > 0, bornNanos);
		if (order < 0) {
			this.parts.peers.tryBuried(this.packet.nowNanos, slot, claimed, incarnation);
		}
	}

	/**
	 * Handles a death that is not believed of a member that is in: what a comparison
	 * says, and news that comes before the member could have refuted it. Its subject is
	 * told, and answers if it lives.
	 */
	private boolean isDoubted(PacketHeader header, int slot, MemberState claimed, int incarnation, int instance,
			long accuser) {
		if (claimed != MemberState.DEAD || !this.state.table.isIn(slot)
				|| (!header.isHearsay() && this.parts.records.isDeathDue(this.packet.nowNanos, slot))) {
			return false;
		}
		if (Precedence.compareLiveness(incarnation, claimed, instance, this.state.table.incarnation(slot),
				this.state.table.state(slot), this.state.table.instance(slot)) > 0) {
			if (header.isHearsay() && this.parts.zones.defers(slot, claimed)) {
				// Nobody can ask the member: whoever believes it is told what is held
				// here, at the incarnation of which it speaks.
				if (incarnation > this.state.table.incarnation(slot)) {
					this.parts.zones.hold(this.packet.nowNanos, slot, incarnation, instance);
				}
				tellHeld(header, slot);
				return true;
			}
			this.parts.peers.tellOfDeath(this.packet.nowNanos, slot, incarnation, instance, header.sender());
			if (!header.isHearsay()) {
				this.parts.records.onEarlyDeath(this.packet.nowNanos, slot, incarnation, instance, accuser,
						header.sender());
			}
			else if (this.state.table.state(slot) == MemberState.SUSPECT) {
				this.parts.records.onHearsayOfDeath(this.packet.nowNanos, slot, header.sender());
			}
			else {
				// Unless it refutes or answers, it is suspected like any other.
				this.parts.detector.probe(this.packet.nowNanos, slot);
			}
		}
		return true;
	}

	/** Whether a version is further ahead than anybody but its owner may claim. */
	private static boolean isTooHigh(PacketHeader header, long subject, int version, int held) {
		return (header.sender() == subject) ? Plausibility.isTooHigh(version) : Plausibility.isTooHigh(version, held);
	}

	/** Takes a whole record. */
	void onRecord(PacketHeader header, RecordCursor record) {
		if (this.packet.isRival || this.packet.isVoid) {
			return;
		}
		if (record.subject() == this.state.selfId) {
			Address claimedAddress = record.decodeMember().address();
			if (record.instance() == this.state.selfInstance) {
				this.parts.self.outdoContent(this.packet.nowNanos, record.contentVersion(), record.contentInstance());
			}
			onClaimAboutSelf(header, record.state(), record.incarnation(), record.instance(), record.contentVersion(),
					claimedAddress);
			return;
		}
		int slot = this.state.table.slotOf(record.subject());
		boolean isKnown = slot != MembershipTable.NO_SLOT;
		if (isTooHigh(header, record.subject(), record.incarnation(), isKnown ? this.state.table.incarnation(slot) : 0)
				|| isTooHigh(header, record.subject(), record.contentVersion(),
						isKnown ? this.state.table.member(slot).contentVersion() : 0)) {
			this.state.drop(DropReason.IMPLAUSIBLE);
			return;
		}
		if (!isKnown && header.sender() != record.subject() && this.parts.records.isForgotten(record)) {
			// Only the member itself can say that it lives after all.
			return;
		}
		if (isKnown) {
			boolean isJoinOfKnown = this.packet.isJoin && record.subject() == header.sender()
					&& this.state.table.isIn(slot) && this.state.table.instance(slot) != record.instance();
			// A joiner that may have a living rival is told of it, before it is believed.
			if (isJoinOfKnown || isDoubted(header, slot, record.state(), record.incarnation(), record.instance(),
					record.accuser())) {
				return;
			}
		}
		long bornNanos = this.packet.bornNanos(header, record.ageMillis());
		boolean changed = this.parts.records.mergeRecord(this.packet.nowNanos, record, bornNanos,
				isWorthTelling(header));
		this.state.countRumor(this.packet.nowNanos, header, changed, bornNanos);
		if (changed && !isKnown && header.isHearsay() && !this.packet.isSnapshot && !this.packet.isReferral) {
			this.parts.join.onStranger(this.packet.nowNanos);
		}
		if (this.packet.isReferral) {
			this.parts.join.onReferral(record.subject());
		}
		if (!changed && isKnown) {
			this.parts.peers.tryBuried(this.packet.nowNanos, slot, record.state(), record.incarnation());
			if (header.isHearsay() && record.state().isIn() && !this.state.table.isIn(slot)) {
				tellHeld(header, slot);
			}
			boolean staleContent = record.subject() == header.sender()
					&& Precedence.compareContent(record.contentVersion(), record.contentInstance(),
							this.state.table.member(slot).contentVersion(),
							this.state.table.member(slot).instance()) < 0;
			if (staleContent && !header.isCorrection() && !this.packet.isJoin) {
				this.parts.peers.correct(this.packet.nowNanos, this.packet.from, this.packet.isFrame, slot);
			}
		}
	}

	/** Tells the sender of hearsay what is held of a member, unless that is itself. */
	private void tellHeld(PacketHeader header, int slot) {
		int teller = this.state.table.slotOf(header.sender());
		if (teller == MembershipTable.NO_SLOT || teller == slot || this.packet.isSnapshot || this.packet.isReferral) {
			return;
		}
		// The source of a stream is no address for datagrams.
		this.parts.repair.open(this.packet.isFrame ? this.state.table.member(teller).address() : this.packet.from,
				header.sender());
		this.parts.repair.sendLiveness(slot);
	}

	/**
	 * Whether others are told what is new here. What a comparison has found is likely to
	 * be missed by more, unless there is so much of it that they find it as well.
	 */
	private boolean isWorthTelling(PacketHeader header) {
		return !header.isHearsay() || (!this.packet.isSnapshot && !this.packet.isReferral && !this.state.isCrowded());
	}

	/** Takes what is said of this node itself. */
	void onClaimAboutSelf(PacketHeader header, MemberState claimed, int incarnation, int instance, int contentVersion,
			@Nullable Address claimedAddress) {
		SelfRecord self = this.parts.self;
		if (!self.onClaim(this.packet.nowNanos, claimed, incarnation, instance, contentVersion)) {
			return;
		}
		boolean isAhead = self.isAheadOf(incarnation, contentVersion);
		if (isAhead && this.parts.rival.isGone(instance)) {
			return;
		}
		if (claimedAddress == null) {
			// Only the whole record tells where the other start is.
			this.parts.peers.askFor(this.packet.nowNanos, this.packet.from, this.packet.isFrame, header.sender(),
					this.state.selfId);
		}
		else if (claimedAddress.equals(self.member().address())) {
			// Its address is ours now, so it is an earlier start and gone.
			if (!isAhead) {
				self.takeOver(this.packet.nowNanos, incarnation, contentVersion);
			}
		}
		else {
			this.parts.rival.check(this.packet.nowNanos, claimedAddress, instance, incarnation, contentVersion);
		}
	}

}
