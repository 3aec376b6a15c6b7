package io.gossip.protocol.engine;

import java.util.SortedMap;

import io.gossip.ClusterPhase;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.NodeId;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.membership.LocalIncarnation;
import io.gossip.protocol.rumor.RumorKind;
import io.gossip.protocol.rumor.RumorPriority;
import io.gossip.protocol.wire.WireLimits;

/**
 * This node's own record, which nobody else may raise: it refutes what is said against
 * it, and takes over from an earlier start of itself.
 */
class SelfRecord {

	/** The slot of this node in its own table: it is the first to be added. */
	static final int SLOT = 0;

	/** After so many refutations others may hold another address of this node. */
	private static final int REFUTATIONS_MAX = 8;

	private static final long RENEWAL_NANOS = 30_000_000_000L;

	private final EngineState state;

	private final LocalIncarnation versions = new LocalIncarnation();

	private Member member;

	/** How often this node has refuted since its content was new. */
	private int refutations;

	private long lastRefutedNanos;

	private long nextRenewalNanos;

	SelfRecord(EngineSetup setup, EngineState state) {
		this.state = state;
		this.member = new Member(setup.id(), setup.instance(), setup.name(), setup.address(),
				setup.config().node().zone(), setup.config().node().metadata(), this.versions.contentVersion(),
				WireLimits.PROTOCOL_VERSION_MIN, WireLimits.PROTOCOL_VERSION);
	}

	Member member() {
		return this.member;
	}

	NodeId id() {
		return this.member.id();
	}

	int incarnation() {
		return this.versions.incarnation();
	}

	/** Begins above an earlier start, before this node is in its own table. */
	void resumeFrom(int incarnation, int contentVersion) {
		if (!isPlausible(incarnation) || !isPlausible(contentVersion)) {
			throw new IllegalArgumentException("incarnation " + incarnation + " and content version " + contentVersion
					+ " must be from 0 to " + (WireLimits.VERSION_MAX - 2));
		}
		this.versions.raiseAbove(incarnation);
		this.versions.raiseContentAbove(contentVersion);
		this.member = withContent(this.member.metadata());
	}

	private static boolean isPlausible(int version) {
		return version >= 0 && version < WireLimits.VERSION_MAX - 1;
	}

	/** Puts this node into its own table. */
	void enter(long nowNanos) {
		int slot = this.state.table.add(this.member, MemberState.ALIVE, incarnation(), this.state.selfInstance,
				this.state.millis(nowNanos));
		if (slot != SLOT) {
			throw new IllegalStateException("this node must be the first in its table, not at slot " + slot);
		}
	}

	void updateMetadata(long nowNanos, SortedMap<String, String> metadata) {
		this.versions.contentChanged();
		contentChanged(metadata);
		// Metadata is no more urgent for being one's own.
		announce(nowNanos, RumorPriority.CONTENT);
	}

	/**
	 * Takes a claim about this node.
	 * @param claimed the state that is claimed
	 * @param contentVersion the content version that is claimed, zero if none is
	 * @return whether the claim is of another start that may be alive elsewhere, which
	 * must be found out before this node may take over
	 */
	boolean onClaim(long nowNanos, MemberState claimed, int incarnation, int instance, int contentVersion) {
		if (Plausibility.isTooHigh(incarnation, incarnation())
				|| Plausibility.isTooHigh(contentVersion, this.versions.contentVersion())) {
			this.state.drop(DropReason.IMPLAUSIBLE);
			return false;
		}
		if (instance == this.state.selfInstance) {
			refute(nowNanos, claimed, incarnation);
			if (contentVersion > this.versions.contentVersion()) {
				// Nobody else raises it, so it is of an earlier start.
				this.versions.raiseContentAbove(contentVersion);
				contentChanged(this.member.metadata());
				announce(nowNanos);
			}
			return false;
		}
		boolean isAhead = isAheadOf(incarnation, contentVersion);
		if (claimed.isIn()) {
			// Who has resumed is ahead of a live rival, and still must not replace it.
			return !isAhead || this.state.phase == ClusterPhase.JOINING;
		}
		if (!isAhead) {
			takeOver(nowNanos, incarnation, contentVersion);
		}
		return false;
	}

	/** Whether both versions are above those of another start already. */
	boolean isAheadOf(int incarnation, int contentVersion) {
		return incarnation < incarnation() && contentVersion < this.versions.contentVersion();
	}

