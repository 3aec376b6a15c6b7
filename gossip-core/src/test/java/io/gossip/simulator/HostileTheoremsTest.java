package io.gossip.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.protocol.DropReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one member that lies cannot do to the others, whatever it says in valid packets of
 * its own, a hundred and fifty a second.
 */
class HostileTheoremsTest {

	/** News, messages of the application and repair at their budgets, and probes. */
	private static final int BYTES_IN_ONE_SECOND_MAX = 200_000;

	private static final Set<Lie> ALL = EnumSet.allOf(Lie.class);

	/** A departure is its subject's own word, and is believed until it takes it back. */
	private static final Set<Lie> NO_DEPARTURES = EnumSet.complementOf(EnumSet.of(Lie.DEPARTURES));

	@Test
	void hardlyAnybodyIsDeclaredDeadAndAllComeToRestAgain() {
		// Deaths come in twos and threes: one late step answers nobody's doubts. So they
		// are counted over all runs.
		List<MembershipEvent> suspicions = new ArrayList<>();
		List<MembershipEvent> deaths = new ArrayList<>();
		for (long seed : new long[] { 1, 4, 6, 14 }) {
			hardlyAnybodyIsDeclaredDead(12, seed, Duration.ofMinutes(1), 2, suspicions, deaths);
		}
		assertHardlyAnybody(suspicions, deaths);
	}

	@Test
	void whatItSaysOfDeparturesIsTakenBack() {
		nothingLasts(12, 1, Duration.ofMinutes(1));
	}

	@ParameterizedTest
	@Tag("slow")
	@ValueSource(longs = { 1, 2 })
	void hardlyAnybodyOfSixtyIsDeclaredDeadInTenMinutesAndThenByOneAloneAndNotForLong(long seed) {
		List<MembershipEvent> suspicions = new ArrayList<>();
		List<MembershipEvent> deaths = new ArrayList<>();
		hardlyAnybodyIsDeclaredDead(60, seed, Duration.ofMinutes(10), 3, suspicions, deaths);
		assertHardlyAnybody(suspicions, deaths);
		assertThat(suspicions).as("suspicions of the healthy").hasSizeGreaterThan(100_000);
	}

	@ParameterizedTest
	@Tag("slow")
	@ValueSource(longs = { 1, 2 })
	void nothingThatItSaysToSixtyInTenMinutesLasts(long seed) {
		nothingLasts(60, seed, Duration.ofMinutes(10));
	}

	/**
	 * Some refutation is late now and then, where all accuse all all the time.
	 * @param pairsMax how many may be held dead by one other at a time
	 * @param suspicions takes the suspicions of the healthy
	 * @param deaths takes the deaths of the healthy
	 */
	private static void hardlyAnybodyIsDeclaredDead(int nodes, long seed, Duration duration, int pairsMax,
			List<MembershipEvent> suspicions, List<MembershipEvent> deaths) {
		Simulation world = world(nodes, seed);
		HostileNode hostile = new HostileNode(world, world.node(nodes), List.copyOf(NO_DEPARTURES));
		hostile.begin();
		for (int second = 0; second < duration.toSeconds(); second++) {
			world.run(Duration.ofSeconds(1));
			assertThat(pairs(world, nodes, MemberState.DEAD) + pairs(world, nodes, null))
				.as("dead after %s", world.now())
				.isLessThanOrEqualTo(pairsMax);
			assertThat(pairs(world, nodes, MemberState.LEFT)).as("left after %s", world.now()).isZero();
			assertTablesAreWithinLimits(world, nodes);
		}
		suspicions.addAll(events(world, nodes, MembershipEvent.Suspected.class));
		deaths.addAll(events(world, nodes, MembershipEvent.Failed.class));
		assertItTriedHard(world, hostile, duration.toSeconds());
		comeToRest(world, nodes, hostile);
	}

	private static void assertHardlyAnybody(List<MembershipEvent> suspicions, List<MembershipEvent> deaths) {
		assertThat(deaths).as("deaths among %,d suspicions of the healthy", suspicions.size())
			.hasSizeLessThanOrEqualTo(1 + suspicions.size() / 10_000);
	}

	private static void nothingLasts(int nodes, long seed, Duration duration) {
		Simulation world = world(nodes, seed);
		HostileNode hostile = new HostileNode(world, world.node(nodes), List.copyOf(ALL));
		hostile.begin();
		for (int second = 0; second < duration.toSeconds(); second++) {
			world.run(Duration.ofSeconds(1));
			assertTablesAreWithinLimits(world, nodes);
		}
		assertItTriedHard(world, hostile, duration.toSeconds());
		comeToRest(world, nodes, hostile);
	}

