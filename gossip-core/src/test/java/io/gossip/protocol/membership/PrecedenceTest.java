package io.gossip.protocol.membership;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

import io.gossip.MemberState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PrecedenceTest {

	private static final int ROUNDS = 20_000;

	@Test
	void livenessIsOrderedByIncarnationThenStateThenInstance() {
		for (MemberState lower : MemberState.values()) {
			for (MemberState higher : MemberState.values()) {
				assertThat(liveness(5, higher, 0)).as("a higher incarnation wins whatever the states are")
					.isGreaterThan(liveness(4, lower, -1));
				assertThat(Integer.signum(liveness(5, higher, 0).compareTo(liveness(5, lower, 9))))
					.as("%s against %s", higher, lower)
					.isEqualTo((higher == lower) ? -1 : Integer.signum(higher.ordinal() - lower.ordinal()));
			}
		}
		assertThat(List.of(MemberState.values())).containsExactly(MemberState.ALIVE, MemberState.SUSPECT,
				MemberState.DEAD, MemberState.LEFT);
	}

	@Test
	void instancesAreComparedAsUnsignedNumbers() {
		assertThat(liveness(1, MemberState.ALIVE, -1)).isGreaterThan(liveness(1, MemberState.ALIVE, 1));
		assertThat(content(1, Integer.MIN_VALUE)).isGreaterThan(content(1, Integer.MAX_VALUE));
	}

	@Test
	void contentIsOrderedByVersionThenInstance() {
		assertThat(content(2, 0)).isGreaterThan(content(1, -1));
		assertThat(content(2, 8)).isGreaterThan(content(2, 7));
		assertThat(content(2, 7)).isEqualByComparingTo(content(2, 7));
	}

	@Test
	void onlyTheSameClaimComparesAsTheSame() {
		long seed = 11;
		RandomGenerator random = new Random(seed);
		for (int round = 0; round < ROUNDS; round++) {
			Claim one = Claim.generate(random);
			Claim two = Claim.generate(random);
			assertThat(one.liveness.compareTo(two.liveness) == 0).as("seed %d round %d: %s, %s", seed, round, one, two)
				.isEqualTo(one.liveness.equals(two.liveness));
			assertThat(one.content.compareTo(two.content) == 0).as("seed %d round %d: %s, %s", seed, round, one, two)
				.isEqualTo(one.content.equals(two.content));
		}
	}

	@Test
	void mergingIsCommutative() {
		long seed = 12;
		RandomGenerator random = new Random(seed);
		for (int round = 0; round < ROUNDS; round++) {
			Claim one = Claim.generate(random);
			Claim two = Claim.generate(random);
			assertThat(one.merge(two)).as("seed %d round %d: %s, %s", seed, round, one, two).isEqualTo(two.merge(one));
		}
	}

	@Test
	void mergingIsAssociative() {
		long seed = 13;
		RandomGenerator random = new Random(seed);
		for (int round = 0; round < ROUNDS; round++) {
			Claim one = Claim.generate(random);
			Claim two = Claim.generate(random);
			Claim three = Claim.generate(random);
			assertThat(one.merge(two).merge(three)).as("seed %d round %d: %s, %s, %s", seed, round, one, two, three)
				.isEqualTo(one.merge(two.merge(three)));
		}
	}

	@Test
	void mergingIsIdempotent() {
		long seed = 14;
		RandomGenerator random = new Random(seed);
		for (int round = 0; round < ROUNDS; round++) {
			Claim one = Claim.generate(random);
			Claim two = Claim.generate(random);
			Claim merged = one.merge(two);
			assertThat(merged.merge(one)).as("seed %d round %d: %s, %s", seed, round, one, two).isEqualTo(merged);
			assertThat(merged.merge(two)).as("seed %d round %d: %s, %s", seed, round, one, two).isEqualTo(merged);
		}
	}

	@Test
	void theOrderInWhichClaimsArriveAndHowOftenDoesNotMatter() {
		long seed = 15;
		Random random = new Random(seed);
		for (int round = 0; round < 1000; round++) {
			List<Claim> claims = new ArrayList<>();
			for (int i = 0; i < 12; i++) {
				claims.add(Claim.generate(random));
			}
			Claim expected = mergeAll(claims);
			claims.addAll(claims.subList(0, random.nextInt(claims.size())));
			Collections.shuffle(claims, random);
			assertThat(mergeAll(claims)).as("seed %d round %d: %s", seed, round, claims).isEqualTo(expected);
		}
	}

	private static Claim mergeAll(List<Claim> claims) {
		Claim merged = claims.get(0);
		for (Claim claim : claims) {
			merged = merged.merge(claim);
		}
		return merged;
	}

	private static Liveness liveness(int incarnation, MemberState state, int instance) {
		return new Liveness(incarnation, state, instance);
	}

	private static Content content(int version, int instance) {
		return new Content(version, instance);
	}

	/** What is claimed of a member: both parts are merged by themselves. */
	private record Claim(Liveness liveness, Content content) {

		static Claim generate(RandomGenerator random) {
			// Few values, so that ties are common.
			return new Claim(new Liveness(random.nextInt(4), MemberState.of(random.nextInt(4)), random.nextInt(3) - 1),
					new Content(random.nextInt(4), random.nextInt(3) - 1));
		}

		Claim merge(Claim other) {
			return new Claim((other.liveness.compareTo(this.liveness) > 0) ? other.liveness : this.liveness,
					(other.content.compareTo(this.content) > 0) ? other.content : this.content);
		}

	}

	private record Liveness(int incarnation, MemberState state, int instance) implements Comparable<Liveness> {

		@Override
		public int compareTo(Liveness other) {
			return Precedence.compareLiveness(this.incarnation, this.state, this.instance, other.incarnation,
					other.state, other.instance);
		}

	}

	private record Content(int version, int instance) implements Comparable<Content> {

		@Override
		public int compareTo(Content other) {
			return Precedence.compareContent(this.version, this.instance, other.version, other.instance);
		}

	}

}
