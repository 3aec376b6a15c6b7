package io.gossip.protocol.peer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.gossip.MemberState;
import io.gossip.Zone;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.membership.RecordListener;
import io.gossip.protocol.membership.TestMembers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RingNeighboursTest {

	@Test
	void neighboursThatWereKeptUpToDateEqualThoseThatAreMadeAnew() {
		for (long seed = 0; seed < 30; seed++) {
			Random random = new Random(seed);
			MembershipTable table = new MembershipTable(8, RecordListener.NONE);
			int self = table.add(TestMembers.member(1), MemberState.ALIVE, 1, 1, 0);
			RingNeighbours rings = new RingNeighbours(table, (any) -> true, 1, 3);
			for (int step = 0; step < 500; step++) {
				long id = 2L + random.nextInt(25);
				int slot = table.slotOf(id);
				if (slot == MembershipTable.NO_SLOT) {
					rings.onIn(table.add(TestMembers.member(id), MemberState.ALIVE, 1, 1, 0));
				}
				else if (table.isIn(slot)) {
					table.setLiveness(slot, MemberState.DEAD, step, 1, 0);
					rings.onOut(slot);
				}
				else {
					table.setLiveness(slot, MemberState.ALIVE, step, 1, 0);
					rings.onIn(slot);
				}
				if (random.nextBoolean()) {
					RingNeighbours fresh = new RingNeighbours(table, (any) -> true, 1, 3);
					for (int other = 0; other < table.slots(); other++) {
						if (other != self && table.isIn(other)) {
							fresh.onIn(other);
						}
					}
					assertThat(successors(rings)).as("seed %d step %d", seed, step).isEqualTo(successors(fresh));
					for (int other = 1; other < table.slots(); other++) {
						assertThat(rings.isWard(other)).as("seed %d step %d slot %d", seed, step, other)
							.isEqualTo(fresh.isWard(other));
						assertThat(rings.isWard(other) && !table.isIn(other)).isFalse();
					}
				}
			}
		}
	}

	@Test
	void whatIsPushedToSuccessorsReachesEverybody() {
		int members = 100;
		List<RingNeighbours> rings = new ArrayList<>();
		MembershipTable table = new MembershipTable(8, RecordListener.NONE);
		for (int i = 0; i < members; i++) {
			table.add(TestMembers.member(1000 + i), MemberState.ALIVE, 1, 1, 0);
		}
		for (int i = 0; i < members; i++) {
			RingNeighbours ring = new RingNeighbours(table, (any) -> true, 1000 + i, 1);
			for (int other = 0; other < members; other++) {
				if (other != i) {
					ring.onIn(other);
				}
			}
			rings.add(ring);
		}
		Set<Integer> reached = new HashSet<>(Set.of(0));
		Deque<Integer> next = new ArrayDeque<>(reached);
		while (!next.isEmpty()) {
			for (int slot : successors(rings.get(next.remove()))) {
				if (reached.add(slot)) {
					next.add(slot);
				}
			}
		}
		assertThat(reached).as("one ring alone visits all").hasSize(members);
		for (int subject = 0; subject < members; subject++) {
			int guards = 0;
			for (RingNeighbours ring : rings) {
				guards += ring.isWard(subject) ? 1 : 0;
			}
			assertThat(guards).as("those who look after member %d", subject).isEqualTo(RingNeighbours.WARDS);
		}
	}

	@Test
	void oneOfThoseWhoLookAfterAMemberIsInAnotherZone() {
		int members = 60;
		Zone[] zones = new Zone[members];
		Arrays.setAll(zones, (i) -> new Zone((i % 15 == 0) ? "small" : "large"));
		int[] guards = new int[members];
		int[] foreignGuards = new int[members];
		for (int self = 0; self < members; self++) {
			MembershipTable table = new MembershipTable(8, RecordListener.NONE);
			int own = self;
			RingNeighbours ring = new RingNeighbours(table, (any) -> true, 1000 + own, 1);
			table.add(TestMembers.member(1000 + own, zones[own]), MemberState.ALIVE, 1, 1, 0);
			for (int other = 0; other < members; other++) {
				if (other != own) {
					ring.onIn(table.add(TestMembers.member(1000 + other, zones[other]), MemberState.ALIVE, 1, 1, 0));
				}
			}
			for (int slot = 1; slot < members; slot++) {
				int subject = (int) (table.id(slot) - 1000);
				if (ring.isWard(slot)) {
					guards[subject]++;
					foreignGuards[subject] += zones[subject].equals(zones[own]) ? 0 : 1;
				}
			}
		}
		for (int subject = 0; subject < members; subject++) {
			assertThat(foreignGuards[subject]).as("member %d", subject).isPositive();
			assertThat(guards[subject]).as("member %d", subject)
				.isBetween(RingNeighbours.WARDS, RingNeighbours.WARDS + 1);
		}
	}

	private static Set<Integer> successors(RingNeighbours rings) {
		int[] slots = new int[RingNeighbours.RINGS_MAX];
		int count = rings.successors(slots);
		Set<Integer> successors = new HashSet<>();
		for (int i = 0; i < count; i++) {
			assertThat(successors.add(slots[i])).as("successors are distinct").isTrue();
		}
		return successors;
	}

}
