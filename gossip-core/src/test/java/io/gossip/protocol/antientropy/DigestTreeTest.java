package io.gossip.protocol.antientropy;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DigestTreeTest {

	private static final int ALL = 0xFFFF;

	@Test
	void theLeavesThatFitAreWithinTheRoomAndNoOtherWouldFitBesideThem() {
		for (long seed = 0; seed < 200; seed++) {
			Random random = new Random(seed);
			DigestTree tree = treeOf(random.nextInt(4000), random);
			int prefix = random.nextInt(DigestTree.WIDTH);
			int leaves = 1 + random.nextInt(ALL);
			int room = random.nextInt(300);
			int chosen = tree.fitting(prefix, leaves, random.nextInt(DigestTree.WIDTH), room);
			assertThat(chosen & ~leaves).as("seed %d: only what is wanted", seed).isZero();
			assertThat(chosen).as("seed %d: one at least", seed).isNotZero();
			int left = room - tree.size(prefix, chosen);
			if (Integer.bitCount(chosen) > 1) {
				assertThat(left).as("seed %d", seed).isNotNegative();
			}
			for (int bit = 1; bit < ALL; bit <<= 1) {
				if ((leaves & ~chosen & bit) != 0) {
					assertThat(tree.size(prefix, bit)).as("seed %d", seed).isGreaterThan(left);
				}
			}
		}
	}

	@Test
	void everyLeafIsTheFirstForSomeBeginning() {
		DigestTree tree = treeOf(4000, new Random(1));
		int seen = 0;
		for (int first = 0; first < DigestTree.WIDTH; first++) {
			seen |= tree.fitting(3, ALL, first, 0);
		}
		assertThat(seen).isEqualTo(ALL);
	}

	@Test
	void whoIsGoneIsNotCounted() {
		DigestTree tree = new DigestTree();
		int leaf = DigestTree.leafOf(7);
		tree.onRecordChanged(7, 0, 99);
		assertThat(tree.size(leaf / 16, 1 << leaf % 16)).isEqualTo(1);
		tree.onRecordChanged(7, 99, 98);
		assertThat(tree.size(leaf / 16, ALL)).isEqualTo(1);
		tree.onRecordChanged(7, 98, 0);
		assertThat(tree.size(leaf / 16, ALL)).isZero();
	}

	private static DigestTree treeOf(int members, Random random) {
		DigestTree tree = new DigestTree();
		for (int i = 0; i < members; i++) {
			tree.onRecordChanged(random.nextLong(), 0, random.nextLong() | 1);
		}
		return tree;
	}

}
