package io.gossip.simulator;

import java.util.List;
import java.util.stream.Collectors;

/** The scenarios there are. */
final class Scenarios {

	private static final List<Scenario> ALL = List.of(new SteadyScenario(), new CrashScenario(), new UpdateScenario(),
			new BroadcastScenario(), new JoinScenario(), new LeaveScenario(), new PartitionScenario(),
			new PauseScenario(), new LossScenario(), new RestartScenario(), new FlapScenario(), new AnomaliesScenario(),
			new MissionScenario(), new SoakScenario());

	private Scenarios() {
	}

	static List<Scenario> all() {
		return ALL;
	}

	/**
	 * A scenario by its name.
	 * @throws IllegalArgumentException if there is none
	 */
	static Scenario named(String name) {
		for (Scenario scenario : ALL) {
			if (scenario.name().equals(name)) {
				return scenario;
			}
		}
		throw new IllegalArgumentException("scenario '" + name + "' is unknown; known are " + names());
	}

	/** The names of those that block members. */
	static String namesOfBlocking() {
		return ALL.stream()
			.filter((scenario) -> scenario.blocks() != null)
			.map(Scenario::name)
			.collect(Collectors.joining(", "));
	}

	static String names() {
		return ALL.stream().map(Scenario::name).collect(Collectors.joining(", "));
	}

}
