package io.gossip.protocol.engine;

import io.gossip.Address;
import org.jspecify.annotations.Nullable;

/** Figures of a node for those who watch it; read between two steps. */
public final class EngineFigures {

	private final EngineState state;

	private final Rival rival;

	EngineFigures(EngineState state, Rival rival) {
		this.state = state;
		this.rival = rival;
	}

	/** When the oldest news that is next in turn was made; zero if none waits. */
	public long oldestRumorNanos() {
		return this.state.rumors.oldestNanos(0);
	}

	/** How many messages of the application wait to be passed on. */
	public int messagesQueued() {
		return this.state.messages.size();
	}

	/** The share of received view hashes that matched none of ours, 0 to 1. */
	public double divergence() {
		return this.state.divergence.share();
	}

	/** Another number whenever {@link #divergentPeers()} may be another one. */
	public int divergenceRevision() {
		return this.state.divergence.revision();
	}

	/** How many members sent those that matched none. */
	public int divergentPeers() {
		return this.state.divergence.peers();
	}

	/** Where another process with this identity has answered, null if none ever has. */
	public @Nullable Address rival() {
		return this.rival.conflict();
	}

	/** When it has answered last; means nothing if none ever has. */
	public long rivalNanos() {
		return this.rival.conflictNanos();
	}

}
