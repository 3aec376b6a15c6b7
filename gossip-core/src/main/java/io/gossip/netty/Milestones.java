package io.gossip.netty;

import java.util.concurrent.CompletableFuture;

import io.gossip.GossipException;
import org.jspecify.annotations.Nullable;

/**
 * The moments of one start that others wait for. They complete on a thread of the JDK's
 * common pool, so what is chained to them never runs on the event loop.
 */
final class Milestones {

	private final CompletableFuture<@Nullable Void> joined = new CompletableFuture<>();

	private final CompletableFuture<@Nullable Void> left = new CompletableFuture<>();

	private final CompletableFuture<@Nullable Void> terminated = new CompletableFuture<>();

	CompletableFuture<@Nullable Void> joined() {
		return this.joined;
	}

	CompletableFuture<@Nullable Void> left() {
		return this.left;
	}

	CompletableFuture<@Nullable Void> terminated() {
		return this.terminated;
	}

	void reachJoined() {
		reach(this.joined);
	}

	void reachLeft() {
		reach(this.left);
	}

	void refuse(GossipException reason) {
		miss(this.joined, reason);
	}

	void stop() {
		miss(this.joined, new GossipException("The node was stopped before it had joined"));
		reach(this.left);
		reach(this.terminated);
	}

	void fail(Throwable failure) {
		GossipException reason = new GossipException("The node has ended by a broken invariant: " + failure, failure);
		miss(this.joined, reason);
		reach(this.left);
		miss(this.terminated, reason);
	}

	private static void reach(CompletableFuture<@Nullable Void> future) {
		if (!future.isDone()) {
			future.defaultExecutor().execute(() -> future.complete(null));
		}
	}

	private static void miss(CompletableFuture<@Nullable Void> future, GossipException reason) {
		if (!future.isDone()) {
			future.defaultExecutor().execute(() -> future.completeExceptionally(reason));
		}
	}

}
