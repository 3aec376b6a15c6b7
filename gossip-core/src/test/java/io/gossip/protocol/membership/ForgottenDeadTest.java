package io.gossip.protocol.membership;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ForgottenDeadTest {

	@Test
	void oneStartAtOneIncarnationIsRemembered() {
		ForgottenDead forgotten = new ForgottenDead(1);
		assertThat(forgotten.contains(7, 1, 3)).isFalse();
		forgotten.add(7, 1, 3);
		assertThat(forgotten.contains(7, 1, 3)).isTrue();
		assertThat(forgotten.contains(7, 1, 4)).isFalse();
		assertThat(forgotten.contains(7, 2, 3)).isFalse();
		assertThat(forgotten.contains(8, 1, 3)).isFalse();
	}

	@Test
	void mostOfAsManyAsItsCapacityAreRememberedAndNobodyElse() {
		ForgottenDead forgotten = new ForgottenDead(2048);
		int remembered = 0;
		int mistaken = 0;
		for (int id = 1; id <= 2048; id++) {
			forgotten.add(id, 1, 1);
		}
		for (int id = 1; id <= 2048; id++) {
			remembered += forgotten.contains(id, 1, 1) ? 1 : 0;
			mistaken += forgotten.contains(-id, 1, 1) ? 1 : 0;
		}
		assertThat(remembered).isGreaterThan(2048 / 2);
		assertThat(mistaken).isZero();
	}

}
