package io.gossip.protocol.wire;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotShareTest {

	private final RandomGenerator random = new SplittableRandom(5);

	@Test
	void everyMemberBelongsToExactlyOneShareHoweverManyThereAre() {
		for (int count = 1; count <= SnapshotShare.COUNT_MAX; count++) {
			for (long id : new long[] { 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, this.random.nextLong() }) {
				int shares = count;
				assertThat(IntStream.range(0, shares).filter((i) -> new SnapshotShare(i, shares).includes(id)))
					.as("%x of %d", id, shares)
					.hasSize(1);
			}
		}
	}

	@Test
	void sharesAreOfAboutTheSameSize() {
		int[] sizes = new int[SnapshotShare.COUNT_MAX];
		for (int member = 0; member < 100 * sizes.length; member++) {
			long id = this.random.nextLong();
			sizes[IntStream.range(0, sizes.length)
				.filter((i) -> new SnapshotShare(i, sizes.length).includes(id))
				.findFirst()
				.orElseThrow()]++;
		}
		assertThat(IntStream.of(sizes)).allSatisfy((size) -> assertThat(size).isBetween(50, 150));
	}

	@Test
	void asMuchAsIsFitAndTheWholeIncludeEverybodyAndAreNoParts() {
		for (SnapshotShare all : new SnapshotShare[] { SnapshotShare.ANY, SnapshotShare.WHOLE }) {
			assertThat(all.isPart()).isFalse();
			assertThat(all.includes(this.random.nextLong())).isTrue();
		}
	}

}
