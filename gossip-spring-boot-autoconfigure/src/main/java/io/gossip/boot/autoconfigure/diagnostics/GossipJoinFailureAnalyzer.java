package io.gossip.boot.autoconfigure.diagnostics;

import io.gossip.boot.autoconfigure.context.GossipJoinFailedException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * An analyzer of a node that had to join and was answered by nobody. Packets of another
 * cluster that arrived meanwhile tell that the names differ.
 */
final class GossipJoinFailureAnalyzer extends AbstractFailureAnalyzer<GossipJoinFailedException> {

	private final @Nullable Environment environment;

	GossipJoinFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, GossipJoinFailedException cause) {
		String cluster = property("gossip.cluster", "default");
		String seeds = property("gossip.seeds", "those of a bean");
		String separator = System.lineSeparator();
		String description = "The gossip node had to join cluster '" + cluster + "' and did not. " + cause.getMessage()
				+ "." + separator + separator + "    Seeds: " + seeds;
		if (cause.packetsOfOthers() > 0) {
			description += separator + "    Packets of another cluster that arrived meanwhile: "
					+ cause.packetsOfOthers();
			return new FailureAnalysis(
					description, "The seeds are there, but their cluster has another name: set 'gossip.cluster' (now '"
							+ cluster + "') to the same name on all nodes, or 'gossip.seeds' to members of this one.",
					cause);
		}
		return new FailureAnalysis(description,
				"Check that the seeds run, that 'gossip.cluster' is '" + cluster + "' there as well, and that UDP and"
						+ " TCP pass between the hosts. Raise 'gossip.join.timeout' if they need longer to start, or"
						+ " set 'gossip.join.required' to false to start without them.",
				cause);
	}

	private String property(String name, String otherwise) {
		String value = (this.environment != null) ? this.environment.getProperty(name) : null;
		return (value != null) ? value : otherwise;
	}

}