	/** As many members as wanted, and one more; the table has room for twice as many. */
	private static Simulation world(int nodes, long seed) {
		GossipConfig config = GossipConfig.builder()
			.limits((limits) -> limits.withMembersMax(2 * nodes)
				.withTombstonesMax(nodes)
				.withRumorsMax(256)
				.withSuspicionsMax(64)
				.withMessagesMax(64))
			.build();
		Simulation world = Worlds.up(Simulation.builder().nodes(nodes + 1).zones(3).seed(seed).config(config));
		// The budgets are those of a cluster that forms for half a minute.
		world.run(Duration.ofSeconds(40));
		// The rules that a liar breaks, such as to speak of members that do not exist.
		world.world().invariants().clear();
		world.require(new Invariants.PacketsWithinBudget(world));
		world.require(new Invariants.StepsAreBounded());
		world.require(new Invariants.QueuesWithinLimits(world));
		world.statistics().reset();
		return world;
	}

	private static void assertNobodyIs(Simulation world, int nodes, Set<MemberState> states) {
		for (SimulatedNode observer : world.nodes().subList(0, nodes)) {
			for (SimulatedNode subject : world.nodes().subList(0, nodes)) {
				assertThat(observer.stateOf(subject)).as("%s at %s after %s", subject, observer, world.now())
					.isNotNull()
					.isNotIn(states);
			}
		}
	}

	private static void assertTablesAreWithinLimits(Simulation world, int nodes) {
		for (SimulatedNode node : world.nodes().subList(0, nodes)) {
			assertThat(node.view().all().size()).as("members at %s", node)
				.isLessThanOrEqualTo(world.config().limits().membersMax());
		}
	}

	/** In how many pairs of the healthy one holds the other in a state; null is none. */
	private static int pairs(Simulation world, int nodes, @Nullable MemberState state) {
		int pairs = 0;
		for (SimulatedNode observer : world.nodes().subList(0, nodes)) {
			for (SimulatedNode subject : world.nodes().subList(0, nodes)) {
				pairs += (observer.stateOf(subject) == state) ? 1 : 0;
			}
		}
		return pairs;
	}

	/** What the healthy have heard of each other. */
	private static List<MembershipEvent> events(Simulation world, int nodes, Class<? extends MembershipEvent> kind) {
		List<MembershipEvent> events = new ArrayList<>();
		for (SimulatedNode observer : world.nodes().subList(0, nodes)) {
			for (MembershipEvent event : observer.events(kind)) {
				SimulatedNode subject = world.statistics().nodeOf(event.member());
				if (subject != null && subject.index() < nodes) {
					events.add(event);
				}
			}
		}
		return events;
	}

	private static void assertItTriedHard(Simulation world, HostileNode hostile, long seconds) {
		assertThat(hostile.packets()).as("hostile packets").isGreaterThan(100 * seconds);
		// A million in ten minutes.
		assertThat(hostile.fakes()).as("fake members").isGreaterThan(1_000_000 / 600 * seconds);
		assertThat(world.statistics().drops(DropReason.MALFORMED)).as("packets that are not valid").isZero();
		assertThat(world.statistics().drops(DropReason.TRUNCATED)).as("packets that are cut short").isZero();
		for (DropReason reason : List.of(DropReason.MEMBERS_LIMIT, DropReason.IMPLAUSIBLE, DropReason.ACCUSATIONS_LIMIT,
				DropReason.CORRECTIONS_LIMIT, DropReason.RATE_LIMIT)) {
			assertThat(world.statistics().drops(reason)).as("%s", reason).isPositive();
		}
	}

	private static void comeToRest(Simulation world, int nodes, HostileNode hostile) {
		hostile.stop();
		boolean isCalm = false;
		for (int halfMinutes = 0; halfMinutes < 30 && !isCalm; halfMinutes++) {
			isCalm = true;
			for (int second = 0; second < 30; second++) {
				world.run(Duration.ofSeconds(1));
				isCalm &= world.isConverged();
			}
			isCalm &= world.nodes()
				.subList(0, nodes)
				.stream()
				.allMatch((node) -> node.engine().suspicionsRunning() == 0);
		}
		assertThat(isCalm).as("one hash again, and rest").isTrue();
		for (int node = 0; node < nodes; node++) {
			assertThat(world.statistics().bursts().max(node)).as("bytes in a second of %s", world.node(node))
				.isLessThan(BYTES_IN_ONE_SECOND_MAX);
		}
		world.validate();
		assertNobodyIs(world, nodes, EnumSet.of(MemberState.SUSPECT, MemberState.DEAD, MemberState.LEFT));
	}

}
