package orders;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

import io.gossip.MembershipEvent;
import io.gossip.MembershipListener;
import io.gossip.simulator.Simulation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The simulator is on the class path of whoever adds the starter. */
class ZoneFailureTests {

	@Test
	void aZoneThatFailsIsReportedMemberByMember() {
		// README: Simulation world
	}

	/** What the README leaves to the reader. */
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
