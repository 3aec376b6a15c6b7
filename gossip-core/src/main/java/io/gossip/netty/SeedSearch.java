package io.gossip.netty;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.gossip.Address;
import io.gossip.ClusterPhase;
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

	private List<Address> lastWithoutProblem = List.of();

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

		/** Where it is in its life. */
		ClusterPhase phase();

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

	/** Gives the node the seeds; an answer with a problem takes none away. */
	private void found(SeedResolver.Seeds found) {
		if (this.ended) {
			return;
		}
		List<Address> addresses = withThoseNotFound(found);
		boolean isUsable = found.isNone() || !addresses.isEmpty();
		if (!this.begun) {
			begin(isUsable ? addresses : NOWHERE);
		}
		else if (!addresses.isEmpty() || (isUsable && this.node.phase() == ClusterPhase.JOINING)) {
			this.node.join(addresses);
		}
		lookUpAfter(this.alonePauseNanos);
	}

	/** A name that could not be looked up just now still leads to where it led before. */
	private List<Address> withThoseNotFound(SeedResolver.Seeds found) {
		if (found.problems().isEmpty()) {
			this.lastWithoutProblem = found.addresses();
			return found.addresses();
		}
		return Stream.concat(found.addresses().stream(), this.lastWithoutProblem.stream()).distinct().toList();
	}

	/** Has the seeds looked up anew before the engine asks them again. */
	@Override
	public void onJoinAttempt(int attempt, long retryDelayNanos) {
		if (this.resolver != null && !this.ended) {
			lookUpAfter(retryDelayNanos / 2);
		}
	}

	private void lookUpAfter(long pauseNanos) {
		cancel(this.nextLookup);
		this.nextLookup = this.loop.schedule(this::lookUpAgain, pauseNanos, TimeUnit.NANOSECONDS);
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
			lookUpAfter(this.alonePauseNanos);
		}
	}

	private static void cancel(@Nullable ScheduledFuture<?> scheduled) {
		if (scheduled != null) {
			scheduled.cancel(false);
		}
	}

}
