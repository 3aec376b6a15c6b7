package io.gossip.protocol.membership;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.protocol.antientropy.DigestTree;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MembershipTableTest {

	@Test
	void theTableAgreesWithASimpleModelAfterAnyOperations() {
		for (long seed = 0; seed < 20; seed++) {
			Random random = new Random(seed);
			DigestTree tree = new DigestTree();
			MembershipTable table = new MembershipTable(1, tree);
			Map<Long, Held> model = new HashMap<>();
			int most = 0;
			for (int step = 0; step < 4000; step++) {
				// Neighbouring identities and far ones; the phases grow and shrink the
				// table.
				long id = (random.nextBoolean() ? 1 : 0x1_0000_0001L) * (1 + random.nextInt(300));
				boolean shrinking = step / 500 % 2 == 1;
				change(random, table, model, id, shrinking);
				most = Math.max(most, model.size());
				if (step % 50 == 0) {
					check(seed, table, tree, model);
				}
			}
			check(seed, table, tree, model);
			assertThat(table.slots()).as("slots are used again").isEqualTo(most);
		}
	}

	private static void change(Random random, MembershipTable table, Map<Long, Held> model, long id,
			boolean shrinking) {
		int slot = table.slotOf(id);
		MemberState state = MemberState.of(random.nextInt(4));
		int incarnation = random.nextInt(100);
		int instance = random.nextInt(3);
		long version = table.version();
		if (slot == MembershipTable.NO_SLOT) {
			if (shrinking && random.nextInt(3) > 0) {
				return;
			}
			Member member = TestMembers.member(id, random.nextInt(3), 1);
			assertThat(table.add(member, state, incarnation, instance, 5)).isEqualTo(table.slotOf(id));
			model.put(id, new Held(member, state, incarnation, instance));
		}
		else if (random.nextInt(shrinking ? 2 : 6) == 0) {
			table.remove(slot);
			assertThat(table.isUsed(slot)).isFalse();
			assertThat(table.isIn(slot)).isFalse();
			model.remove(id);
		}
		else if (random.nextBoolean()) {
			table.setLiveness(slot, state, incarnation, instance, 6);
			model.computeIfPresent(id, (key, held) -> new Held(held.member, state, incarnation, instance));
		}
		else {
			Member member = TestMembers.member(id, random.nextInt(3), 1 + random.nextInt(100));
			table.setMember(slot, member);
			model.computeIfPresent(id, (key, held) -> new Held(member, held.state, held.incarnation, held.instance));
		}
		assertThat(table.version()).isGreaterThan(version);
	}

	private static void check(long seed, MembershipTable table, DigestTree tree, Map<Long, Held> model) {
		long hash = 0;
		int[] counts = new int[4];
		long[] leaves = new long[DigestTree.LEAVES];
		int[] sizes = new int[DigestTree.LEAVES];
		for (Map.Entry<Long, Held> entry : model.entrySet()) {
			Held held = entry.getValue();
			int slot = table.slotOf(entry.getKey());
			assertThat(slot).as("seed %d: the slot of %d", seed, entry.getKey()).isNotNegative();
			assertThat(table.id(slot)).isEqualTo(entry.getKey());
			assertThat(new Held(table.member(slot), table.state(slot), table.incarnation(slot), table.instance(slot)))
				.isEqualTo(held);
			assertThat(table.isIn(slot)).isEqualTo(held.state.isIn());
			assertThat(table.isOfTwoStarts(slot)).isEqualTo(held.member.instance() != held.instance);
			counts[held.state.ordinal()]++;
			if (held.state.isIn()) {
				long part = ViewHash.part(entry.getKey(), held.member.instance(), held.member.contentVersion());
				hash ^= part;
				leaves[DigestTree.leafOf(entry.getKey())] ^= ViewHash.digestPart(part, held.incarnation);
				sizes[DigestTree.leafOf(entry.getKey())]++;
				assertThat(table.recordHash(table.slotOf(entry.getKey())))
					.isEqualTo(ViewHash.fold(ViewHash.digestPart(part, held.incarnation)));
			}
		}
		assertThat(table.viewHash()).as("seed %d", seed).isEqualTo(hash);
		assertThat(table.size()).isEqualTo(model.size());
		for (MemberState state : MemberState.values()) {
			assertThat(table.count(state)).isEqualTo(counts[state.ordinal()]);
		}
		for (int prefix = 0; prefix < DigestTree.WIDTH; prefix++) {
			long inner = 0;
			for (int child = 0; child < DigestTree.WIDTH; child++) {
				long leaf = leaves[prefix * DigestTree.WIDTH + child];
				inner ^= leaf;
				assertThat(tree.hash(1, prefix, child)).isEqualTo((int) (leaf ^ (leaf >>> 32)));
				assertThat(tree.size(prefix, 1 << child)).isEqualTo(sizes[prefix * DigestTree.WIDTH + child]);
			}
			assertThat(tree.hash(0, 0, prefix)).isEqualTo((int) (inner ^ (inner >>> 32)));
		}
		assertThat(table.slotOf(999_999_999L)).isEqualTo(MembershipTable.NO_SLOT);
	}

	@Test
	void theHashOfAViewDoesNotDependOnTheOrderInWhichItCameAbout() {
		List<Long> ids = new ArrayList<>();
		for (long id = 1; id <= 200; id++) {
			ids.add(id);
		}
		MembershipTable first = fill(ids);
		Collections.shuffle(ids, new Random(3));
		MembershipTable second = fill(ids);
		assertThat(first.viewHash()).isEqualTo(second.viewHash()).isNotZero();
		second.setLiveness(second.slotOf(7), MemberState.SUSPECT, 9, 9, 0);
		assertThat(second.viewHash()).as("a suspicion does not disturb it").isEqualTo(first.viewHash());
		second.setLiveness(second.slotOf(7), MemberState.DEAD, 9, 9, 0);
		assertThat(second.viewHash()).isNotEqualTo(first.viewHash());
		second.setLiveness(second.slotOf(7), MemberState.ALIVE, 10, 9, 0);
		assertThat(second.viewHash()).isEqualTo(first.viewHash());
		second.setMember(second.slotOf(7), TestMembers.member(7, 1, 2));
		assertThat(second.viewHash()).isNotEqualTo(first.viewHash());
	}

	@Test
	void onlyChunksThatChangedAreDirty() {
		MembershipTable table = new MembershipTable(8, RecordListener.NONE);
		int members = 70 * MembershipTable.CHUNK_SLOTS;
		for (long id = 1; id <= members; id++) {
			table.add(TestMembers.member(id), MemberState.ALIVE, 1, 1, 0);
		}
		for (int chunk = 0; chunk < 70; chunk++) {
			assertThat(table.takeDirtyChunk(chunk)).isTrue();
			assertThat(table.takeDirtyChunk(chunk)).isFalse();
		}
		for (int changed : new int[] { 0, 1, 63, 64, 69 }) {
			table.setLiveness(changed * MembershipTable.CHUNK_SLOTS + 5, MemberState.SUSPECT, 1, 1, 0);
			for (int chunk = 0; chunk < 70; chunk++) {
				assertThat(table.takeDirtyChunk(chunk)).as("chunk %d after a change of %d", chunk, changed)
					.isEqualTo(chunk == changed);
			}
		}
	}

	@Test
	void aMemberIsAddedOnceAndAFreeSlotHoldsNobody() {
		MembershipTable table = new MembershipTable(8, RecordListener.NONE);
		int slot = table.add(TestMembers.member(5), MemberState.ALIVE, 1, 1, 0);
		assertThatThrownBy(() -> table.add(TestMembers.member(5), MemberState.ALIVE, 1, 1, 0))
			.isInstanceOf(IllegalStateException.class);
		table.remove(slot);
		assertThatThrownBy(() -> table.member(slot)).isInstanceOf(IllegalStateException.class);
		assertThat(table.viewHash()).isZero();
	}

	private static MembershipTable fill(List<Long> ids) {
		MembershipTable table = new MembershipTable(8, RecordListener.NONE);
		for (long id : ids) {
			table.add(TestMembers.member(id), MemberState.ALIVE, 1, 1, 0);
		}
		return table;
	}

	private record Held(Member member, MemberState state, int incarnation, int instance) {
	}

}
