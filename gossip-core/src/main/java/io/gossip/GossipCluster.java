package io.gossip;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

/**
 * A node of a cluster. Its methods may be called from any thread.
 *
 * <p>
 * {@link #start()} and {@link #stop()} may alternate any number of times; every start is
 * a new instance of the same node. {@link #close()} is final.
 */
public interface GossipCluster extends AutoCloseable {

	/**
	 * Binds the sockets and starts to look for the seeds; returns without waiting for
	 * them. Does nothing if the node runs.
	 * @throws GossipException.PortInUse if the port cannot be bound
	 * @throws GossipException if the node is closed, or an address cannot be used
	 */
	void start();

	/**
	 * The end of the search for the cluster: completes when a seed has answered, or at
	 * once where no seeds are given; completes exceptionally with
	 * {@link GossipException.NameConflict} if another live process has this identity, or
	 * with a {@link GossipException} if the node stops first.
	 */
	CompletionStage<Void> joined();

	/**
	 * This node as it presents itself to the others.
	 * @throws GossipException if the node was never started
	 */
	Member localMember();

	/** The members as this node knows them; empty before the first start. */
	ClusterView view();

	/** How the node is doing. */
	ClusterStatus status();

	/**
	 * What this node is to tell of itself: what was configured, or given to
	 * {@link #updateMetadata} last. {@link #localMember()} has it a moment later, once it
	 * is told.
	 */
	SortedMap<String, String> metadata();

	/**
	 * Replaces the metadata of this node. The others learn of it as of any news; while
	 * the node does not run it is kept, and is in the first message of the next start.
	 * @param metadata keys and values; what the limit on metadata allows
	 * @throws GossipException.InvalidSetting if it is too large
	 */
	void updateMetadata(Map<String, String> metadata);

	/**
	 * Tells the others that this process is about to stand still, for a heap dump or the
	 * move of a virtual machine, say. They wait for its end before they declare this node
	 * dead, but no longer than {@code failure-detection.announced-pause-max}. Does
	 * nothing if the node does not run.
	 * @param pause how long it takes at most
	 * @return completes when the first have been told, and the pause may begin
	 * @throws IllegalArgumentException if it is not more than zero
	 */
	CompletionStage<Void> announcePause(Duration pause);

	/**
	 * Adds a receiver of events, which outlives stops and starts.
	 * @param listener the receiver
	 * @return removes it again
	 */
	Subscription subscribe(MembershipListener listener);

	/**
	 * Sends a message to all other members, best effort: it spreads as news does, arrives
	 * at most once, and most likely everywhere; whoever is cut off or joins later misses
	 * it. Messages of one origin may overtake each other.
	 * @param topic what it is about, 1 to 64 bytes of UTF-8
	 * @param payload its bytes; topic and payload together must not exceed 448
	 * @return completes when the message is queued to spread; exceptionally with
	 * {@link GossipException.LimitReached} if this node broadcasts too much, or with a
	 * {@link GossipException} if it is not a member now
	 * @throws GossipException if the message is too large or the node was never started
	 */
	CompletionStage<Void> broadcast(String topic, byte[] payload);

	/**
	 * Sends a message to one member, over a stream. Messages to one member arrive in
	 * order as long as the stream holds.
	 * @param target the member
	 * @param topic what it is about, 1 to 64 bytes of UTF-8
	 * @param payload its bytes; with the topic they must fit
	 * {@code transport.frame-bytes-max} less 64
	 * @return completes when the message is written to the stream, which does not say
	 * that the member has taken it; exceptionally with
	 * {@link GossipException.LimitReached} if too much waits for that member, or with a
	 * {@link GossipException} if it is not known or cannot be reached
	 * @throws GossipException if the message is too large or the node was never started
	 */
	CompletionStage<Void> send(NodeId target, String topic, byte[] payload);

	/**
	 * Sends a message to one member, as {@link #send(NodeId, String, byte[])} does.
	 * @param target the member
	 * @param topic what it is about
	 * @param payload its bytes
	 * @return completes when the message is written to the stream
	 * @throws GossipException if the message is too large or the node was never started
	 */
	default CompletionStage<Void> send(Member target, String topic, byte[] payload) {
		return send(target.id(), topic, payload);
	}

	/**
	 * Adds a receiver of messages, which outlives stops and starts.
	 * @param listener the receiver
	 * @return removes it again
	 */
	Subscription subscribeToMessages(MessageListener listener);

	/**
	 * Tells the others that this node goes. Completes when some have heard or the time is
	 * up; the node answers until it is stopped.
	 */
	CompletionStage<Void> leave();

	/** Releases sockets and threads, without telling anybody. Does nothing if stopped. */
	void stop();

	/**
	 * The end of this start: completes when the node is stopped, exceptionally if a
	 * broken invariant stopped it.
	 */
	CompletionStage<Void> terminated();

	/** Stops the node for good. */
	@Override
	void close();

	/** The bond between a listener and a cluster. */
	@FunctionalInterface
	interface Subscription {

		/** Ends it; no event arrives after the return, but one that is under way. */
		void cancel();

	}

}
