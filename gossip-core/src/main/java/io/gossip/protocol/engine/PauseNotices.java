package io.gossip.protocol.engine;

import io.gossip.MemberState;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.probe.AnnouncedPauses;
import io.gossip.protocol.rumor.RumorKind;
import io.gossip.protocol.rumor.RumorPriority;
import io.gossip.protocol.wire.WireLimits;

/**
 * What members say of pauses that they know of beforehand: it is spread as news, and who
 * has heard of it waits for the end of the pause before it declares its member dead.
 */
final class PauseNotices {

	private static final long MILLI_NANOS = 1_000_000L;

	private final EngineState state;

	private int announced;

	PauseNotices(EngineState state) {
		this.state = state;
	}

	/** Announces that this node is going to pause. */
	void announce(long nowNanos, long pauseNanos) {
		long maxNanos = WireLimits.AGE_MILLIS_MAX * MILLI_NANOS;
		MembershipTable table = this.state.table;
		take(nowNanos, SelfRecord.SLOT, table.incarnation(SelfRecord.SLOT), ++this.announced,
				Math.min(pauseNanos, maxNanos));
	}

	/**
	 * Takes an announcement. It counts for the incarnation alone that it was made in, and
	 * nobody but the member itself may make it once the member is suspected.
	 * @param isOwn whether its sender is the member that pauses
	 */
	void onAnnounced(long nowNanos, boolean isOwn, long subject, int incarnation, int instance, int number,
			int leftMillis) {
		int slot = this.state.table.slotOf(subject);
		long maxNanos = this.state.config.failureDetection().announcedPauseMax().toNanos();
		if (slot == MembershipTable.NO_SLOT || slot == SelfRecord.SLOT || maxNanos == 0 || leftMillis == 0
				|| this.state.table.incarnation(slot) != incarnation || this.state.table.instance(slot) != instance) {
			return;
		}
		MemberState held = this.state.table.state(slot);
		if (held == MemberState.ALIVE || (isOwn && held == MemberState.SUSPECT)) {
			take(nowNanos, slot, incarnation, number, Math.min(leftMillis * MILLI_NANOS, maxNanos));
		}
	}

	private void take(long nowNanos, int slot, int incarnation, int number, long leftNanos) {
		AnnouncedPauses.Verdict verdict = this.state.pauses.announce(nowNanos, this.state.table.id(slot), incarnation,
				this.state.table.instance(slot), number, nowNanos + leftNanos);
		if (verdict == AnnouncedPauses.Verdict.FULL) {
			this.state.drop(DropReason.PAUSES_LIMIT);
		}
		else if (verdict == AnnouncedPauses.Verdict.NEW
				&& !this.state.rumors.offer(slot, RumorKind.PAUSE, 0, RumorPriority.URGENT, nowNanos)) {
			this.state.drop(DropReason.RUMORS_LIMIT);
		}
	}

}
