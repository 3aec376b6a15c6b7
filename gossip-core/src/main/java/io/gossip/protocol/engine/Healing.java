package io.gossip.protocol.engine;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.MemberState;
import io.gossip.protocol.membership.MembershipTable;
import org.jspecify.annotations.Nullable;

/**
 * The search for those who are lost: one of the dead and one of the seeds is tried now
 * and then, for ever. This is how a cut is overcome.
 */
final class Healing {

	private final EngineState state;

	private final JoinProtocol join;

	private final PeerTalk peers;

	Healing(EngineState state, JoinProtocol join, PeerTalk peers) {
		this.state = state;
		this.join = join;
		this.peers = peers;
	}

	/** Arms the timer. */
	void begin(long nowNanos) {
		this.state.timers.arm(EngineTimer.HEAL,
				nowNanos + this.state.jitter(this.state.config.healing().interval().toNanos()));
	}

	/** Tries one of the dead and one of the seeds. */
	void onTimer(long nowNanos) {
		int dead = randomDead();
		if (dead != MembershipTable.NO_SLOT) {
			this.peers.knock(nowNanos, dead);
		}
		@Nullable Address seed = (this.state.phase == ClusterPhase.JOINED) ? this.join.strangerAmongSeeds() : null;
		if (seed != null) {
			this.peers.knockAtSeed(seed);
		}
		begin(nowNanos);
	}

	private int randomDead() {
		MembershipTable table = this.state.table;
		if (table.count(MemberState.DEAD) == 0) {
			return MembershipTable.NO_SLOT;
		}
		int start = this.state.random.nextInt(table.slots());
		for (int i = 0; i < table.slots(); i++) {
			int slot = (start + i) % table.slots();
			if (table.isUsed(slot) && table.state(slot) == MemberState.DEAD) {
				return slot;
			}
		}
		return MembershipTable.NO_SLOT;
	}

}
