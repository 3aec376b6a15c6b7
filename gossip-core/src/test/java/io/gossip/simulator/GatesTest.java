package io.gossip.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.gossip.MembershipEvent;
import io.gossip.NodeId;
import io.gossip.protocol.TrafficClass;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What failure detection and dissemination must hold, at default settings and for three
 * seeds. Each row is printed as a line of a table, and added to {@code target/gates.md}.
 */
@Tag("gate")
class GatesTest {

	private static final String THREE_ZONES = " --zones 3 --zone-latency 40ms";

	static Stream<Arguments> gates() {
		List<Gate> gates = List.of(
				gate("crash --nodes 1000 --loss 0.001", "detectAllMillis.p50 5000", "detectAllMillis.p99 9000",
						"deathsOfHealthy 0"),
				gate("crash --nodes 6000 --loss 0.01" + THREE_ZONES, "detectAllMillis.p50 6000",
						"detectAllMillis.p99 12000", "deathsOfHealthy 0"),
				gate("pause --nodes 1000 --duration 10m", "deathsOfHealthy 0"),
				gate("loss --nodes 1000 --loss 0.2 --duration 10m", "deathsOfHealthy 0"),
				gate("update --nodes 1000", "spread99Millis.max 150", "spreadMillis.max 1000",
						"copiesPerRumorPerNode 8"),
				gate("update --nodes 6000" + THREE_ZONES, "spread99Millis.max 1000", "spreadMillis.max 2500",
						"copiesPerRumorPerNode 8"),
				gate("partition --nodes 6000 --duration 5m" + THREE_ZONES, "unreachableMillis.max 15000",
						"nodesThatSawNoCut 0", "deathsOfHealthy 0", "bytesInOneSecondMax 50000"));
		return Stream.of(1, 2, 3).flatMap((seed) -> gates.stream().map((gate) -> Arguments.of(gate, seed)));
	}

	private static Gate gate(String command, String... bounds) {
		return new Gate(command, List.of(bounds));
	}

