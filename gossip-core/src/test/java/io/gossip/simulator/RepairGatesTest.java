package io.gossip.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What anti-entropy, joining and healing must hold, at default settings and for five
 * seeds. Each run is printed as a line of a table, and added to {@code target/gates.md}.
 */
@Tag("gate")
class RepairGatesTest {

	private static final int BYTES_MAX = 50_000;

	private static final Duration STEP = Duration.ofMillis(100);

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5 })
	void twoThousandComeUpThroughOneSeed(int seed) throws IOException {
		String command = "join --nodes 2000 --seeds 1 --metadata 60 --duration 1s";
		String json = Gates.simulate(command + " --seed " + seed);
		double seconds = Gates.figure(json, "joinMillis.max") / 1000;
		double seedBytes = Gates.figure(json, "seedBytesInOneSecondMax");
		double otherBytes = Gates.figure(json, "otherBytesInOneSecondMax");
		row("`" + command + "`", seed,
				"all know all after %.1f s (10); seed %,.0f B/s (2,000,000), others %,.0f B/s (500,000)", seconds,
				seedBytes, otherBytes);
		assertThat(seconds).isLessThanOrEqualTo(10);
		assertThat(seedBytes).isLessThanOrEqualTo(2e6);
		assertThat(otherBytes).isLessThanOrEqualTo(500e3);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5 })
	void tenThousandComeUpThroughThreeSeeds(int seed) throws IOException {
		String command = "join --nodes 10000 --seeds 3 --metadata 60 --duration 1s";
		String json = Gates.simulate(command + " --seed " + seed);
		double seconds = Gates.figure(json, "joinMillis.max") / 1000;
		double seedBytes = Gates.figure(json, "seedBytesInOneSecondMax");
		row("`" + command + "`", seed, "all know all after %.1f s (30); a seed %,.0f B/s (4,000,000)", seconds,
				seedBytes);
		assertThat(seconds).isLessThanOrEqualTo(30);
		assertThat(seedBytes).isLessThanOrEqualTo(4e6);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5 })
	void oneMoreOfTenThousandSeesAllAndIsSeenByAll(int seed) throws IOException {
		Simulation world = warm(10_000, 1, seed);
		SimulatedNode newcomer = world.addNode();
		long startNanos = world.world().nowNanos();
		List<Long> seen = new ArrayList<>();
		world.listen((observer, atNanos, event) -> {
			if (event instanceof MembershipEvent.Joined && event.member().id().equals(newcomer.id())) {
				seen.add(atNanos - startNanos);
			}
		});
		newcomer.start();
		double sees = secondsUntil(world, (all) -> newcomer.view().size() == 10_001, 10);
		secondsUntil(world, (all) -> seen.size() == 10_000, 10);
		double isSeen = seen.stream().mapToLong(Long::longValue).max().orElse(0) / 1e9;
		row("one node joins 10,000", seed, "it sees all after %.2f s (2), %d see it after %.2f s (2)", sees,
				seen.size(), isSeen);
		assertThat(seen).hasSize(10_000);
		assertThat(sees).isLessThanOrEqualTo(2);
		assertThat(isSeen).isLessThanOrEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource({ "1, 5", "2, 5", "3, 5", "4, 5", "5, 5", "1, 10", "2, 10", "3, 10", "4, 10", "5, 10" })
	void threeZonesAgreeAfterOneWasCutOff(int seed, int minutes) throws IOException {
		ZoneHeal heal = new ZoneHeal(warm(6000, 3, seed), Duration.ofMinutes(minutes), 60);
		heal.play();
		row("3 x 2,000, one zone cut for " + minutes + " min", seed,
				"99 %% agree after %.1f s, all after %.1f s; %,d B/s in the cut, %,d B/s after the heal (50,000);"
						+ " wrong Failed %d",
				heal.mostSeconds(), heal.allSeconds(), heal.bytesInTheCut(), heal.bytesAfterwards(),
				heal.wrongFailures());
		assertThat(heal.wrongFailures()).isZero();
		assertThat(heal.allSeconds()).isLessThanOrEqualTo((minutes == 5) ? 30 : 60);
		assertThat(heal.mostSeconds()).isLessThanOrEqualTo((minutes == 5) ? 10 : 60);
		assertThat(heal.bytesInTheCut()).isLessThanOrEqualTo(BYTES_MAX);
		assertThat(heal.bytesAfterwards()).isLessThanOrEqualTo(BYTES_MAX);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5 })
	void twoHalvesWithoutALiveSeedFindEachOther(int seed) throws IOException {
		Simulation world = warm(1000, 1, seed);
		Partition cut = world.partitionHalves();
		world.run(Duration.ofSeconds(5));
		world.nodes().subList(0, 3).forEach(SimulatedNode::vanish);
		world.run(Duration.ofMinutes(3));
		cut.heal();
		double seconds = secondsUntil(world, (all) -> agree(all, 1) && all.node(5).view().size() == 997, 120);
		row("two halves of 1,000, cut for 3 min, all seeds gone", seed, "one hash after %.1f s (60)", seconds);
		assertThat(seconds).isLessThanOrEqualTo(60);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5 })
	void aZoneThatRestartsElsewhereIsSeenThere(int seed) throws IOException {
		Simulation world = warm(1500, 3, seed);
		List<SimulatedNode> zone = world.zone(1);
		zone.forEach(SimulatedNode::restartElsewhere);
		double seconds = secondsUntil(world, (all) -> areSeenAtTheirAddresses(all, zone), 60);
		row("restart of 500 of 1,500 at other addresses", seed, "all seen there by all after %.1f s (10)", seconds);
		assertThat(seconds).isLessThanOrEqualTo(10);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5 })
	void aRollingRestartHurtsNobodyAndLeavesNothing(int seed) throws IOException {
		Simulation world = warm(500, 1, seed);
		for (SimulatedNode node : world.nodes()) {
			node.restartElsewhere();
			world.run(Duration.ofSeconds(2));
		}
		world.run(Duration.ofSeconds(30));
		long deaths = world.statistics().falsePositives().deaths();
		int queued = world.nodes().stream().mapToInt((node) -> node.engine().rumorsQueued()).max().orElse(0);
		int known = world.nodes().stream().mapToInt((node) -> node.view().all().size()).max().orElse(0);
		row("rolling restart of 500, one every 2 s", seed, "healthy dead %d (0); rumors queued %d, members known %d",
				deaths, queued, known);
		assertThat(deaths).isZero();
		assertThat(queued).isZero();
		assertThat(known).isEqualTo(500);
		assertThat(world.isConverged()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5 })
	void theMissionIsAccomplished(int seed) throws IOException {
		String command = "mission --nodes 6000";
		String json = Gates.simulate(command + " --seed " + seed);
		double news = Gates.figure(json, "spread99Millis.max") / 1000;
		double deaths = Gates.figure(json, "deathsOfHealthy");
		double bytes = Gates.figure(json, "bytesInOneSecondMax");
		double heal = Gates.figure(json, "healMillis.max") / 1000;
		row("`" + command + "`", seed,
				"an update at 99 %% of the reachable after %.2f s (10), one hash %.1f s"
						+ " after the heal (30), at most %,.0f B/s (50,000); healthy dead %.0f (0)",
				news, heal, bytes, deaths);
		assertThat(deaths).isZero();
		assertThat(news).isLessThanOrEqualTo(10);
		assertThat(heal).isLessThanOrEqualTo(30);
		assertThat(bytes).isLessThanOrEqualTo(BYTES_MAX);
	}

	@ParameterizedTest
	@CsvSource({ "1, true", "2, true", "3, true", "4, true", "5, true", "1, false", "2, false", "3, false", "4, false",
			"5, false" })
	void comparisonsAloneConvergeWithoutRumors(int seed, boolean hashes) throws IOException {
		Duration delay = hashes ? GossipConfig.builder().build().antiEntropy().divergenceDelay() : Duration.ofHours(20);
		Simulation world = Simulation.builder()
			.nodes(1000)
			.seed(seed)
			.recordsEvents(false)
			.withinZone(LinkProfile.ofLatency(Duration.ofMillis(1)).withLoss(0.05))
			.config(GossipConfig.builder()
				.dissemination((settings) -> settings.withSendsMax(0))
				.antiEntropy((settings) -> settings.withDivergenceDelay(delay))
				.build())
			.build();
		world.startConverged();
		world.run(Duration.ofSeconds(5));
		world.node(7).updateMetadata(Map.of("key", "value"));
		double seconds = secondsUntil(world, (all) -> agree(all, 1), 600);
		double period = world.config().antiEntropy().interval().toSeconds();
		row("1,000 nodes, 5 % loss, no rumors, " + (hashes ? "with" : "without") + " the hash trigger", seed,
				hashes ? "one hash after %.1f s (30), %.1f periods" : "one hash after %.1f s, %.1f periods (12)",
				seconds, seconds / period);
		assertThat(seconds).isLessThanOrEqualTo(hashes ? 30 : 12 * period);
	}

	private static Simulation warm(int nodes, int zones, int seed) {
		Simulation world = Simulation.builder()
			.nodes(nodes)
			.zones(zones)
			.seed(seed)
			.recordsEvents(false)
			.betweenZones(LinkProfile.ofLatency(Duration.ofMillis(40)))
			.config(GossipConfig.builder()
				.node((node) -> node.withMetadata(new java.util.TreeMap<>(Map.of("m", "x".repeat(60)))))
				.build())
			.build();
		world.startConverged();
		world.run(Duration.ofSeconds(30));
		return world;
	}

	private static double secondsUntil(Simulation world, Predicate<Simulation> condition, int limitSeconds) {
		Duration start = world.now();
		while (!condition.test(world) && world.now().minus(start).toSeconds() < limitSeconds) {
			world.run(STEP);
		}
		return world.now().minus(start).toMillis() / 1000.0;
	}

	/** Whether a share of those that run hold the same. */
	static boolean agree(Simulation world, double share) {
		Map<Long, Integer> holders = new HashMap<>();
		int all = 0;
		int most = 0;
		for (SimulatedNode node : world.nodes()) {
			if (node.isRunning()) {
				all++;
				most = Math.max(most, holders.merge(node.engine().viewHash(), 1, Integer::sum));
			}
		}
		return most >= share * all;
	}

	private static boolean areSeenAtTheirAddresses(Simulation world, List<SimulatedNode> moved) {
		return world.nodes()
			.stream()
			.allMatch((observer) -> observer.view().size() == world.nodes().size() && moved.stream()
				.allMatch((subject) -> observer.stateOf(subject) == MemberState.ALIVE && observer.view()
					.find(subject.id())
					.orElseThrow()
					.member()
					.address()
					.equals(subject.address())));
	}

	private static void row(String what, int seed, String figures, Object... values) throws IOException {
		String measured = figures.replaceAll("%[,.0-9]*[df]", "**$0**");
		Gates.print("| " + what + " | " + seed + " | " + measured.formatted(values) + " |");
	}

}
