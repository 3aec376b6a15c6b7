package io.gossip.netty;

import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * A maker of daemon threads that all bear one name, for a pool that has one at a time.
 */
final class DaemonThreads extends DefaultThreadFactory {

	private final String name;

	DaemonThreads(String name) {
		super(name, true);
		this.name = name;
	}

	@Override
	protected Thread newThread(Runnable task, String numberedName) {
		return super.newThread(task, this.name);
	}

}