	@ParameterizedTest
	@MethodSource("gates")
	void theGateHolds(Gate gate, int seed) throws IOException {
		String json = Gates.simulate(gate.command() + " --seed " + seed);
		String cells = gate.bounds()
			.stream()
			.map((bound) -> bound.replace(" ", " <= ") + ": **" + Gates.figure(json, bound.split(" ")[0]) + "**")
			.collect(Collectors.joining("<br>"));
		Gates.print("| `" + gate.command() + "` | " + seed + " | " + cells + " |");
		for (String bound : gate.bounds()) {
			String[] parts = bound.split(" ");
			assertThat(Gates.figure(json, parts[0])).as("%s, seed %d: %s", gate.command(), seed, bound)
				.isLessThanOrEqualTo(Double.parseDouble(parts[1]));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void aNodeAtRestSendsTheSameWhateverTheSizeOfTheCluster(int seed) throws IOException {
		List<Double> sent = new ArrayList<>();
		for (int nodes : new int[] { 100, 1000, 10_000 }) {
			String command = "steady --nodes " + nodes + " --duration 60s";
			sent.add(Gates.figure(Gates.simulate(command + " --seed " + seed), "bytesPerNodePerSecond.mean"));
			Gates.print("| `%s` | %d | bytesPerNodePerSecond.mean <= 145: **%.1f** |".formatted(command, seed,
					sent.get(sent.size() - 1)));
		}
		assertThat(sent).allMatch((bytes) -> bytes <= 145);
		assertThat(Collections.max(sent)).isLessThanOrEqualTo(1.1 * Collections.min(sent));
	}

	/**
	 * Lifeguard's grid (section V), one repetition a cell. What is always on (the pause
	 * guard, the question before a death) may leave nothing for Lifeguard to save.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void anomaliesKillFarFewerThanWithoutLifeguard(int seed) throws IOException {
		String without = " --set failure-detection.local-health-max=0 --set failure-detection.suspicion-factor-max=1"
				+ " --set failure-detection.suspicion-confirmations=0";
		double[] with = grid(" --seed " + seed);
		double[] plain = grid(without + " --seed " + seed);
		Gates.print(("| `anomalies`, the grid | %d | deaths of healthy: **%.0f**, without Lifeguard %.0f"
				+ "<br>by healthy: **%.0f**, without %.0f |")
			.formatted(seed, with[0], plain[0], with[1], plain[1]));
		assertThat(with[0]).isLessThanOrEqualTo(0.015 * plain[0]);
		assertThat(with[1]).isLessThanOrEqualTo(0.019 * plain[1]);
	}

	private static double[] grid(String settings) {
		double[] sums = new double[2];
		for (int members : new int[] { 1, 4, 8, 16, 32 }) {
			for (int blocked : new int[] { 128, 512, 2048, 8192, 32768 }) {
				for (int interval : new int[] { 1, 4, 16, 64, 256, 1024, 4096, 16384 }) {
					String json = Gates.simulate("anomalies --duration 2m --anomalies " + members + " --blocked "
							+ blocked + "ms --interval " + interval + "ms" + settings);
					sums[0] += Gates.figure(json, "deathsOfHealthy");
					sums[1] += Gates.figure(json, "deathsOfHealthyByHealthy");
				}
			}
		}
		return sums;
	}

	/**
	 * The same grid, but what stops is the network of some members, while their clocks
	 * run and their suspicions ripen: they may believe what they like, and the others
	 * must not believe them.
	 */
	@Test
	void membersThatAreCutOffAgainAndAgainDragNobodyDown() throws IOException {
		int deaths = 0;
		for (int members : new int[] { 1, 4, 8, 16, 32 }) {
			for (int cut : new int[] { 512, 2048, 8192, 32768 }) {
				for (int interval : new int[] { 1, 64, 1024, 16384 }) {
					deaths += wellHeldDeadByWell(members, cut, interval);
				}
			}
		}
		Gates.print("| the grid, but members are cut off, not blocked | 1 | deaths of healthy at healthy: **" + deaths
				+ "** |");
		assertThat(deaths).isZero();
	}

	private static int wellHeldDeadByWell(int members, int cutMillis, int intervalMillis) {
		Simulation world = Simulation.builder().nodes(128).recordsEvents(false).build();
		world.startConverged();
		Set<NodeId> well = new HashSet<>();
		world.nodes().subList(members, 128).forEach((node) -> well.add(node.id()));
		AtomicInteger deaths = new AtomicInteger();
		world.listen((observer, atNanos, event) -> {
			if (event instanceof MembershipEvent.Failed && well.contains(observer.id())
					&& well.contains(event.member().id())) {
				deaths.incrementAndGet();
			}
		});
		Duration end = world.now().plusMinutes(2);
		while (world.now().compareTo(end) < 0) {
			Partition cut = world.partition((node) -> (node.index() < members) ? 2 + node.index() : 1);
			world.run(Duration.ofMillis(cutMillis));
			cut.heal();
			world.run(Duration.ofMillis(intervalMillis));
		}
		return deaths.get();
	}

	/** The loop in which load makes suspicion and suspicion makes load must not close. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void aClusterOfSlowProcessorsKillsNobodyAndIsSoonAtRestAgain(int seed) throws IOException {
		Simulation world = Simulation.builder().nodes(1000).seed(seed).recordsEvents(false).build();
		AtomicInteger failures = new AtomicInteger();
		world.listen((observer, atNanos, event) -> {
			if (event instanceof MembershipEvent.Failed) {
				failures.incrementAndGet();
			}
		});
		world.startConverged();
		world.run(Duration.ofSeconds(30));
		double idle = bytesPerSecond(world, 20);
		world.nodes().forEach((node) -> node.slow(Duration.ofMillis(3)));
		world.run(Duration.ofMinutes(5));
		world.nodes().forEach((node) -> node.slow(Duration.ZERO));
		world.run(Duration.ofSeconds(10));
		double afterwards = bytesPerSecond(world, 20);
		String row = "| 1,000 nodes slowed to 3 ms an input for 5 min | %d | Failed: **%d**"
				+ "<br>traffic 10 s later, of idle: **%.2f** |";
		Gates.print(row.formatted(seed, failures.get(), afterwards / idle));
		assertThat(afterwards).isLessThan(1.1 * idle);
		assertThat(failures).hasValue(0);
	}

	private static double bytesPerSecond(Simulation world, int seconds) {
		world.statistics().reset();
		world.run(Duration.ofSeconds(seconds));
		double bytes = 0;
		for (SimulatedNode node : world.nodes()) {
			for (TrafficClass trafficClass : TrafficClass.values()) {
				bytes += world.statistics().bytesSent(node.index(), trafficClass);
			}
		}
		return bytes / seconds;
	}

	/** A command and the bounds of its figures. */
	record Gate(String command, List<String> bounds) {

		@Override
		public String toString() {
			return this.command;
		}

	}

}
