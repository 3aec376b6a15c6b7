package io.gossip.protocol.rumor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RumorQueueTest {

	private static final RumorSink TAKES_ALL = (slot, kind, accuser, born) -> RumorSink.Verdict.WRITTEN;

	@Test
	void theQueueAgreesWithASimpleModelAfterAnyOperations() {
		for (long seed = 0; seed < 60; seed++) {
			Random random = new Random(seed);
			int sendsMax = 1 + random.nextInt(8);
			int capacity = 16 + random.nextInt(32);
			RumorQueue queue = new RumorQueue(capacity, sendsMax);
			Model model = new Model(capacity);
			for (int step = 0; step < 2000; step++) {
				String where = "seed " + seed + " step " + step;
				int slot = random.nextInt(40);
				switch (random.nextInt(8)) {
					case 0 -> {
						queue.retract(slot);
						model.rumors.removeIf((rumor) -> rumor.slot == slot);
					}
					case 1 -> {
						queue.retractLiveness(slot);
						model.rumors.removeIf((rumor) -> rumor.slot == slot && rumor.kind == RumorKind.LIVENESS);
					}
					case 2, 3 -> drain(random, queue, model, sendsMax, where);
					default -> {
						RumorKind kind = random.nextBoolean() ? RumorKind.LIVENESS : RumorKind.RECORD;
						long accuser = random.nextInt(3);
						boolean urgent = random.nextInt(4) == 0;
						assertThat(queue.offer(slot, kind, accuser, urgent, step)).as(where)
							.isEqualTo(model.offer(slot, kind, accuser, urgent, step));
					}
				}
				assertThat(queue.size()).as(where).isEqualTo(model.rumors.size()).isLessThanOrEqualTo(capacity);
				assertThat(queue.fresh()).as(where)
					.isEqualTo((int) model.rumors.stream().filter((rumor) -> rumor.sends == 0).count());
			}
			queue.clear();
			assertThat(queue.size()).isZero();
			assertThat(queue.drainTo(TAKES_ALL, 1)).isZero();
		}
	}

	private static void drain(Random random, RumorQueue queue, Model model, int sendsMax, String where) {
		int room = random.nextInt(12);
		int limit = 1 + random.nextInt(10);
		int receivers = 1 + random.nextInt(3);
		boolean fresh = random.nextBoolean();
		List<String> seen = new ArrayList<>();
		RumorSink sink = (slot, kind, accuser, born) -> {
			if (slot % 7 == 0) {
				return RumorSink.Verdict.SKIPPED;
			}
			if (seen.size() >= room) {
				return RumorSink.Verdict.FULL;
			}
			seen.add(slot + " " + kind + " " + accuser + " " + born);
			return RumorSink.Verdict.WRITTEN;
		};
		int count = fresh ? queue.drainFreshTo(sink, receivers, limit) : queue.drainTo(sink, limit);
		List<String> expected = model.drain(room, fresh, fresh ? receivers : 1, Math.min(limit, sendsMax));
		assertThat(seen).as(where).isEqualTo(expected);
		assertThat(count).as(where).isEqualTo(expected.size());
	}

	@Test
	void whatIsUrgentGoesFirstThenWhatWasSentLeastThenWhatIsOldest() {
		RumorQueue queue = new RumorQueue(16, 8);
		queue.offer(1, RumorKind.LIVENESS, 0, false, 0);
		queue.offer(2, RumorKind.LIVENESS, 0, false, 0);
		assertThat(slots(queue, 1)).containsExactly(1);
		queue.offer(3, RumorKind.LIVENESS, 0, true, 0);
		assertThat(slots(queue, 9)).containsExactly(3, 2, 1);
	}

	@Test
	void aRumorIsSentAsOftenAsTheLimitSays() {
		for (int limit = 1; limit <= 10; limit++) {
			RumorQueue queue = new RumorQueue(16, 8);
			queue.offer(1, RumorKind.RECORD, 0, false, 0);
			int sends = 0;
			while (queue.drainTo(TAKES_ALL, limit) > 0) {
				sends++;
			}
			assertThat(sends).isEqualTo(Math.min(limit, 8));
			assertThat(queue.size()).isZero();
		}
	}

	@Test
	void aFewRumorsThatDoNotFitDoNotBlockThoseThatDo() {
		RumorQueue queue = new RumorQueue(16, 8);
		for (int slot = 0; slot < 6; slot++) {
			queue.offer(slot, RumorKind.LIVENESS, 0, false, 0);
		}
		List<Integer> written = new ArrayList<>();
		queue.drainTo((slot, kind, accuser, born) -> {
			if (slot < 3) {
				return RumorSink.Verdict.FULL;
			}
			written.add(slot);
			return RumorSink.Verdict.WRITTEN;
		}, 8);
		assertThat(written).containsExactly(3, 4, 5);
	}

	@Test
	void accusationsByDifferentMembersWaitBesideEachOtherAndContentReplacesContent() {
		RumorQueue queue = new RumorQueue(16, 8);
		queue.offer(1, RumorKind.LIVENESS, 7, false, 0);
		queue.offer(1, RumorKind.LIVENESS, 8, false, 0);
		queue.offer(1, RumorKind.LIVENESS, 7, false, 0);
		assertThat(queue.size()).isEqualTo(2);
		queue.offer(1, RumorKind.RECORD, 7, false, 0);
		queue.offer(1, RumorKind.RECORD, 8, false, 0);
		assertThat(queue.size()).isEqualTo(3);
	}

	@Test
	void anUrgentRumorTakesThePlaceOfTheOrdinaryOneThatWasSentMost() {
		RumorQueue queue = new RumorQueue(2, 8);
		queue.offer(1, RumorKind.LIVENESS, 0, false, 0);
		queue.drainTo(TAKES_ALL, 8);
		queue.offer(2, RumorKind.LIVENESS, 0, false, 0);
		assertThat(queue.offer(3, RumorKind.LIVENESS, 0, false, 0)).isFalse();
		assertThat(queue.offer(4, RumorKind.LIVENESS, 0, true, 0)).as("a rumor is lost").isFalse();
		assertThat(slots(queue, 9)).containsExactly(4, 2);
		queue.offer(5, RumorKind.LIVENESS, 0, true, 0);
		assertThat(queue.offer(6, RumorKind.LIVENESS, 0, true, 0)).isFalse();
		assertThat(slots(queue, 9)).as("among the urgent nobody gives way").containsExactlyInAnyOrder(4, 5);
	}

	private static List<Integer> slots(RumorQueue queue, int room) {
		List<Integer> slots = new ArrayList<>();
		queue.drainTo((slot, kind, accuser, born) -> {
			if (slots.size() >= room) {
				return RumorSink.Verdict.FULL;
			}
			slots.add(slot);
			return RumorSink.Verdict.WRITTEN;
		}, 64);
		return slots;
	}

	/** The rules, as plainly as can be. */
	private static final class Model {

		private final int capacity;

		private final List<Rumor> rumors = new ArrayList<>();

		private long order;

		Model(int capacity) {
			this.capacity = capacity;
		}

		boolean offer(int slot, RumorKind kind, long accuser, boolean urgent, long born) {
			Rumor known = null;
			for (Rumor rumor : this.rumors) {
				if (rumor.slot == slot && rumor.kind == kind
						&& (kind == RumorKind.RECORD || rumor.accuser == accuser)) {
					known = rumor;
				}
			}
			boolean room = known != null || this.rumors.size() < this.capacity;
			if (!room) {
				Rumor victim = this.rumors.stream()
					.filter((rumor) -> !rumor.urgent)
					.max(Comparator.<Rumor>comparingInt((rumor) -> rumor.sends)
						.thenComparing((one, two) -> Long.compare(two.order, one.order)))
					.orElse(null);
				if (!urgent || victim == null) {
					return false;
				}
				this.rumors.remove(victim);
			}
			Rumor fresh = new Rumor(slot, kind, (known != null) ? known.accuser : accuser, urgent, born);
			fresh.order = this.order++;
			this.rumors.remove(known);
			this.rumors.add(fresh);
			return room;
		}

		List<String> drain(int room, boolean onlyFresh, int receivers, int limit) {
			List<Rumor> inOrder = new ArrayList<>(this.rumors);
			inOrder.sort(Comparator.<Rumor>comparingInt((rumor) -> rumor.urgent ? 0 : 1)
				.thenComparingInt((rumor) -> rumor.sends)
				.thenComparingLong((rumor) -> rumor.order));
			List<Rumor> picked = inOrder.stream()
				.filter((rumor) -> rumor.slot % 7 != 0 && (!onlyFresh || rumor.sends == 0))
				.limit(room)
				.toList();
			for (Rumor rumor : picked) {
				rumor.sends += receivers;
				rumor.order = this.order++;
				if (rumor.sends >= limit) {
					this.rumors.remove(rumor);
				}
			}
			return picked.stream()
				.map((rumor) -> rumor.slot + " " + rumor.kind + " " + rumor.accuser + " " + rumor.born)
				.toList();
		}

	}

	private static final class Rumor {

		private final int slot;

		private final RumorKind kind;

		private final long accuser;

		private final boolean urgent;

		private final long born;

		private int sends;

		private long order;

		Rumor(int slot, RumorKind kind, long accuser, boolean urgent, long born) {
			this.slot = slot;
			this.kind = kind;
			this.accuser = accuser;
			this.urgent = urgent;
			this.born = born;
		}

	}

}
