package io.gossip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.gossip.simulator.Simulation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example of the README, as it stands there, from outside the simulator's package.
 */
class ZoneFailureExampleTest {

	@Test
	void aZoneThatFailsIsReportedMemberByMember() {
		Simulation world = Simulation.builder().nodes(9).zones(3).seed(7).build();
		world.startConverged();
		Departures departures = new Departures();
		world.node(0).subscribe(departures);
		world.failZone(2);
		world.run(Duration.ofMinutes(10));
		assertThat(departures.names()).containsExactly("node-2", "node-5", "node-8");
	}

	@Test
	void theReadmeShowsExactlyThis() throws IOException {
		Path root = Path.of("").toAbsolutePath();
		root = Files.exists(root.resolve("gossip-core")) ? root : root.getParent();
		Path self = root.resolve("gossip-core/src/test/java/io/gossip/ZoneFailureExampleTest.java");
		String body = Files.readString(self)
			.lines()
			.dropWhile((line) -> !line.startsWith("\t\tSimulation world"))
			.takeWhile((line) -> !line.equals("\t}"))
			.map((line) -> line.substring(2))
			.collect(Collectors.joining("\n"));
		assertThat(body).contains("failZone");
		assertThat(Files.readString(root.resolve("README.md"))).contains("```java\n" + body + "\n```");
	}

	/** A listener such as an application has. */
	private static final class Departures implements MembershipListener {

		private final Set<String> names = new TreeSet<>();

		@Override
		public void onEvent(MembershipEvent event) {
			if (event instanceof MembershipEvent.Failed failed) {
				this.names.add(failed.member().name());
			}
		}

		Set<String> names() {
			return this.names;
		}

	}

}
