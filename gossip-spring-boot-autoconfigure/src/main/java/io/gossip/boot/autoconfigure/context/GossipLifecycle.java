package io.gossip.boot.autoconfigure.context;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.gossip.ClusterPhase;
import io.gossip.GossipCluster;
import io.gossip.GossipException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops a node with its context: it joins when the web server accepts
 * requests, and leaves before the web server drains, so that the others stop calling
 * first. It may be started again after a stop, as contexts of tests are.
 */
public final class GossipLifecycle implements SmartLifecycle, DisposableBean {

	/**
	 * The phase: after the web server's start and before its graceful shutdown (which is
	 * {@code Integer.MAX_VALUE - 1024}); consumers of the default phase start later and
	 * stop earlier.
	 */
	public static final int PHASE = Integer.MAX_VALUE - 512;

	/** What {@code leave()} may overrun its own limit by before it is given up. */
	private static final Duration LEAVE_GRACE = Duration.ofSeconds(1);

	private static final Log logger = LogFactory.getLog(GossipLifecycle.class);

	private final Object transition = new Object();

	private final GossipCluster cluster;

	private final @Nullable LocalMetadata metadata;

	private final Limits limits;

	private final ApplicationEventPublisher publisher;

	private final CountDownLatch destroyed = new CountDownLatch(1);

	/**
	 * How long the steps of a life may take.
	 *
	 * @param join how long a start waits for the node to join, or fails; null not to wait
	 * @param leave how long a stop waits until somebody has heard
	 * @param drain how long the web server serves on after that, where the node has told
	 * others of one
	 */
	public record Limits(@Nullable Duration join, Duration leave, Duration drain) {
	}

	/**
	 * The lifecycle of a node.
	 * @param cluster the node
	 * @param metadata what it says of itself at each start, null to leave that to it
	 * @param limits how long its steps may take
	 * @param publisher where {@link GossipStartedEvent} goes
	 */
	public GossipLifecycle(GossipCluster cluster, @Nullable LocalMetadata metadata, Limits limits,
			ApplicationEventPublisher publisher) {
		this.cluster = cluster;
		this.metadata = metadata;
		this.limits = limits;
		this.publisher = publisher;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public void start() {
		if (startNode() && this.limits.join() != null) {
			awaitJoined(this.limits.join());
		}
	}

	private boolean startNode() {
		synchronized (this.transition) {
			if (isRunning() || this.destroyed.getCount() == 0) {
				return false;
			}
			if (this.metadata != null) {
				this.metadata.applyTo(this.cluster);
			}
			this.cluster.start();
		}
		this.publisher.publishEvent(new GossipStartedEvent(this.cluster));
		return true;
	}

	private void awaitJoined(Duration timeout) {
		try {
			this.cluster.joined().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			GossipJoinFailedException failure = new GossipJoinFailedException(timeout, this.cluster.status());
			this.cluster.stop();
			throw failure;
		}
		catch (ExecutionException ex) {
			this.cluster.stop();
			throw (ex.getCause() instanceof GossipException cause) ? cause
					: new GossipException("The node did not join", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new GossipException("The start was interrupted while the node joined", ex);
		}
	}

	/**
	 * Leaves the cluster, and goes on without it: the application stays up.
	 * @return where the node is in its life afterwards
	 */
	public ClusterPhase leaveOnly() {
		synchronized (this.transition) {
			if (isRunning()) {
				leave();
			}
			return this.cluster.status().phase();
		}
	}

	/**
	 * Starts the node anew, after a farewell if it is a member: the way back for one that
	 * has left, was refused or has failed. It does not wait until the node has joined,
	 * and the node goes on looking for its seeds if none answers.
	 */
	public void rejoin() {
		synchronized (this.transition) {
			leaveOnly();
			this.cluster.stop();
		}
		startNode();
	}

	/** Whether the node runs; one that a broken invariant has ended does not. */
	@Override
	public boolean isRunning() {
		ClusterPhase phase = this.cluster.status().phase();
		return phase != ClusterPhase.STOPPED && phase != ClusterPhase.FAILED;
	}

	@Override
	public void stop(Runnable callback) {
		if (!isRunning()) {
			callback.run();
			return;
		}
		// other beans of the phase stop meanwhile, and the processor bounds the wait
		new Thread(() -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		}, "gossip-leave").start();
	}

	@Override
	public void stop() {
		synchronized (this.transition) {
			if (!isRunning()) {
				return;
			}
			boolean isCalled = isCalledByOthers();
			leave();
			if (isCalled) {
				drain();
			}
			this.cluster.stop();
		}
	}

	/** Stops the node of a context whose refresh has failed, without a farewell. */
	@Override
	public void destroy() {
		this.destroyed.countDown();
		synchronized (this.transition) {
			this.cluster.stop();
		}
	}

	/** Whether anybody may send requests to the web server of this node. */
	private boolean isCalledByOthers() {
		return this.cluster.localMember().metadata().containsKey(ServiceMetadata.HTTP_PORT)
				&& this.cluster.view().size() > 1;
	}

	/**
	 * Holds the end of the web server up, which is of an earlier phase: those who read
	 * the old view before the farewell reached them are about to call. The node still
	 * answers meanwhile, that it has left.
	 */
	private void drain() {
		try {
			boolean unused = this.destroyed.await(this.limits.drain().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void leave() {
		try {
			this.cluster.leave()
				.toCompletableFuture()
				.get(this.limits.leave().plus(LEAVE_GRACE).toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException ex) {
			logger.warn("The gossip node did not finish to leave within " + this.limits.leave().toMillis()
					+ " ms; the other members will notice by its silence");
		}
		catch (ExecutionException ex) {
			logger.warn("The gossip node stops without having left; the other members will notice by its silence",
					ex.getCause());
		}
	}

}
