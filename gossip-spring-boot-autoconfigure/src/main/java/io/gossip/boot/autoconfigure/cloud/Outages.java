package io.gossip.boot.autoconfigure.cloud;

import io.gossip.Member;
import io.gossip.Zone;
import io.gossip.protocol.ProtocolObserver;

/**
 * Passes it on at once that a member or a zone cannot be reached, or can again. Nothing
 * happens to the members of such a zone, so no membership event tells of it; and the
 * events of members wait for the listeners of the application, which may be slow. It is a
 * bean of its own because the node is built with its observers.
 */
final class Outages implements ProtocolObserver {

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
	public void onSuspicionStarted(Member subject) {
		this.listener.run();
	}

	@Override
	public void onSuspicionRefuted(Member subject) {
		this.listener.run();
	}

	@Override
	public void onFailure(Member subject) {
		this.listener.run();
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
