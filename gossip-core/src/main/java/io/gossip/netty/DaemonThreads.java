package io.gossip.netty;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * A maker of daemon threads that all bear one name, for a pool that has one at a time.
 */
final class DaemonThreads extends DefaultThreadFactory {

	private static final long IDLE_MILLIS = 500;

	private final String name;

	DaemonThreads(String name) {
		super(name, true);
		this.name = name;
	}

	/**
	 * A pool of one thread, which ends when it has nothing to do.
	 * @param waitingMax how many tasks may wait for it; what is more is dropped
	 */
	static ThreadPoolExecutor oneAtATime(int waitingMax, ThreadFactory threads) {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, IDLE_MILLIS, TimeUnit.MILLISECONDS,
				new ArrayBlockingQueue<>(waitingMax), threads, new ThreadPoolExecutor.DiscardPolicy());
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	@Override
	protected Thread newThread(Runnable task, String numberedName) {
		return super.newThread(task, this.name);
	}

}
