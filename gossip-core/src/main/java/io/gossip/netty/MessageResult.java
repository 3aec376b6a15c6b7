package io.gossip.netty;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.gossip.GossipException;
import io.gossip.protocol.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a message of the application. It is settled on the JDK's pool, so that
 * what the application hangs on it cannot block the event loop.
 */
final class MessageResult {

	private final String message;

	private final CompletableFuture<@Nullable Void> future = new CompletableFuture<>();

	/**
	 * A result that is open.
	 * @param message the message and its receivers, as people call it
	 */
	MessageResult(String message) {
		this.message = message;
	}

	@SuppressWarnings("NullAway")
	CompletionStage<Void> stage() {
		return this.future.minimalCompletionStage();
	}

	/** It was queued to spread, or written to the stream. */
	void accept() {
		settle(null);
	}

	/** It is not sent, because of a limit or the state of things. */
	void refuse(DropReason reason) {
		settle(switch (reason) {
			case NOT_READY ->
				new GossipException(this.message + " is not sent: the node is not a member now; wait for joined()");
			case UNKNOWN_MEMBER -> new GossipException(this.message
					+ " is not sent: the receiver is this node itself, or no member that is in; look it up in view()");
			case BROADCASTS_OFF -> new GossipException(
					this.message + " is not sent: dissemination.sends-max is 0, which switches broadcasts off");
			case MESSAGE_RATE_LIMIT -> new GossipException.LimitReached("limits.broadcasts-per-second",
					this.message + " is not sent: this node broadcasts no more than"
							+ " limits.broadcasts-per-second; send less often, or raise it");
			case MESSAGES_LIMIT -> new GossipException.LimitReached("limits.messages-max",
					this.message + " is not sent: a quarter of limits.messages-max of this node's"
							+ " broadcasts, or all of it, wait to be passed on; send it later, or raise it");
			case SEND_QUEUE_FULL -> new GossipException.LimitReached("send queue",
					this.message + " is not sent: too much waits on the stream to the receiver; wait for the"
							+ " results of earlier messages before you send more");
			default -> new GossipException(this.message + " is not sent: " + reason.label());
		});
	}

	/** It was not sent, or may not have arrived. */
	void lose(String why) {
		settle(new GossipException(this.message + " is lost: " + why));
	}

	private void settle(@Nullable GossipException failure) {
		this.future.defaultExecutor().execute(() -> complete(failure));
	}

	private void complete(@Nullable GossipException failure) {
		if (failure == null) {
			this.future.complete(null);
		}
		else {
			this.future.completeExceptionally(failure);
		}
	}

}
