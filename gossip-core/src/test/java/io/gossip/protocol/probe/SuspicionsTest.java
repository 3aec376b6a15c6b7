package io.gossip.protocol.probe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SuspicionsTest {

	@Test
	void refusalsCountOnceAnAccuserAndAlsoWhereNoMoreConfirmationsAreExpected() {
		for (int expected = 0; expected <= 8; expected++) {
			Suspicions suspicions = new Suspicions(9);
			suspicions.start(3, 100, 1, expected, 1000, 6000);
			for (int accuser = 2; accuser <= 9; accuser++) {
				suspicions.confirm(3, accuser);
			}
			assertThat(suspicions.refusers(3)).isZero();
			assertThat(suspicions.refuse(3, 1)).isTrue();
			assertThat(suspicions.refuse(3, 1)).isFalse();
			assertThat(suspicions.refuse(3, 0)).isFalse();
			assertThat(suspicions.refuse(4, 1)).isFalse();
			assertThat(suspicions.refuse(3, 77)).isTrue();
			assertThat(suspicions.refusers(3)).isEqualTo(2);
			assertThat(suspicions.hasRefused(3, 1)).isTrue();
			assertThat(suspicions.hasRefused(3, 77)).isTrue();
			assertThat(suspicions.hasRefused(3, 2)).isFalse();
			assertThat(suspicions.accuser(3)).isEqualTo(1);
		}
	}

	@Test
	void aHastenedSuspicionEndsSoonerAndNeverLaterAndASignOfLifeTakesThatBack() {
		Suspicions suspicions = new Suspicions(9);
		suspicions.start(3, 100, 1, 3, 1000, 6000);
		suspicions.hasten(3, 9000);
		assertThat(suspicions.deadlineNanos(3)).isEqualTo(6100);
		suspicions.start(3, 100, 1, 3, 1000, 6000);
		suspicions.refuse(3, 1);
		suspicions.hasten(3, 400);
		suspicions.hasten(3, 900);
		assertThat(suspicions.deadlineNanos(3)).isEqualTo(400);
		suspicions.extendAll(50);
		assertThat(suspicions.deadlineNanos(3)).isEqualTo(450);
		suspicions.start(5, 100, 1, 3, 1000, 6000);
		suspicions.start(6, 100, 1, 3, 1000, 6000);
		suspicions.end(5);
		assertThat(suspicions.deadlineNanos(3)).as("after others have ended").isEqualTo(450);
		suspicions.putOff(3, 200);
		assertThat(suspicions.refusers(3)).isZero();
		assertThat(suspicions.deadlineNanos(3)).isEqualTo(6200);
	}

	@Test
	void suspicionsAgreeWithASimpleModelAfterAnyOperations() {
		for (long seed = 0; seed < 50; seed++) {
			Random random = new Random(seed);
			Suspicions suspicions = new Suspicions(30);
			Map<Integer, Suspicion> model = new HashMap<>();
			long now = 0;
			for (int step = 0; step < 2000; step++) {
				now += random.nextInt(100);
				int slot = random.nextInt(60);
				long accuser = random.nextInt(12);
				Suspicion running = model.get(slot);
				switch (random.nextInt(6)) {
					case 0, 1 -> {
						if (running != null || !suspicions.isFull()) {
							int expected = random.nextInt(9);
							suspicions.start(slot, now, accuser, expected, 1000, 6000);
							model.put(slot, new Suspicion(now, accuser, expected));
						}
					}
					case 2, 3 -> {
						boolean counts = running != null && accuser != 0 && running.accusers.size() <= running.expected
								&& !running.accusers.contains(accuser);
						assertThat(suspicions.confirm(slot, accuser)).as("seed %d step %d", seed, step)
							.isEqualTo(counts);
						if (running != null && counts) {
							running.accusers.add(accuser);
						}
					}
					case 4 -> {
						suspicions.end(slot);
						model.remove(slot);
					}
					default -> {
						if (random.nextInt(10) == 0) {
							suspicions.extendAll(500);
							model.values().forEach((suspicion) -> suspicion.start += 500);
						}
					}
				}
				check(suspicions, model, slot);
			}
		}
	}

	private static void check(Suspicions suspicions, Map<Integer, Suspicion> model, int slot) {
		assertThat(suspicions.size()).isEqualTo(model.size()).isLessThanOrEqualTo(30);
		assertThat(suspicions.isFull()).isEqualTo(model.size() == 30);
		Suspicion running = model.get(slot);
		assertThat(suspicions.isRunning(slot)).isEqualTo(running != null);
		if (running != null) {
			assertThat(suspicions.startNanos(slot)).isEqualTo(running.start);
			assertThat(suspicions.accuser(slot)).isEqualTo(running.accusers.get(0));
			assertThat(suspicions.confirmations(slot)).isEqualTo(running.accusers.size() - 1);
			assertThat(suspicions.deadlineNanos(slot)).isEqualTo(
					running.start + SuspicionTimeout.nanos(running.accusers.size() - 1, running.expected, 1000, 6000));
		}
		else {
			assertThat(suspicions.accuser(slot)).isZero();
		}
		Set<Integer> slots = new HashSet<>();
		for (int place = 0; place < suspicions.size(); place++) {
			slots.add(suspicions.slotAt(place));
		}
		assertThat(slots).isEqualTo(model.keySet());
	}

	@Test
	void aSignOfLifeBeginsTheTimeAnewAndKeepsTheStart() {
		Suspicions suspicions = new Suspicions(4);
		suspicions.start(3, 100, 7, 2, 1000, 6000);
		suspicions.countAsk(3);
		assertThat(suspicions.asks(3)).isOne();
		assertThat(suspicions.earlyAskNanos(3)).isEqualTo(1100);
		suspicions.askEarlyAt(3, 1200);
		suspicions.countEarlyAsk(3);
		suspicions.putOff(3, 900);
		assertThat(suspicions.asks(3)).isZero();
		assertThat(suspicions.hasAskedEarly(3)).isFalse();
		assertThat(suspicions.earlyAskNanos(3)).isEqualTo(1900);
		suspicions.extendAll(50);
		assertThat(suspicions.earlyAskNanos(3)).isEqualTo(1950);
		suspicions.extendAll(-50);
		assertThat(suspicions.evidenceNanos(3)).isEqualTo(900);
		assertThat(suspicions.deadlineNanos(3)).isEqualTo(6900);
		assertThat(suspicions.startNanos(3)).isEqualTo(100);
	}

	@Test
	void whatMovesInThePoolKeepsAllItHas() {
		Suspicions suspicions = new Suspicions(4);
		suspicions.start(1, 10, 7, 2, 1000, 6000);
		suspicions.start(2, 20, 8, 3, 2000, 9000);
		suspicions.countAsk(2);
		suspicions.askEarlyAt(2, 2320);
		suspicions.putOff(1, 15);
		suspicions.end(1);
		assertThat(suspicions.asks(2)).isOne();
		assertThat(suspicions.evidenceNanos(2)).isEqualTo(20);
		assertThat(suspicions.deadlineNanos(2)).isEqualTo(9020);
		assertThat(suspicions.accuser(2)).isEqualTo(8);
		assertThat(suspicions.earlyAskNanos(2)).isEqualTo(2320);
	}

	private static final class Suspicion {

		private final List<Long> accusers = new ArrayList<>();

		private final int expected;

		private long start;

		Suspicion(long start, long accuser, int expected) {
			this.start = start;
			this.accusers.add(accuser);
			this.expected = expected;
		}

	}

}
