package io.gossip.protocol.engine;

import java.util.ArrayList;
import java.util.List;

import io.gossip.MemberState;
import io.gossip.Zone;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.membership.RecordListener;
import io.gossip.protocol.membership.TestMembers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeldAccusationsTest {

	private static final Zone NEAR = new Zone("near");

	private static final Zone FAR = new Zone("far");

	private final MembershipTable table = new MembershipTable(8, RecordListener.NONE);

	private final List<DropReason> drops = new ArrayList<>();

	private final List<Integer> accused = new ArrayList<>();

	private final HeldAccusations held = new HeldAccusations(this.table, new ProtocolObserver() {
		@Override
		public void onDropped(DropReason reason) {
			HeldAccusationsTest.this.drops.add(reason);
		}
	});

	@Test
	void anAccusationBeyondTheLimitIsNotHeldAndCounted() {
		for (int id = 1; id <= HeldAccusations.HELD_MAX; id++) {
			assertThat(this.held.add(slot(id, FAR))).isTrue();
		}
		assertThat(this.drops).isEmpty();
		assertThat(this.held.add(slot(99, FAR))).isFalse();
		assertThat(this.drops).containsExactly(DropReason.HELD_ACCUSATIONS_LIMIT);
	}

	@Test
	void whoIsAccusedAgainTakesNoMoreRoom() {
		int slot = slot(1, FAR);
		for (int i = 0; i <= HeldAccusations.HELD_MAX; i++) {
			assertThat(this.held.add(slot)).isTrue();
		}
		release(FAR);
		assertThat(this.accused).containsExactly(slot);
		assertThat(this.drops).isEmpty();
	}

	@Test
	void theOutcomeOfAZoneLetsGoOfItsMembersAloneAndOnce() {
		int near = slot(1, NEAR);
		int far = slot(2, FAR);
		this.held.add(near);
		this.held.add(far);
		release(FAR);
		release(FAR);
		assertThat(this.accused).containsExactly(far);
		release(NEAR);
		assertThat(this.accused).containsExactly(far, near);
	}

	@Test
	void whoHasLeftMeanwhileIsNotAccused() {
		int slot = slot(1, FAR);
		this.held.add(slot);
		this.table.setLiveness(slot, MemberState.LEFT, 1, 1, 0);
		release(FAR);
		assertThat(this.accused).isEmpty();
	}

	@Test
	void whoHasTakenTheSlotMeanwhileIsNotAccused() {
		int slot = slot(1, FAR);
		this.held.add(slot);
		this.table.remove(slot);
		assertThat(slot(2, FAR)).isEqualTo(slot);
		release(FAR);
		assertThat(this.accused).isEmpty();
	}

	@Test
	void whatIsClearedIsNeverMade() {
		this.held.add(slot(1, FAR));
		this.held.clear();
		release(FAR);
		assertThat(this.accused).isEmpty();
	}

	private int slot(long id, Zone zone) {
		return this.table.add(TestMembers.member(id, zone), MemberState.ALIVE, 1, 1, 0);
	}

	private void release(Zone zone) {
		this.held.release(this.table.zones().of(zone), this.accused::add);
	}

}
