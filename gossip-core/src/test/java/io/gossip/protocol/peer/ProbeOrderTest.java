package io.gossip.protocol.peer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

import io.gossip.MemberState;
import io.gossip.Zone;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.membership.RecordListener;
import io.gossip.protocol.membership.TestMembers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeOrderTest {

	private final MembershipTable table = new MembershipTable(8, RecordListener.NONE);

	@Test
	void everybodyIsProbedOnceARound() {
		ProbeOrder order = order(1, 50);
		List<List<Integer>> rounds = new ArrayList<>();
		for (int round = 0; round < 20; round++) {
			List<Integer> probed = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				probed.add(order.next());
			}
			assertThat(probed).doesNotHaveDuplicates().hasSize(50);
			rounds.add(probed);
		}
		assertThat(new HashSet<>(rounds)).as("rounds differ from each other").hasSize(20);
	}

	@Test
	void whoIsNotInIsNotProbedAndWhoComesBackIs() {
		for (long seed = 0; seed < 50; seed++) {
			Random random = new Random(seed);
			MembershipTable members = new MembershipTable(8, RecordListener.NONE);
			ProbeOrder order = new ProbeOrder(members, (any) -> true, new SplittableRandom(seed));
			for (int i = 1; i <= 30; i++) {
				order.add(members.add(TestMembers.member(i), MemberState.ALIVE, 1, 1, 0));
			}
			int sinceChange = 0;
			Map<Integer, Integer> last = new HashMap<>();
			for (int step = 0; step < 3000; step++) {
				if (random.nextInt(40) == 0) {
					int slot = random.nextInt(30);
					boolean in = members.isIn(slot);
					members.setLiveness(slot, in ? MemberState.DEAD : MemberState.ALIVE, step, 1, 0);
					if (!in) {
						order.add(slot);
					}
					last.clear();
					sinceChange = 0;
				}
				int next = order.next();
				assertThat(members.isIn(next)).as("seed %d step %d", seed, step).isTrue();
				last.put(next, step);
				// Two rounds of everybody without a change: nobody is left out.
				if (++sinceChange > 2 * members.sizeIn()) {
					assertThat(last).as("seed %d step %d", seed, step).hasSize(members.sizeIn());
				}
			}
		}
	}

	@Test
	void aNewMemberIsProbedWithinTheRound() {
		for (long seed = 0; seed < 200; seed++) {
			MembershipTable members = new MembershipTable(8, RecordListener.NONE);
			ProbeOrder order = new ProbeOrder(members, (any) -> true, new SplittableRandom(seed));
			for (int i = 1; i <= 10; i++) {
				order.add(members.add(TestMembers.member(i), MemberState.ALIVE, 1, 1, 0));
			}
			for (int i = 0; i < seed % 10; i++) {
				order.next();
			}
			int fresh = members.add(TestMembers.member(99), MemberState.ALIVE, 1, 1, 0);
			order.add(fresh);
			order.add(fresh);
			Set<Integer> rest = new HashSet<>();
			for (long i = seed % 10; i < 11; i++) {
				rest.add(order.next());
			}
			assertThat(rest).as("seed %d", seed).contains(fresh).hasSize((int) (11 - seed % 10));
		}
	}

	@Test
	void aSampleIsOfDistinctMembersThatAreIn() {
		ProbeOrder order = order(3, 20);
		this.table.setLiveness(4, MemberState.LEFT, 1, 1, 0);
		int[] slots = new int[16];
		boolean[] seen = new boolean[20];
		for (int round = 0; round < 500; round++) {
			int count = order.sample(slots, 3, 7);
			assertThat(count).isEqualTo(3);
			Set<Integer> distinct = new HashSet<>();
			for (int i = 0; i < count; i++) {
				distinct.add(slots[i]);
				seen[slots[i]] = true;
			}
			assertThat(distinct).hasSize(3).doesNotContain(4, 7);
		}
		for (int slot = 0; slot < 20; slot++) {
			assertThat(seen[slot]).as("slot %d", slot).isEqualTo(slot != 4 && slot != 7);
		}
	}

	@Test
	void whoeverIsDoubtfulHelpsOnlyWhereHardlyAnybodyElseCan() {
		ProbeOrder order = order(5, 60);
		int[] helpers = new int[3];
		int doubtful = 0;
		for (int round = 0; round < 1000; round++) {
			assertThat(order.sampleAcrossZones(helpers, 3, 7, (slot) -> slot >= 20)).isEqualTo(3);
			for (int helper : helpers) {
				doubtful += (helper >= 20) ? 1 : 0;
			}
		}
		// Two thirds of all are, and a draw tries eight.
		assertThat(doubtful).as("of 3,000").isLessThan(300);
		assertThat(order.sampleAcrossZones(helpers, 3, 7, (slot) -> true)).as("better than nobody").isEqualTo(3);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, 1", "1, 2, 2", "2, 2, 2", "1, 3, 2", "2, 3, 3" })
	void oneIsLookedAtFromItsZoneThenFromTheOwnThenFromAnother(int zoneOfSubject, int count, int zonesWanted) {
		ProbeOrder order = new ProbeOrder(this.table, (any) -> true, new SplittableRandom(7));
		for (int i = 0; i < 60; i++) {
			Zone zone = new Zone("zone-" + (1 + i % 3));
			int slot = this.table.add(TestMembers.member(i + 1, zone), MemberState.ALIVE, 1, 1, 0);
			// The first is this node itself.
			if (i > 0) {
				order.add(slot);
			}
		}
		int subject = 2 + zoneOfSubject;
		int subjectZone = this.table.zone(subject);
		int ownZone = this.table.zone(0);
		int[] slots = new int[3];
		int asWanted = 0;
		for (int round = 0; round < 1000; round++) {
			assertThat(order.sampleAcrossZones(slots, count, subject, (slot) -> false)).isEqualTo(count);
			Set<Integer> zones = new HashSet<>();
			for (int i = 0; i < count; i++) {
				assertThat(slots[i]).isNotEqualTo(subject);
				zones.add(this.table.zone(slots[i]));
			}
			boolean hasBoth = zones.contains(subjectZone) && (count == 1 || zones.contains(ownZone));
			asWanted += (hasBoth && zones.size() >= zonesWanted) ? 1 : 0;
		}
		assertThat(asWanted).as("of 1,000").isGreaterThan(750);
	}

	@Test
	void ofFourMembersOfOneZoneBothOthersAreFound() {
		ProbeOrder order = order(9, 3);
		int[] slots = new int[2];
		int found = 0;
		for (int round = 0; round < 1000; round++) {
			found += order.sampleAcrossZones(slots, 2, 0, (slot) -> false);
		}
		assertThat(found).as("of 2,000").isGreaterThan(1990);
	}

	@Test
	void whereNobodyIsThereNobodyIsFound() {
		ProbeOrder order = new ProbeOrder(this.table, (any) -> true, new SplittableRandom(1));
		assertThat(order.next()).isEqualTo(MembershipTable.NO_SLOT);
		assertThat(order.random()).isEqualTo(MembershipTable.NO_SLOT);
		assertThat(order.sample(new int[4], 4, 0)).isZero();
		int slot = this.table.add(TestMembers.member(1), MemberState.ALIVE, 1, 1, 0);
		order.add(slot);
		assertThat(order.sample(new int[4], 4, slot)).isZero();
		assertThat(order.sample(new int[4], 4, MembershipTable.NO_SLOT)).isOne();
		this.table.setLiveness(slot, MemberState.DEAD, 1, 1, 0);
		assertThat(order.next()).isEqualTo(MembershipTable.NO_SLOT);
	}

	private ProbeOrder order(long seed, int members) {
		ProbeOrder order = new ProbeOrder(this.table, (any) -> true, new SplittableRandom(seed));
		for (int i = 1; i <= members; i++) {
			order.add(this.table.add(TestMembers.member(i), MemberState.ALIVE, 1, 1, 0));
		}
		return order;
	}

}
