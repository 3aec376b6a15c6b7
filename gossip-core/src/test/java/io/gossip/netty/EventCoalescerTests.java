package io.gossip.netty;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.gossip.MembershipEvent;
import io.gossip.MembershipEvent.Failed;
import io.gossip.MembershipEvent.Joined;
import io.gossip.MembershipEvent.Left;
import io.gossip.MembershipEvent.Recovered;
import io.gossip.MembershipEvent.Suspected;
import io.gossip.MembershipEvent.Updated;
import org.junit.jupiter.api.Test;

import static io.gossip.netty.Events.failed;
import static io.gossip.netty.Events.joined;
import static io.gossip.netty.Events.left;
import static io.gossip.netty.Events.member;
import static io.gossip.netty.Events.recovered;
import static io.gossip.netty.Events.suspected;
import static io.gossip.netty.Events.updated;
import static org.assertj.core.api.Assertions.assertThat;

class EventCoalescerTests {

	private static List<MembershipEvent> coalesce(MembershipEvent... events) {
		ArrayDeque<MembershipEvent> queue = new ArrayDeque<>(List.of(events));
		int gone = EventCoalescer.coalesce(queue);
		assertThat(gone).isEqualTo(events.length - queue.size());
		return new ArrayList<>(queue);
	}

	@Test
	void whoJoinedAndWentWasNeverThere() {
		assertThat(coalesce(joined(1), suspected(1), failed(1))).isEmpty();
		assertThat(coalesce(joined(1), left(1), joined(2))).containsExactly(joined(2));
	}

	@Test
	void aSuspicionThatWasRefutedNeverHappened() {
		assertThat(coalesce(suspected(1), recovered(1))).isEmpty();
		assertThat(coalesce(recovered(1), suspected(1))).isEmpty();
		assertThat(coalesce(suspected(1), recovered(1), suspected(1))).containsExactly(suspected(1));
	}

	@Test
	void theEndOfAMemberRemains() {
		assertThat(coalesce(suspected(1), failed(1))).containsExactly(failed(1));
		assertThat(coalesce(failed(1), joined(1), left(1))).containsExactly(left(1));
	}

	@Test
	void aConflictRemainsOnce() {
		MembershipEvent conflicted = new MembershipEvent.Conflicted(member(1), 1, member(1).address());
		assertThat(coalesce(conflicted, conflicted)).containsExactly(conflicted);
		assertThat(coalesce(failed(2), conflicted, left(3))).containsExactly(failed(2), conflicted, left(3));
	}

	@Test
	void aReturnRemains() {
		assertThat(coalesce(failed(1), joined(1), suspected(1))).containsExactly(failed(1), joined(1), suspected(1));
	}

	@Test
	void severalUpdatesAreOne() {
		assertThat(coalesce(updated(1, 1, 2), updated(1, 2, 3))).containsExactly(updated(1, 1, 3));
		assertThat(coalesce(joined(1), updated(1, 1, 2))).containsExactly(new Joined(member(1, 2), 1));
	}

	@Test
	void aListenerEndsUpWithTheSameMembersWhateverHappened() {
		Random random = new Random(5);
		for (int round = 0; round < 2000; round++) {
			Map<Integer, String> world = new HashMap<>();
			List<MembershipEvent> told = history(random, world, 20);
			List<MembershipEvent> waiting = history(random, world, 60);
			ArrayDeque<MembershipEvent> queue = new ArrayDeque<>(waiting);
			EventCoalescer.coalesce(queue);
			assertThat(queue.size()).isLessThanOrEqualTo(waiting.size());
			List<MembershipEvent> seen = new ArrayList<>(told);
			seen.addAll(queue);
			assertThat(replayed(seen)).isEqualTo(world);
		}
	}

	/** Plausible events, which change a world of members and their states. */
	private static List<MembershipEvent> history(Random random, Map<Integer, String> world, int length) {
		List<MembershipEvent> events = new ArrayList<>();
		for (int i = 0; i < length; i++) {
			int number = 1 + random.nextInt(5);
			String state = world.get(number);
			MembershipEvent event;
			if (state == null) {
				event = joined(number);
			}
			else {
				int version = Integer.parseInt(state.substring(1));
				event = switch (random.nextInt(5)) {
					case 0 -> new Failed(member(number, version), 1, null, 0, Duration.ZERO);
					case 1 -> new Left(member(number, version), 1);
					case 2 -> updated(number, version, version + 1);
					default -> (state.startsWith("a")) ? new Suspected(member(number, version), 1, member(9).id())
							: new Recovered(member(number, version), 2);
				};
			}
			apply(event, world);
			events.add(event);
		}
		return events;
	}

	private static Map<Integer, String> replayed(List<MembershipEvent> events) {
		Map<Integer, String> world = new HashMap<>();
		events.forEach((event) -> apply(event, world));
		return world;
	}

	private static void apply(MembershipEvent event, Map<Integer, String> world) {
		int number = (int) event.member().id().value();
		int version = event.member().contentVersion();
		String state = world.get(number);
		if (event instanceof Joined) {
			assertThat(state).as("opens").isNull();
			world.put(number, "a" + version);
		}
		else if (event instanceof Failed || event instanceof Left) {
			assertThat(state).as("closes").isNotNull();
			world.remove(number);
		}
		else {
			assertThat(state).as("is in").isNotNull();
			String letter = (event instanceof Suspected) ? "s" : "a";
			if (event instanceof Updated) {
				letter = String.valueOf(state).substring(0, 1);
				world.put(number, letter + version);
			}
			else {
				world.put(number, letter + String.valueOf(state).substring(1));
			}
		}
	}

}
