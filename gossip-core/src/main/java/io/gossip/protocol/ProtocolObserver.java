package io.gossip.protocol;

import io.gossip.Address;
import io.gossip.GossipMessage;
import io.gossip.Member;
import io.gossip.Zone;

/**
 * The one seam for metrics, traces and statistics. It is called while a step runs, on the
 * thread that runs it: an observer must be quick, must not throw and must not call the
 * engine.
 */
public interface ProtocolObserver {

	/** Observes nothing. */
	ProtocolObserver NONE = new ProtocolObserver() {
	};

	/** A datagram was handed to the driver, {@code bytes} of UDP payload. */
	default void onDatagramSent(TrafficClass trafficClass, int bytes) {
	}

	/** A frame was handed to the driver, {@code bytes} of payload. */
	default void onFrameSent(TrafficClass trafficClass, int bytes) {
	}

	/** A datagram arrived, {@code bytes} of UDP payload. */
	default void onDatagramReceived(int bytes) {
	}

	/** A frame arrived, {@code bytes} of payload. */
	default void onFrameReceived(int bytes) {
	}

	/** An input was dropped, or work was not done. */
	default void onDropped(DropReason reason) {
	}

	/** A probe ended; the round trip is only meaningful where the target answered. */
	default void onProbe(ProbeOutcome outcome, long roundTripNanos) {
	}

	/** A member became suspect. */
	default void onSuspicionStarted(Member subject) {
	}

	/** A suspicion ended because its subject showed that it is alive. */
	default void onSuspicionRefuted(Member subject) {
	}

	/** A member was declared dead. */
	default void onFailure(Member subject) {
	}

	/** This node refuted a claim about itself. */
	default void onSelfRefuted(int incarnation) {
	}

	/** The local health score changed. */
	default void onLocalHealth(int score) {
	}

	/** News was heard for the first time, {@code ageNanos} after it was made. */
	default void onRumorHeard(long ageNanos) {
	}

	/** News was heard that was known already. */
	default void onRumorDuplicate() {
	}

	/** A message of the application was sent, {@code bytes} of topic and payload. */
	default void onMessageSent(GossipMessage.Kind kind, int bytes) {
	}

	/** A message of the application was taken, {@code bytes} of topic and payload. */
	default void onMessageReceived(GossipMessage.Kind kind, int bytes) {
	}

	/** A broadcast message was heard that was known already. */
	default void onMessageDuplicate() {
	}

	/** A received view hash was compared with ours of the last seconds. */
	default void onViewHashCompared(boolean divergent) {
	}

	/**
	 * An attempt to join found no seed that answers; the next follows after the pause.
	 */
	default void onJoinAttempt(int attempt, long retryDelayNanos) {
	}

	/** Another live process has this node's identity. */
	default void onIdentityConflict(Member self, Address rival) {
	}

	/** A local stall was noticed, such as a long garbage collection. */
	default void onStall(long stallNanos) {
	}

	/** A comparison with a peer was started. */
	default void onSyncStarted() {
	}

	/** Nobody of a zone can be reached any more: its members are not accused for now. */
	default void onZoneUnreachable(Zone zone) {
	}

	/** Somebody of a zone has been heard again, or the zone was given up. */
	default void onZoneReachable(Zone zone) {
	}

}
