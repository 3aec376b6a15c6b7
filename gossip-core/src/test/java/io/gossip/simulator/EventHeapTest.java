package io.gossip.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EventHeapTest {

	private final EventHeap heap = new EventHeap();

	@Test
	void eventsComeOutByTimeAndThoseOfOneInstantAsTheyWentIn() {
		SeededRandom random = new SeededRandom(11);
		List<long[]> expected = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			long time = random.nextLong(500);
			expected.add(new long[] { time, i });
			this.heap.push(time, EventKind.TIMER, i, 0, PacketSlab.NONE, 0);
		}
		expected.sort(Comparator.comparingLong((long[] event) -> event[0]).thenComparingLong((event) -> event[1]));
		for (long[] event : expected) {
			assertThat(this.heap.nextTimeNanos()).isEqualTo(event[0]);
			this.heap.pop();
			assertThat(this.heap.timeNanos()).isEqualTo(event[0]);
			assertThat(this.heap.target()).isEqualTo((int) event[1]);
		}
		assertThat(this.heap.isEmpty()).isTrue();
	}

	@Test
	void anEventKeepsItsFieldsThoughSlotsAreUsedAgain() {
		SeededRandom random = new SeededRandom(12);
		long now = 0;
		for (int i = 0; i < 20_000; i++) {
			this.heap.push(now + random.nextLong(1000), EventKind.DATAGRAM, i, i + 1, i + 2, i + 3L);
			if (this.heap.size() > 50) {
				this.heap.pop();
				int target = this.heap.target();
				assertThat(this.heap.timeNanos()).isGreaterThanOrEqualTo(now);
				now = this.heap.timeNanos();
				assertThat(this.heap.kind()).isEqualTo(EventKind.DATAGRAM);
				assertThat(this.heap.argument()).isEqualTo(target + 1);
				assertThat(this.heap.packet()).isEqualTo(target + 2);
				assertThat(this.heap.value()).isEqualTo(target + 3L);
			}
		}
	}

	@Test
	void nothingCanBeTakenFromAnEmptyHeap() {
		assertThatIllegalStateException().isThrownBy(this.heap::pop);
	}

}
