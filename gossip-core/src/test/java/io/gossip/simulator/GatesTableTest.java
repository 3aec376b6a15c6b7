package io.gossip.simulator;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The table of the gates tells the worst, and stands where it belongs. */
class GatesTableTest {

	@Test
	void aScenarioIsOneLineWithTheWorstOfEachFigure() {
		String table = GatesTable
			.markdown(List.of("| `crash` | 2 | p50 <= 5000: **3576.6**<br>p99 <= 9000: **8219.2** |",
					"| join | 1 | seed **1,300,000** B/s (2,000,000), **8.3** s |",
					"| `crash` | 1 | p50 <= 5000: **3630.9**<br>p99 <= 9000: **8049.2** |"));
		assertThat(table).isEqualTo("""
				| scenario | the worst of the seeds | seeds |
				|---|---|---|
				| `crash` | p50 <= 5000: **3,631**<br>p99 <= 9000: **8,219** | 1, 2 |
				| join | seed **1,300,000** B/s (2,000,000), **8.3** s | 1 |
				""");
	}

	@Test
	void theTableReplacesTheOneBetweenTheMarks() {
		String text = "before\n<!-- gates: begin -->\nold\n<!-- gates: end -->\nafter\n";
		assertThat(GatesTable.replaced(text, "new\n"))
			.isEqualTo("before\n<!-- gates: begin -->\nnew\n<!-- gates: end -->\nafter\n");
		assertThatIllegalArgumentException().isThrownBy(() -> GatesTable.replaced("nothing", "new\n"))
			.withMessageContaining("gates: begin");
	}

}
