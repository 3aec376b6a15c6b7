package io.gossip.protocol;

import java.util.ArrayList;
import java.util.List;

import io.gossip.Address;
import io.gossip.GossipMessage;
import io.gossip.Member;
import io.gossip.Zone;

/** Several observers as one, told in the order in which they were given. */
public final class CompositeObserver implements ProtocolObserver {

	private final ProtocolObserver[] observers;

	private CompositeObserver(List<ProtocolObserver> observers) {
		this.observers = observers.toArray(new ProtocolObserver[0]);
	}

	/**
	 * Joins observers to one.
	 * @param observers the observers; {@link ProtocolObserver#NONE} is left out
	 * @return the one that remains, {@code NONE} if there is none
	 */
	public static ProtocolObserver of(ProtocolObserver... observers) {
		List<ProtocolObserver> some = new ArrayList<>();
		for (ProtocolObserver observer : observers) {
			if (observer != NONE) {
				some.add(observer);
			}
		}
		return switch (some.size()) {
			case 0 -> NONE;
			case 1 -> some.get(0);
			default -> new CompositeObserver(some);
		};
	}

	@Override
	public void onMessageSent(GossipMessage.Kind kind, int bytes) {
		for (ProtocolObserver observer : this.observers) {
			observer.onMessageSent(kind, bytes);
		}
	}

	@Override
	public void onMessageReceived(GossipMessage.Kind kind, int bytes) {
		for (ProtocolObserver observer : this.observers) {
			observer.onMessageReceived(kind, bytes);
		}
	}

	@Override
	public void onMessageDuplicate() {
		for (ProtocolObserver observer : this.observers) {
			observer.onMessageDuplicate();
		}
	}

	@Override
	public void onDatagramSent(TrafficClass trafficClass, int bytes) {
		for (ProtocolObserver observer : this.observers) {
			observer.onDatagramSent(trafficClass, bytes);
		}
	}

	@Override
	public void onFrameSent(TrafficClass trafficClass, int bytes) {
		for (ProtocolObserver observer : this.observers) {
			observer.onFrameSent(trafficClass, bytes);
		}
	}

	@Override
	public void onDatagramReceived(int bytes) {
		for (ProtocolObserver observer : this.observers) {
			observer.onDatagramReceived(bytes);
		}
	}

	@Override
	public void onFrameReceived(int bytes) {
		for (ProtocolObserver observer : this.observers) {
			observer.onFrameReceived(bytes);
		}
	}

	@Override
	public void onDropped(DropReason reason) {
		for (ProtocolObserver observer : this.observers) {
			observer.onDropped(reason);
		}
	}

	@Override
	public void onProbe(ProbeOutcome outcome, long roundTripNanos) {
		for (ProtocolObserver observer : this.observers) {
			observer.onProbe(outcome, roundTripNanos);
		}
	}

	@Override
	public void onSuspicionStarted(Member subject) {
		for (ProtocolObserver observer : this.observers) {
			observer.onSuspicionStarted(subject);
		}
	}

	@Override
	public void onSuspicionRefuted(Member subject) {
		for (ProtocolObserver observer : this.observers) {
			observer.onSuspicionRefuted(subject);
		}
	}

	@Override
	public void onFailure(Member subject) {
		for (ProtocolObserver observer : this.observers) {
			observer.onFailure(subject);
		}
	}

	@Override
	public void onSelfRefuted(int incarnation) {
		for (ProtocolObserver observer : this.observers) {
			observer.onSelfRefuted(incarnation);
		}
	}

	@Override
	public void onLocalHealth(int score) {
		for (ProtocolObserver observer : this.observers) {
			observer.onLocalHealth(score);
		}
	}

	@Override
	public void onRumorHeard(long ageNanos) {
		for (ProtocolObserver observer : this.observers) {
			observer.onRumorHeard(ageNanos);
		}
	}

	@Override
	public void onRumorDuplicate() {
		for (ProtocolObserver observer : this.observers) {
			observer.onRumorDuplicate();
		}
	}

	@Override
	public void onViewHashCompared(boolean divergent) {
		for (ProtocolObserver observer : this.observers) {
			observer.onViewHashCompared(divergent);
		}
	}

	@Override
	public void onJoinAttempt(int attempt, long retryDelayNanos) {
		for (ProtocolObserver observer : this.observers) {
			observer.onJoinAttempt(attempt, retryDelayNanos);
		}
	}

	@Override
	public void onIdentityConflict(Member self, Address rival) {
		for (ProtocolObserver observer : this.observers) {
			observer.onIdentityConflict(self, rival);
		}
	}

	@Override
	public void onStall(long stallNanos) {
		for (ProtocolObserver observer : this.observers) {
			observer.onStall(stallNanos);
		}
	}

	@Override
	public void onSyncStarted() {
		for (ProtocolObserver observer : this.observers) {
			observer.onSyncStarted();
		}
	}

	@Override
	public void onZoneUnreachable(Zone zone) {
		for (ProtocolObserver observer : this.observers) {
			observer.onZoneUnreachable(zone);
		}
	}

	@Override
	public void onZoneReachable(Zone zone) {
		for (ProtocolObserver observer : this.observers) {
			observer.onZoneReachable(zone);
		}
	}

}
