package io.gossip.protocol.rumor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
			Model model = new Model(capacity, sendsMax);
			for (int step = 0; step < 2000; step++) {
				String where = "seed " + seed + " step " + step;
				int slot = random.nextInt(40);
				switch (random.nextInt(8)) {
					case 0 -> {
						queue.retract(slot);
						model.retract(slot);
					}
					case 1 -> {
						queue.retractLiveness(slot);
						model.retractLiveness(slot);
					}
					case 2, 3 -> drain(random, queue, model, sendsMax, where);
					default -> {
						RumorKind kind = random.nextBoolean() ? RumorKind.LIVENESS : RumorKind.RECORD;
						long accuser = random.nextInt(3);
						RumorPriority priority = RumorPriority.values()[random.nextInt(3)];
						assertThat(queue.offer(slot, kind, accuser, priority, step)).as(where)
							.isEqualTo(model.offer(slot, kind, accuser, priority, step));
					}
				}
				assertThat(queue.size()).as(where).isEqualTo(model.rumors.size()).isLessThanOrEqualTo(capacity);
				assertThat(queue.fresh()).as(where)
					.isEqualTo((int) model.rumors.stream().filter(Rumor::isFresh).count());
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
		queue.offer(1, RumorKind.LIVENESS, 0, RumorPriority.STATE, 0);
		queue.offer(2, RumorKind.LIVENESS, 0, RumorPriority.STATE, 0);
		assertThat(slots(queue, 1)).containsExactly(1);
		queue.offer(3, RumorKind.LIVENESS, 0, RumorPriority.URGENT, 0);
		assertThat(slots(queue, 9)).containsExactly(3, 2, 1);
	}

	@Test
	void theOldestIsThatOfTheRumorsThatAreNextInTurn() {
		RumorQueue queue = new RumorQueue(8, 4);
		assertThat(queue.oldestNanos(-1)).isEqualTo(-1);
		queue.offer(1, RumorKind.LIVENESS, 0, RumorPriority.STATE, 70);
		queue.offer(2, RumorKind.RECORD, 0, RumorPriority.CONTENT, 50);
		queue.offer(3, RumorKind.RECORD, 0, RumorPriority.CONTENT, 30);
		assertThat(queue.oldestNanos(-1)).as("the third waits behind the second").isEqualTo(50);
		queue.retract(2);
		assertThat(queue.oldestNanos(-1)).isEqualTo(30);
		queue.clear();
		assertThat(queue.oldestNanos(-1)).isEqualTo(-1);
	}

	@Test
	void aRumorIsSentAsOftenAsTheLimitSays() {
		for (int limit = 1; limit <= 10; limit++) {
			RumorQueue queue = new RumorQueue(16, 8);
			queue.offer(1, RumorKind.RECORD, 0, RumorPriority.STATE, 0);
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
			queue.offer(slot, RumorKind.LIVENESS, 0, RumorPriority.STATE, 0);
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
		queue.offer(1, RumorKind.LIVENESS, 7, RumorPriority.STATE, 0);
		queue.offer(1, RumorKind.LIVENESS, 8, RumorPriority.STATE, 0);
		queue.offer(1, RumorKind.LIVENESS, 7, RumorPriority.STATE, 0);
		assertThat(queue.size()).isEqualTo(2);
		queue.offer(1, RumorKind.RECORD, 7, RumorPriority.STATE, 0);
		queue.offer(1, RumorKind.RECORD, 8, RumorPriority.STATE, 0);
		assertThat(queue.size()).isEqualTo(3);
	}

	@Test
	void anUrgentRumorTakesThePlaceOfTheOrdinaryOneThatWasSentMost() {
		RumorQueue queue = new RumorQueue(2, 8);
		queue.offer(1, RumorKind.LIVENESS, 0, RumorPriority.STATE, 0);
		queue.drainTo(TAKES_ALL, 8);
		queue.offer(2, RumorKind.LIVENESS, 0, RumorPriority.STATE, 0);
		assertThat(queue.offer(3, RumorKind.LIVENESS, 0, RumorPriority.STATE, 0)).isFalse();
		assertThat(queue.offer(4, RumorKind.LIVENESS, 0, RumorPriority.URGENT, 0)).as("a rumor is lost").isFalse();
		assertThat(slots(queue, 9)).containsExactly(4, 2);
		queue.offer(5, RumorKind.LIVENESS, 0, RumorPriority.URGENT, 0);
		assertThat(queue.offer(6, RumorKind.LIVENESS, 0, RumorPriority.URGENT, 0)).isFalse();
		assertThat(slots(queue, 9)).as("among the urgent nobody gives way").containsExactlyInAnyOrder(4, 5);
	}

	@Test
	void whoChangesAllTheTimeOnlyDelaysItself() {
		// Packets with room for one rumor; member 9 changes before each of them.
		RumorQueue queue = new RumorQueue(64, 8);
		List<Integer> told = new ArrayList<>();
		for (int packet = 0; packet < 40; packet++) {
			queue.offer(9, RumorKind.RECORD, 0, RumorPriority.CONTENT, packet);
			told.addAll(slots(queue, 1));
		}
		for (int slot = 1; slot <= 5; slot++) {
			queue.offer(slot, RumorKind.RECORD, 0, RumorPriority.CONTENT, 0);
		}
		told.clear();
		for (int packet = 0; packet < 5 * 6 + 10; packet++) {
			queue.offer(9, RumorKind.RECORD, 0, RumorPriority.CONTENT, packet);
			assertThat(queue.drainFreshTo((slot, kind, accuser, born) -> {
				assertThat(slot).as("it is not pushed at once").isNotEqualTo(9);
				return RumorSink.Verdict.FULL;
			}, 3, 6)).isZero();
			told.addAll(slots(queue, 1, 6));
		}
		assertThat(told.subList(0, 30)).as("the others are told as if it were not there").doesNotContain(9);
		assertThat(told.subList(30, 40)).as("and then it is told").containsOnly(9);
	}

	@Test
	void whoHasComeToRestIsToldLikeTheOthersAgain() {
		RumorQueue queue = new RumorQueue(64, 8);
		for (int packet = 0; packet < 40; packet++) {
			queue.offer(9, RumorKind.RECORD, 0, RumorPriority.CONTENT, packet);
			slots(queue, 1);
		}
		assertThat(queue.fresh()).isZero();
		while (queue.size() > 0) {
			slots(queue, 1);
		}
		queue.offer(9, RumorKind.RECORD, 0, RumorPriority.CONTENT, 0);
		assertThat(queue.fresh()).isOne();
	}

	@Test
	void whoseStateFlipsAllTheTimeOnlyDelaysItselfToo() {
		RumorQueue queue = new RumorQueue(64, 8);
		for (int packet = 0; packet < 40; packet++) {
			queue.retractLiveness(9);
			queue.offer(9, RumorKind.LIVENESS, 0, RumorPriority.STATE, packet);
			slots(queue, 1);
		}
		queue.offer(1, RumorKind.LIVENESS, 0, RumorPriority.STATE, 0);
		assertThat(slots(queue, 1)).containsExactly(1);
		queue.retract(9);
		queue.offer(9, RumorKind.LIVENESS, 0, RumorPriority.STATE, 0);
		assertThat(slots(queue, 1)).as("another member in its place has nothing to do with it").containsExactly(9);
	}

	@Test
	void noPriorityStarvesHoweverMuchThereIsOfTheOthers() {
		RumorQueue queue = new RumorQueue(4096, 8);
		int[] told = new int[3];
		for (int packet = 0; packet < 800; packet++) {
			for (RumorPriority priority : RumorPriority.values()) {
				queue.offer(packet * 3 + priority.ordinal(), RumorKind.RECORD, 0, priority, 0);
			}
			told[slots(queue, 1).get(0) % 3]++;
		}
		assertThat(told[RumorPriority.URGENT.ordinal()]).isEqualTo(400);
		assertThat(told[RumorPriority.STATE.ordinal()]).isEqualTo(200);
		assertThat(told[RumorPriority.CONTENT.ordinal()]).isEqualTo(200);
	}

	@Test
	void aShareThatIsNotNeededIsForTheOthers() {
		RumorQueue queue = new RumorQueue(4096, 8);
		for (int slot = 0; slot < 100; slot++) {
			queue.offer(slot, RumorKind.RECORD, 0, RumorPriority.CONTENT, 0);
		}
		assertThat(slots(queue, 100)).hasSize(100);
	}

	private static List<Integer> slots(RumorQueue queue, int room) {
		return slots(queue, room, 64);
	}

	private static List<Integer> slots(RumorQueue queue, int room, int sendsLimit) {
		List<Integer> slots = new ArrayList<>();
		queue.drainTo((slot, kind, accuser, born) -> {
			if (slots.size() >= room) {
				return RumorSink.Verdict.FULL;
			}
			slots.add(slot);
			return RumorSink.Verdict.WRITTEN;
		}, sendsLimit);
		return slots;
	}

	/** The rules, as plainly as can be. */
	private static final class Model {

		private static final RumorPriority[] ROUND = { RumorPriority.URGENT, RumorPriority.URGENT, RumorPriority.URGENT,
				RumorPriority.URGENT, RumorPriority.STATE, RumorPriority.STATE, RumorPriority.CONTENT,
				RumorPriority.CONTENT };

		private final int capacity;

		private final int sendsMax;

		private final List<Rumor> rumors = new ArrayList<>();

		/** By slot and kind. */
		private final Map<String, Integer> inVain = new HashMap<>();

		private long order;

		private int turn;

		Model(int capacity, int sendsMax) {
			this.capacity = capacity;
			this.sendsMax = sendsMax;
		}

		boolean offer(int slot, RumorKind kind, long accuser, RumorPriority priority, long born) {
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
					.filter((rumor) -> rumor.priority.compareTo(priority) > 0)
					.max(Comparator.<Rumor, RumorPriority>comparing((rumor) -> rumor.priority)
						.thenComparingInt((rumor) -> rumor.rank(this.sendsMax))
						.thenComparing((one, two) -> Long.compare(two.order, one.order)))
					.orElse(null);
				if (victim == null) {
					return false;
				}
				this.rumors.remove(victim);
			}
			Rumor fresh = new Rumor(slot, kind, (known != null) ? known.accuser : accuser, priority, born);
			if (known != null) {
				this.inVain.merge(fresh.key(), known.sends, Integer::sum);
			}
			fresh.behind = this.inVain.getOrDefault(fresh.key(), 0) > 12;
			fresh.order = this.order++;
			this.rumors.remove(known);
			this.rumors.add(fresh);
			return room;
		}

		void retract(int slot) {
			this.rumors.removeIf((rumor) -> rumor.slot == slot);
			for (RumorKind kind : RumorKind.values()) {
				this.inVain.remove(slot + " " + kind);
			}
		}

		void retractLiveness(int slot) {
			for (Rumor rumor : List.copyOf(this.rumors)) {
				if (rumor.slot == slot && rumor.kind == RumorKind.LIVENESS) {
					this.inVain.merge(rumor.key(), rumor.sends, Integer::sum);
					this.rumors.remove(rumor);
				}
			}
		}

		List<String> drain(int room, boolean onlyFresh, int receivers, int limit) {
			List<Rumor> wanted = new ArrayList<>(this.rumors);
			wanted.removeIf((rumor) -> rumor.slot % 7 == 0 || (onlyFresh && !rumor.isFresh()));
			wanted.sort(Comparator.<Rumor>comparingInt((rumor) -> (rumor.priority == ROUND[this.turn]) ? 0 : 1)
				.thenComparing((rumor) -> rumor.priority)
				.thenComparingInt((rumor) -> rumor.rank(this.sendsMax))
				.thenComparingLong((rumor) -> rumor.order));
			if (wanted.size() > room) {
				this.turn = (this.turn + 1) % ROUND.length;
			}
			List<Rumor> picked = wanted.stream().limit(room).toList();
			for (Rumor rumor : picked) {
				rumor.sends += receivers;
				rumor.order = this.order++;
				if (rumor.sends >= limit) {
					this.rumors.remove(rumor);
					this.inVain.remove(rumor.key());
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

		private final RumorPriority priority;

		private final long born;

		private boolean behind;

		private int sends;

		private long order;

		Rumor(int slot, RumorKind kind, long accuser, RumorPriority priority, long born) {
			this.slot = slot;
			this.kind = kind;
			this.accuser = accuser;
			this.priority = priority;
			this.born = born;
		}

		String key() {
			return this.slot + " " + this.kind;
		}

		boolean isFresh() {
			return this.sends == 0 && !this.behind;
		}

		int rank(int sendsMax) {
			return this.behind ? sendsMax : this.sends;
		}

	}

}
