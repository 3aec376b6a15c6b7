package io.gossip.protocol.membership;

import io.gossip.MemberState;
import io.gossip.protocol.DeadlineHeap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TombstonesTest {

	private static final int DAY_MILLIS = 24 * 3600 * 1000;

	private final MembershipTable table = new MembershipTable(8, (id, before, after) -> {
	});

	private final DeadlineHeap deadlines = new DeadlineHeap(8);

	private final Tombstones tombstones = new Tombstones(this.table, this.deadlines);

	@Test
	void whereNobodyIsGoneNobodyIsForgotten() {
		suspect(1);
		assertThat(this.tombstones.toForget(0, 0)).isEqualTo(MembershipTable.NO_SLOT);
	}

	@Test
	void whoWasNeverHeardIsForgottenFirstThenWhoWasHeardLongestAgo() {
		int late = bury(1, 3000);
		int early = bury(2, 2000);
		int never = bury(3, -DAY_MILLIS);
		assertThat(this.tombstones.toForget(0, 0)).isEqualTo(never);
		forget(never);
		assertThat(this.tombstones.toForget(0, 0)).isEqualTo(early);
		forget(early);
		assertThat(this.tombstones.toForget(0, 0)).isEqualTo(late);
		forget(late);
		assertThat(this.tombstones.toForget(0, 0)).isEqualTo(MembershipTable.NO_SLOT);
	}

	@Test
	void whoWasHeardIsKeptForAsLongAsItMayComeBackAndWhoWasNotIsNot() {
		int heard = bury(1, 10);
		assertThat(this.tombstones.toForget(59_999, 60_000)).isEqualTo(MembershipTable.NO_SLOT);
		assertThat(this.tombstones.toForget(60_000, 60_000)).isEqualTo(heard);
		int never = bury(2, -DAY_MILLIS);
		assertThat(this.tombstones.toForget(100, 60_000)).isEqualTo(never);
	}

	@Test
	void theOneWhoIsGoneIsFoundAmongAnyNumberOfSuspects() {
		for (int id = 1; id <= 1000; id++) {
			suspect(id);
		}
		int gone = bury(2000, 5);
		assertThat(this.tombstones.toForget(0, 0)).isEqualTo(gone);
	}

	@Test
	void madeUpMembersPushOutNobodyWhoWasThereAsLongAsEveryThirdIsMadeUp() {
		for (int id = 1; id <= 2000; id++) {
			bury(id, (id % 2 == 0) ? id : -DAY_MILLIS);
		}
		for (int i = 0; i < 500; i++) {
			int slot = this.tombstones.toForget(0, 0);
			assertThat(this.table.id(slot) % 2).as("forgotten %d", i).isEqualTo(1);
			forget(slot);
		}
	}

	private int bury(int id, int heardMillis) {
		int slot = this.table.add(TestMembers.member(id), MemberState.DEAD, 1, 1, 0);
		this.table.heard(slot, heardMillis);
		this.deadlines.set(slot, 1_000_000 + id);
		return slot;
	}

	private void suspect(int id) {
		this.deadlines.set(this.table.add(TestMembers.member(id), MemberState.SUSPECT, 1, 1, 0), id);
	}

	private void forget(int slot) {
		this.deadlines.cancel(slot);
		this.table.remove(slot);
	}

}
