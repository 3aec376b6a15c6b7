package io.gossip.simulator;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlotTest {

	@Test
	void aSteadyGrowthIsADiagonal() {
		Samples samples = new Samples();
		for (int i = 1; i <= 600; i++) {
			samples.add(i * 100_000_000L);
		}
		List<String> lines = Plot.of(new Curve("nodes that know", samples)).lines().toList();
		assertThat(lines.get(0)).isEqualTo("  share of nodes that know");
		assertThat(lines.get(1)).isEqualTo("   100 % |" + " ".repeat(54) + "..:::#");
		assertThat(lines.get(10)).startsWith("    10 % |").endsWith("#".repeat(54));
		assertThat(lines.get(11)).isEqualTo("       0 +--------------+--------------+--------------+--------------+");
		assertThat(lines.get(12).trim().split(" +")).containsExactly("0", "15", "s", "30", "s", "45", "s", "60", "s");
	}

	@Test
	void aTailFarOutIsToldInsteadOfDrawn() {
		Samples samples = new Samples();
		for (int i = 0; i < 999; i++) {
			samples.add(1_000_000L);
		}
		samples.add(9_000_000_000L);
		assertThat(Plot.of(new Curve("nodes", samples))).contains("1.6 ms").endsWith("the last one: 9 s\n");
	}

	@Test
	void timesHaveThreeDigitsAndAUnit() {
		assertThat(List.of(Plot.time(0), Plot.time(12_345), Plot.time(1_234_567), Plot.time(98_765_432.0),
				Plot.time(12_345_678_901.0), Plot.time(1e12)))
			.containsExactly("0", "12.3 us", "1.23 ms", "98.8 ms", "12.3 s", "1000 s");
	}

}
