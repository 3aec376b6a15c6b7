package io.gossip.netty;

import java.time.Duration;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.ClusterStatus;
import io.gossip.ClusterView;
import io.gossip.Member;
import io.gossip.protocol.engine.GossipEngine;
import org.jspecify.annotations.Nullable;

/**
 * What other threads see of an engine: the event loop writes after each step what the
 * step has changed, any thread may read at any time and finds the newest values.
 */
final class PublishedState {

	private static final long RIVAL_NANOS = 120_000_000_000L;

	private final ProtocolCounters counters;

	private final int localHealthMax;

	private volatile ClusterView view;

	private volatile ClusterPhase phase = ClusterPhase.JOINING;

	private volatile Member self;

	private volatile boolean isolated;

	private volatile int joinAttempts;

	private volatile int localHealth;

	private volatile int rumorsQueued;

	/** Means nothing while no rumor is queued. */
	private volatile long oldestRumorNanos;

	private volatile double divergence;

	private volatile int divergentPeers;

	/** Of the event loop alone. */
	private int divergenceRevision;

	private volatile int messagesQueued;

	private volatile @Nullable Address rival;

	/** Means nothing while there is no rival. */
	private volatile long rivalNanos;

	private volatile @Nullable Throwable failure;

	PublishedState(GossipEngine engine, ProtocolCounters counters, int localHealthMax) {
		this.counters = counters;
		this.localHealthMax = localHealthMax;
		this.view = engine.view();
		this.self = engine.self();
	}

	/**
	 * Publishes what a step has changed.
	 * @return whether the phase is another one
	 */
	@SuppressWarnings("ReferenceEquality") // the engine gives the same instance until
											// something changed
	boolean publish(GossipEngine engine) {
		ClusterView newView = engine.view();
		if (newView != this.view) {
			this.view = newView;
		}
		Member newSelf = engine.self();
		if (newSelf != this.self) {
			this.self = newSelf;
		}
		publishFigures(engine);
		ClusterPhase newPhase = (engine.phase() != ClusterPhase.STOPPED) ? engine.phase() : ClusterPhase.JOINING;
		if (newPhase == this.phase) {
			return false;
		}
		this.phase = newPhase;
		return true;
	}

	@SuppressWarnings("ReferenceEquality") // a rival that is heard again is written again
	private void publishFigures(GossipEngine engine) {
		boolean newIsolated = engine.isolated();
		if (newIsolated != this.isolated) {
			this.isolated = newIsolated;
		}
		int newJoinAttempts = engine.joinAttempts();
		if (newJoinAttempts != this.joinAttempts) {
			this.joinAttempts = newJoinAttempts;
		}
		int newLocalHealth = engine.localHealth();
		if (newLocalHealth != this.localHealth) {
			this.localHealth = newLocalHealth;
		}
		int newRumorsQueued = engine.rumorsQueued();
		if (newRumorsQueued > 0) {
			long newOldestRumorNanos = engine.figures().oldestRumorNanos();
			if (newOldestRumorNanos != this.oldestRumorNanos) {
				this.oldestRumorNanos = newOldestRumorNanos;
			}
		}
		if (newRumorsQueued != this.rumorsQueued) {
			this.rumorsQueued = newRumorsQueued;
		}
		Address newRival = engine.figures().rival();
		if (newRival != null && (newRival != this.rival || engine.figures().rivalNanos() != this.rivalNanos)) {
			this.rivalNanos = engine.figures().rivalNanos();
			this.rival = newRival;
		}
		double newDivergence = engine.figures().divergence();
		if (newDivergence != this.divergence) {
			this.divergence = newDivergence;
		}
		if (engine.figures().divergenceRevision() != this.divergenceRevision) {
			this.divergenceRevision = engine.figures().divergenceRevision();
			this.divergentPeers = engine.figures().divergentPeers();
		}
		int newMessagesQueued = engine.figures().messagesQueued();
		if (newMessagesQueued != this.messagesQueued) {
			this.messagesQueued = newMessagesQueued;
		}
	}

	void fail(Throwable cause) {
		this.failure = cause;
		this.phase = ClusterPhase.FAILED;
	}

	/** Ends the life of the node; a failure remains readable. */
	void stop() {
		this.phase = ClusterPhase.STOPPED;
		this.isolated = false;
	}

	ClusterView view() {
		return this.view;
	}

	ClusterPhase phase() {
		return this.phase;
	}

	Member self() {
		return this.self;
	}

	/** One that has been silent for so long has stopped, or has another name now. */
	private @Nullable Address freshRival() {
		Address heard = this.rival;
		return (heard != null && System.nanoTime() - this.rivalNanos < RIVAL_NANOS) ? heard : null;
	}

	ClusterStatus status() {
		int queued = this.rumorsQueued;
		Duration age = (queued > 0) ? Duration.ofNanos(Math.max(0, System.nanoTime() - this.oldestRumorNanos))
				: Duration.ZERO;
		return new ClusterStatus(this.phase, this.isolated, this.joinAttempts, this.localHealth, this.localHealthMax,
				this.divergence, this.divergentPeers, queued, age, this.messagesQueued, this.counters.suspicions(),
				this.counters.suspicionsRefuted(), this.counters.failures(), this.counters.drops(), freshRival(),
				this.failure);
	}

}
