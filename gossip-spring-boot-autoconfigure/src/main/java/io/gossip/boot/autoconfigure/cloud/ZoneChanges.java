package io.gossip.boot.autoconfigure.cloud;

import io.gossip.Zone;
import io.gossip.protocol.ProtocolObserver;

/**
 * Passes it on that a zone can be reached no more, or again. Nothing happens to the
 * members of such a zone, so no membership event tells of it. It is a bean of its own
 * because the node is built with its observers.
 */
final class ZoneChanges implements ProtocolObserver {

	private volatile Runnable listener = () -> {
	};

	/**
	 * Sets who is told.
	 * @param newListener called on the event loop, so it must be quick
	 */
	void listener(Runnable newListener) {
		this.listener = newListener;
	}

	@Override
	public void onZoneUnreachable(Zone zone) {
		this.listener.run();
	}

	@Override
	public void onZoneReachable(Zone zone) {
		this.listener.run();
	}

}
