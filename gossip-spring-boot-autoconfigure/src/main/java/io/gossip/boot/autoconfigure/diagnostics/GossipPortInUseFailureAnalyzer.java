package io.gossip.boot.autoconfigure.diagnostics;

import io.gossip.GossipException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** An analyzer of a start that found no free port. */
final class GossipPortInUseFailureAnalyzer extends AbstractFailureAnalyzer<GossipException.PortInUse> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, GossipException.PortInUse cause) {
		String description = "The gossip node failed to start. " + cause.getMessage() + ".";
		String action = "Identify and stop the process that listens on port " + cause.port()
				+ ", or set 'gossip.transport.port' to another port, or to 0 for any that is free. Leave it unset to"
				+ " have the first free port of 7946 to 7955.";
		return new FailureAnalysis(description, action, cause);
	}

}
