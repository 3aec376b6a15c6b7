package io.gossip.netty;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.gossip.Address;
import io.gossip.protocol.ProtocolObserver;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The search for seeds, as long as a node sees nobody: at the start, before the engine
 * asks them again, and from time to time while it is alone. The event loop alone calls
 * it.
 *
 * <p>
 * Seeds that cannot be resolved are not the same as no seeds: a node without seeds is a
 * cluster of its own at once, one whose seeds have no address yet goes on looking.
 */
final class SeedSearch implements ProtocolObserver {

	/** In company the seeds are looked up every so many pauses. */
	private static final int PAUSES_IN_COMPANY = 6;

	/** After that the node starts without the seeds, which may come later. */
	private static final long PATIENCE_SECONDS = 3;

	/** The seeds of a node that has some, of which none has an address yet. */
	private static final List<Address> NOWHERE = List.of(DriverEffects.NOWHERE);

	private final EventLoop loop;

	private final Node node;

	private final NodeLog log;

	private final long alonePauseNanos;

	private int pausesInCompany;

	private final @Nullable SeedResolver resolver;

	private @Nullable ScheduledFuture<?> nextLookup;

	private @Nullable ScheduledFuture<?> impatience;

	private boolean begun;

	private boolean ended;

	SeedSearch(@Nullable SeedResolver resolver, EventLoop loop, Node node, NodeLog log, long alonePauseNanos) {
		this.resolver = resolver;
		this.loop = loop;
		this.node = node;
		this.log = log;
		this.alonePauseNanos = alonePauseNanos;
	}

	/** The node that looks for others. */
	interface Node {

		/** Takes the seeds: the first time it starts with them. */
		void join(List<Address> seeds);

		/** Whether it sees nobody else. */
		boolean isAlone();

	}

	void start() {
		if (this.resolver == null) {
			begin(List.of());
		}
		else {
			lookUp();
			this.impatience = this.loop.schedule(() -> begin(NOWHERE), PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
	}

	/**
	 * Ends the search; may be called by any thread first, to end a lookup that blocks.
	 */
	void interrupt() {
		if (this.resolver != null) {
			this.resolver.close();
		}
	}

	void end() {
		this.ended = true;
		interrupt();
		cancel(this.nextLookup);
		cancel(this.impatience);
	}

	/** Whether the node was started. */
	boolean isBegun() {
		return this.begun;
	}

	private void begin(List<Address> seeds) {
		if (!this.ended && !this.begun) {
			this.begun = true;
			cancel(this.impatience);
			this.node.join(seeds);
		}
	}

	private void lookUp() {
		if (this.resolver != null) {
			this.resolver.request((found) -> {
				this.log.resolved(found);
				try {
					this.loop.execute(() -> found(found));
				}
				catch (RejectedExecutionException ex) {
					this.log.late("Seeds were found");
				}
			});
		}
	}

	/** Gives the node the seeds, unless there are some of which none has an address. */
	private void found(SeedResolver.Seeds found) {
		if (this.ended) {
			return;
		}
		boolean isUsable = found.isNone() || !found.addresses().isEmpty();
		if (!this.begun) {
			begin(isUsable ? found.addresses() : NOWHERE);
		}
		else if (isUsable) {
			// None at all is an answer, too: whoever was removed is left in peace.
			this.node.join(found.addresses());
		}
		lookUpAfter(this.alonePauseNanos, this::lookUpAgain);
	}

	/** Has the seeds looked up anew before the engine asks them again. */
	@Override
	public void onJoinAttempt(int attempt, long retryDelayNanos) {
		if (this.resolver != null && !this.ended) {
			lookUpAfter(retryDelayNanos / 2, this::lookUp);
		}
	}

	private void lookUpAfter(long pauseNanos, Runnable lookup) {
		cancel(this.nextLookup);
		this.nextLookup = this.loop.schedule(lookup, pauseNanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * Looks the seeds up again: often while the node is alone, and now and then in
	 * company, for seeds that have all moved are known to nobody but the name service.
	 */
	private void lookUpAgain() {
		if (this.ended) {
			return;
		}
		if (this.node.isAlone() || ++this.pausesInCompany >= PAUSES_IN_COMPANY) {
			this.pausesInCompany = 0;
			lookUp();
		}
		else {
			lookUpAfter(this.alonePauseNanos, this::lookUpAgain);
		}
	}

	private static void cancel(@Nullable ScheduledFuture<?> scheduled) {
		if (scheduled != null) {
			scheduled.cancel(false);
		}
	}

}
