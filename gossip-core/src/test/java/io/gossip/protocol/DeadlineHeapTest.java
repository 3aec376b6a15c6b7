package io.gossip.protocol;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineHeapTest {

	@ParameterizedTest
	@ValueSource(longs = { 0, -1000, Long.MAX_VALUE - 50 })
	void deadlinesComeInTheirOrderAndEqualOnesInTheOrderInWhichTheyWereSet(long origin) {
		for (long seed = 0; seed < 50; seed++) {
			Random random = new Random(seed);
			DeadlineHeap heap = new DeadlineHeap(1);
			Entry[] entries = new Entry[100];
			TreeSet<Entry> model = new TreeSet<>();
			for (int sequence = 0; sequence < 2000; sequence++) {
				int key = random.nextInt(entries.length);
				if (random.nextInt(3) == 0) {
					heap.cancel(key);
					remove(model, entries, key);
				}
				else {
					// Few values, so that many are equal; beyond the end of the numbers
					// too.
					long offset = random.nextInt(100);
					heap.set(key, origin + offset);
					remove(model, entries, key);
					entries[key] = new Entry(offset, sequence, key);
					model.add(entries[key]);
				}
				assertThat(heap.size()).isEqualTo(model.size());
				assertThat(heap.isEmpty()).isEqualTo(model.isEmpty());
				assertThat(heap.contains(key)).isEqualTo(entries[key] != null);
				if (!model.isEmpty()) {
					assertThat(heap.firstKey()).as("seed %d step %d", seed, sequence).isEqualTo(model.first().key);
					assertThat(heap.firstDeadline()).isEqualTo(origin + model.first().offset);
				}
				if (entries[key] != null) {
					assertThat(heap.deadlineOf(key)).isEqualTo(origin + entries[key].offset);
				}
			}
			while (!model.isEmpty()) {
				Entry first = model.pollFirst();
				assertThat(heap.firstKey()).as("seed %d", seed).isEqualTo(first.key);
				heap.cancel(first.key);
			}
			assertThat(heap.isEmpty()).isTrue();
		}
	}

	@Test
	void everyPlaceHoldsAKeyOnce() {
		DeadlineHeap heap = new DeadlineHeap(4);
		for (int key = 0; key < 50; key++) {
			heap.set(key, 50 - key);
		}
		boolean[] seen = new boolean[50];
		for (int place = 0; place < heap.size(); place++) {
			assertThat(seen[heap.keyAt(place)]).isFalse();
			seen[heap.keyAt(place)] = true;
		}
	}

	private static void remove(Set<Entry> model, Entry[] entries, int key) {
		if (entries[key] != null) {
			model.remove(entries[key]);
			entries[key] = null;
		}
	}

	private record Entry(long offset, long sequence, int key) implements Comparable<Entry> {

		@Override
		public int compareTo(Entry other) {
			return (this.offset != other.offset) ? Long.compare(this.offset, other.offset)
					: Long.compare(this.sequence, other.sequence);
		}

	}

}
