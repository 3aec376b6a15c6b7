package io.gossip.boot.autoconfigure.diagnostics;

import java.util.ArrayList;
import java.util.List;

import io.gossip.boot.autoconfigure.context.GossipJoinFailedException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
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
		String seeds = seeds();
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

	/** A list in YAML is many properties, and there may be a file as well. */
	private String seeds() {
		List<String> known = new ArrayList<>();
		if (this.environment != null) {
			known.addAll(Binder.get(this.environment)
				.bind("gossip.seeds", Bindable.listOf(String.class))
				.orElseGet(List::of));
			String file = this.environment.getProperty("gossip.seeds-file", "");
			if (!file.isBlank()) {
				known.add("those in " + file);
			}
		}
		return known.isEmpty() ? "those of a bean" : String.join(", ", known);
	}

	private String property(String name, String otherwise) {
		String value = (this.environment != null) ? this.environment.getProperty(name) : null;
		return (value != null) ? value : otherwise;
	}

}
