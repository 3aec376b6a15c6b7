package io.gossip.protocol.engine;

import io.gossip.Address;
import io.gossip.protocol.TrafficClass;
import org.jspecify.annotations.Nullable;

/**
 * The check of another start with this node's identity: it is asked at its address
 * whether it lives, for as long as a probe takes. One that answers is a conflict; from
 * one that does not, or whose host says that nothing listens there, this node takes over.
 */
final class Rival {

	private static final int PINGS_MAX = 3;

	private static final int HEARD_INTERVALS_MAX = 30;

	/** A conflict that lasts is told again after so long. */
	private static final long TELL_AGAIN_NANOS = 60_000_000_000L;

	private final EngineState state;

	private final OutboundPackets packets;

	private @Nullable Address address;

	private int sequence;

	private int pings;

	private int incarnation;

	private int contentVersion;

	/** The start that is asked, or was last. */
	private int instance;

	private boolean isGone;

	/** Which start has spoken, and when. */
	private int heardInstance;

	private long heardNanos;

	private boolean isHeard;

	/** Who has answered last, and when. */
	private @Nullable Address conflict;

	private long conflictNanos;

	private long toldNanos;

	Rival(EngineState state, OutboundPackets packets) {
		this.state = state;
		this.packets = packets;
	}

	/** Starts to ask, unless somebody is asked already. */
	void check(long nowNanos, Address at, int claimedInstance, int claimedIncarnation, int claimedContentVersion) {
		this.incarnation = Math.max(claimedIncarnation, this.incarnation);
		this.contentVersion = Math.max(claimedContentVersion, this.contentVersion);
		if (this.address == null) {
			this.address = at;
			this.instance = claimedInstance;
			this.isGone = false;
			this.sequence = this.state.random.nextInt();
			this.pings = 0;
			ping(nowNanos);
		}
	}

	boolean isChecking() {
		return this.address != null;
	}

	/** Whether an answer is that of the rival that was asked. */
	boolean isAnswer(int answeredSequence) {
		return this.address != null && answeredSequence == this.sequence;
	}

	/** Ends the check: there is nothing to take over. */
	void end() {
		this.address = null;
		this.state.timers.disarm(EngineTimer.RIVAL);
	}

	/**
	 * Asks again.
	 * @return whether the rival was asked often enough, and is taken for gone
	 */
	boolean onTimer(long nowNanos) {
		if (this.pings < PINGS_MAX) {
			ping(nowNanos);
			return false;
		}
		giveUp();
		return true;
	}

	/**
	 * Takes note that a host says that nothing listens at an address.
	 * @return whether it is where the rival was asked, which is taken for gone
	 */
	boolean onRefused(Address at) {
		if (this.address == null || !this.address.equals(at)) {
			return false;
		}
		giveUp();
		return true;
	}

	private void giveUp() {
		end();
		this.isGone = true;
	}

	/**
	 * Takes note that somebody speaks with this node's identity. Once proves nothing: it
	 * may be the last packet of an earlier start, or the first of one that gives up.
	 * @return whether the same start spoke a few intervals of probes ago as well
	 */
	boolean isHeardAgain(long nowNanos, int claimedInstance) {
		long intervalNanos = this.state.config.failureDetection().probeInterval().toNanos();
		long agoNanos = nowNanos - this.heardNanos;
		boolean isSame = this.isHeard && claimedInstance == this.heardInstance
				&& agoNanos < HEARD_INTERVALS_MAX * intervalNanos;
		if (isSame && agoNanos < intervalNanos) {
			return false;
		}
		this.isHeard = true;
		this.heardInstance = claimedInstance;
		this.heardNanos = nowNanos;
		return isSame;
	}

	/**
	 * Takes note that the rival lives.
	 * @return whether that is to be told: it is news, or was told long ago
	 */
	boolean onConflict(long nowNanos, Address at) {
		Address before = this.conflict;
		boolean isTold = before != null && before.equals(at) && nowNanos - this.toldNanos < TELL_AGAIN_NANOS;
		this.conflict = at;
		this.conflictNanos = nowNanos;
		if (!isTold) {
			this.toldNanos = nowNanos;
		}
		return !isTold;
	}

	/** Where a rival has answered, null if none ever has. */
	@Nullable Address conflict() {
		return this.conflict;
	}

	/** When a rival has answered last; means nothing if none ever has. */
	long conflictNanos() {
		return this.conflictNanos;
	}

	/** Whether a start was asked in vain, so that what is said of it is old. */
	boolean isGone(int claimedInstance) {
		return this.isGone && claimedInstance == this.instance;
	}

	int incarnation() {
		return this.incarnation;
	}

	int contentVersion() {
		return this.contentVersion;
	}

	private void ping(long nowNanos) {
		Address to = this.address;
		if (to != null) {
			if (this.pings == 0) {
				// A host that is up refuses the stream at once if the process is gone.
				this.packets.beginFrame(this.state.selfId).ping(this.sequence);
				this.packets.sendFrame(to, TrafficClass.BULK);
			}
			this.pings++;
			this.packets.begin(this.state.selfId).ping(this.sequence);
			this.packets.send(to, TrafficClass.BULK);
			this.state.timers.arm(EngineTimer.RIVAL,
					nowNanos + this.state.config.failureDetection().probeInterval().toNanos() / PINGS_MAX);
		}
	}

}
