package io.gossip.boot.autoconfigure.diagnostics;

import io.gossip.GossipException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** An analyzer of a node that had to join and found its name in use. */
final class GossipNameConflictFailureAnalyzer extends AbstractFailureAnalyzer<GossipException.NameConflict> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, GossipException.NameConflict cause) {
		String description = "The gossip node was refused. " + cause.getMessage() + ".";
		String action = "Give each instance a 'gossip.node.name' of its own, such as the name of its host or pod"
				+ " (gossip.node.name=${HOSTNAME}), or none, which makes it random. If it is an old process that should"
				+ " be gone, stop it.";
		return new FailureAnalysis(description, action, cause);
	}

}