	/** Raises both versions above those of an earlier start of this node. */
	void takeOver(long nowNanos, int incarnation, int contentVersion) {
		this.versions.raiseAbove(incarnation);
		this.versions.raiseContentAbove(contentVersion);
		setLiveness(nowNanos);
		contentChanged(this.member.metadata());
		announce(nowNanos);
	}

	/**
	 * Outdoes the content of an earlier start, which others may have kept although they
	 * know that this one lives: the two halves of a record are merged separately.
	 */
	void outdoContent(long nowNanos, int contentVersion, int contentInstance) {
		if (contentInstance != this.state.selfInstance && contentVersion >= this.versions.contentVersion()
				&& !Plausibility.isTooHigh(contentVersion, this.versions.contentVersion())) {
			this.versions.raiseContentAbove(contentVersion);
			contentChanged(this.member.metadata());
			announce(nowNanos);
		}
	}

	/** Outdoes a claim about this start, unless it is true. */
	void refute(long nowNanos, MemberState claimed, int incarnation) {
		boolean gone = this.state.phase == ClusterPhase.LEAVING || this.state.phase == ClusterPhase.LEFT;
		boolean wrong = gone ? claimed != MemberState.LEFT : claimed != MemberState.ALIVE;
		if (incarnation < incarnation() || (incarnation == incarnation() && !wrong)) {
			return;
		}
		if (gone && incarnation == incarnation()) {
			// LEFT wins within the incarnation; it only has to be heard again.
			offer(RumorKind.LIVENESS, RumorPriority.URGENT, nowNanos);
			return;
		}
		this.versions.raiseAbove(incarnation);
		setLiveness(nowNanos);
		this.state.health.add(gone ? 0 : 1);
		this.state.observer.onSelfRefuted(incarnation());
		offer(RumorKind.LIVENESS, RumorPriority.URGENT, nowNanos);
		if (!gone) {
			renewIfAccusedAgainAndAgain(nowNanos);
		}
	}

	/**
	 * Tells everything anew, now and then, if a refutation does not help for long: others
	 * may hold content of the same version that is not this node's.
	 */
	private void renewIfAccusedAgainAndAgain(long nowNanos) {
		if (nowNanos - this.lastRefutedNanos > RENEWAL_NANOS) {
			this.refutations = 0;
		}
		this.lastRefutedNanos = nowNanos;
		if (this.refutations++ == 0) {
			this.nextRenewalNanos = nowNanos + RENEWAL_NANOS;
		}
		if (this.refutations > REFUTATIONS_MAX && this.nextRenewalNanos - nowNanos <= 0) {
			updateMetadata(nowNanos, this.member.metadata());
		}
	}

	/** Turns this node's own record into one of a member that has left. */
	void leave(long nowNanos) {
		setLiveness(nowNanos);
		offer(RumorKind.LIVENESS, RumorPriority.URGENT, nowNanos);
	}

	/** Tells of this node, content and all. */
	void announce(long nowNanos) {
		announce(nowNanos, RumorPriority.URGENT);
	}

	private void announce(long nowNanos, RumorPriority priority) {
		offer(RumorKind.RECORD, priority, nowNanos);
	}

	private void offer(RumorKind kind, RumorPriority priority, long nowNanos) {
		if (!this.state.rumors.offer(SLOT, kind, 0, priority, nowNanos)) {
			this.state.drop(DropReason.RUMORS_LIMIT);
		}
	}

	private void setLiveness(long nowNanos) {
		boolean gone = this.state.phase == ClusterPhase.LEAVING || this.state.phase == ClusterPhase.LEFT;
		this.state.table.setLiveness(SLOT, gone ? MemberState.LEFT : MemberState.ALIVE, incarnation(),
				this.state.selfInstance, this.state.millis(nowNanos));
	}

	private void contentChanged(SortedMap<String, String> metadata) {
		this.refutations = 0;
		this.member = withContent(metadata);
		this.state.table.setMember(SLOT, this.member);
	}

	private Member withContent(SortedMap<String, String> metadata) {
		return new Member(this.member.id(), this.member.instance(), this.member.name(), this.member.address(),
				this.member.zone(), metadata, this.versions.contentVersion(), this.member.protocolMin(),
				this.member.protocolMax());
	}

}
