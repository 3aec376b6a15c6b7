package io.gossip.protocol.engine;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.MembershipEvent;
import io.gossip.protocol.probe.FailureDetector;
import io.gossip.protocol.probe.IndirectProbes;

/** The parts of one engine, as they know each other. */
final class EngineParts {

	private static final int ERRANDS_MAX = 64;

	private final EngineState state;

	final SelfRecord self;

	final OutboundPackets packets;

	final MemberRecords records;

	final ZoneWatch zones;

	final IndirectProbes errands = new IndirectProbes(ERRANDS_MAX);

	final FailureDetector detector;

	final PauseNotices pauses;

	final Rival rival;

	final JoinProtocol join;

	final SnapshotServer snapshots;

	final LeaveProtocol leave;

	final Repair repair;

	final PeerTalk peers;

	final Dissemination dissemination;

	final Healing healing;

	final UserMessages messages;

	EngineParts(EngineSetup setup, EngineState state, EngineFactory factory) {
		this.state = state;
		this.self = factory.self(setup, state);
		this.packets = factory.packets(setup, state, this.self);
		this.records = factory.records(state, this);
		this.zones = new ZoneWatch(state, this);
		this.detector = new FailureDetector(state.config.failureDetection(), state.table, state.order, state.health,
				state.roundTrips, state.random, new Probing(state, this), state.observer);
		this.pauses = new PauseNotices(state);
		this.rival = new Rival(state, this.packets);
		this.join = new JoinProtocol(state, this.self, this.packets);
		this.leave = new LeaveProtocol(state, this.self, this.packets);
		this.repair = new Repair(state, this.packets, this.zones, setup.address());
		this.snapshots = new SnapshotServer(state, this.packets, this.repair);
		this.peers = new PeerTalk(state, this);
		this.dissemination = new Dissemination(state, this.packets);
		this.messages = new UserMessages(state, this.packets);
		this.healing = new Healing(state, this.join, this.peers);
	}

	/**
	 * Another live start has this node's identity: a joiner gives up, a member reports.
	 */
	void onConflict(long nowNanos, Address at) {
		this.rival.end();
		boolean isTold = this.rival.onConflict(nowNanos, at);
		if (this.state.phase == ClusterPhase.JOINING) {
			this.state.phase = ClusterPhase.CONFLICT;
			this.state.timers.disarmAll();
		}
		else if (isTold) {
			this.state.effects.emit(new MembershipEvent.Conflicted(this.self.member(), this.self.incarnation(), at));
		}
		this.state.observer.onIdentityConflict(this.self.member(), at);
	}

}
