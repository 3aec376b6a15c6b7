package io.gossip.netty;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.gossip.netty.StateFile.Versions;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.ProtocolObserver;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a node over restarts: has its versions written whenever they have grown,
 * on a thread of its own that ends when it has nothing to do. The event loop alone calls
 * it, unless noted.
 *
 * <p>
 * At most one write is under way, and what grows meanwhile is the next one, a moment
 * later. A start begins so far above what it finds that what was not written in time does
 * not matter.
 */
final class StateKeeper {

	/** How far above what was kept a start begins. */
	static final int SKIP = 64;

	private static final long PAUSE_MILLIS = 100;

	private static final long PAUSE_AFTER_FAILURE_MILLIS = 10_000;

	private static final long LAST_WRITE_SECONDS = 2;

	private final StateFile file;

	private final EventLoop loop;

	private final NodeLog log;

	private final ProtocolObserver observer;

	private final ThreadPoolExecutor executor;

	private Versions newest = Versions.NONE;

	private Versions handedOver = Versions.NONE;

	/** Whether a write is under way, or the pause after it. */
	private boolean isBusy;

	private boolean isClosed;

	private @Nullable ScheduledFuture<?> pause;

	StateKeeper(StateFile file, EventLoop loop, NodeLog log, ProtocolObserver observer, String name) {
		this.file = file;
		this.loop = loop;
		this.log = log;
		this.observer = observer;
		// One write runs, and the last one may wait behind it.
		this.executor = DaemonThreads.oneAtATime(2, new DaemonThreads("gossip-state-" + name));
	}

	/** What a start has to begin above; blocks, and may be called by any thread. */
	Versions resumeFrom() {
		try {
			Versions kept = this.file.read();
			return kept.equals(Versions.NONE) ? kept
					: new Versions(kept.incarnation() + SKIP, kept.contentVersion() + SKIP);
		}
		catch (StateFile.Unusable ex) {
			this.log.stateUnusable(this.file.path(), ex.getMessage());
			return Versions.NONE;
		}
	}

	/** Takes versions that have grown. */
	void keep(int incarnation, int contentVersion) {
		this.newest = new Versions(incarnation, contentVersion);
		if (!this.isBusy) {
			writeNext();
		}
	}

	private void writeNext() {
		this.isBusy = false;
		if (this.isClosed || this.newest.equals(this.handedOver)) {
			return;
		}
		this.isBusy = true;
		Versions versions = this.newest;
		this.handedOver = versions;
		this.executor.execute(() -> {
			IOException failure = write(versions);
			try {
				this.loop.execute(() -> onWritten(failure));
			}
			catch (RejectedExecutionException ex) {
				this.log.late("The state was written");
			}
		});
	}

	private @Nullable IOException write(Versions versions) {
		try {
			this.file.write(versions);
			return null;
		}
		catch (IOException ex) {
			return ex;
		}
		catch (RuntimeException ex) {
			return new IOException(ex);
		}
	}

	private void onWritten(@Nullable IOException failure) {
		if (this.isClosed) {
			return;
		}
		if (failure != null) {
			this.handedOver = Versions.NONE;
			this.log.stateNotWritten(this.file.path(), failure);
			this.observer.onDropped(DropReason.STATE_WRITE_FAILED);
		}
		this.pause = this.loop.schedule(this::writeNext, (failure != null) ? PAUSE_AFTER_FAILURE_MILLIS : PAUSE_MILLIS,
				TimeUnit.MILLISECONDS);
	}

	/** Has the last versions written, without waiting for it. */
	void close() {
		if (!this.isClosed) {
			if (this.pause != null) {
				this.pause.cancel(false);
			}
			writeNext();
			this.isClosed = true;
			abandon();
		}
	}

	/** Ends the thread when it has written what it was given; any thread may call it. */
	void abandon() {
		this.executor.shutdown();
	}

	/** Waits until all is written; any thread but the event loop may call it. */
	void awaitClosed() throws InterruptedException {
		if (!this.executor.awaitTermination(LAST_WRITE_SECONDS, TimeUnit.SECONDS)) {
			this.log.late("The state is still being written");
		}
	}

}
