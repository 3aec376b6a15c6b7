package io.gossip.simulator;

import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The simulator reproduces Table 1 of A. Demers et al., "Epidemic Algorithms for
 * Replicated Database Maintenance", PODC 1987: push rumor mongering with feedback and
 * counter, 1,000 sites.
 *
 * <p>
 * The mean of {@value #RUNS} epidemics must be the table's figure, give or take four
 * standard errors of that mean (99.99 %) and half a unit of the last digit that the table
 * prints. The table has a column for the average cycle too, which is left out: the paper
 * does not say over what it is the average.
 */
class DemersTableTest {

	private static final int SITES = 1000;

	private static final int RUNS = 100;

	private static final double STANDARD_ERRORS = 4;

	private static final Simulation HOSTS = Simulation.builder().nodes(SITES).build();

	private final Sampled residue = new Sampled();

	private final Sampled traffic = new Sampled();

	private final Sampled lastCycle = new Sampled();

	@ParameterizedTest(name = "k = {0}")
	@CsvSource({ "1, 0.18, 1.7, 16.8", "2, 0.037, 3.3, 16.9", "3, 0.011, 4.5, 17.4", "4, 0.0036, 5.6, 17.5",
			"5, 0.0012, 6.7, 17.7" })
	void pushWithCounterIsAsInTheTable(int k, String residueOfTable, String trafficOfTable, String lastOfTable) {
		RumorMongering epidemic = new RumorMongering(HOSTS, k, 1987);
		for (int run = 0; run < RUNS; run++) {
			epidemic.run();
			this.residue.add(epidemic.residue());
			this.traffic.add(epidemic.traffic());
			this.lastCycle.add(epidemic.lastCycle());
		}
		agree("residue", this.residue, residueOfTable);
		agree("traffic", this.traffic, trafficOfTable);
		agree("last cycle", this.lastCycle, lastOfTable);
	}

	private static void agree(String column, Sampled sampled, String printed) {
		double rounding = 0.5 * StrictMath.pow(10, printed.indexOf('.') + 1 - printed.length());
		assertThat(sampled.mean()).as(column)
			.isCloseTo(Double.parseDouble(printed),
					Offset.offset(STANDARD_ERRORS * sampled.standardError() + rounding));
	}

}
