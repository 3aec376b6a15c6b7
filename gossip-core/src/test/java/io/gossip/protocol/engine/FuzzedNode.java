package io.gossip.protocol.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.GossipConfig;
import io.gossip.LimitSettings;
import io.gossip.MemberState;
import io.gossip.MemberStatus;
import io.gossip.MembershipEvent;
import io.gossip.NodeId;
import io.gossip.Zone;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.Effects;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.membership.MemberInterner;
import io.gossip.protocol.wire.PacketDecoder;
import org.jspecify.annotations.Nullable;

/**
 * An engine with small limits that is given hostile inputs. After each it must have sent
 * no more than a step may, nothing that is not a packet, keep no more than its limits
 * allow, hold itself alive, and not want to be woken for ever.
 */
final class FuzzedNode implements Effects, ProtocolObserver {

	static final String CLUSTER = "fuzz";

	static final Address ADDRESS = Address.ofIpv4(0x0A000001, 7946);

	private static final int PACKETS_PER_STEP_MAX = 256;

	/** A frame of 64 KiB has fewer records than this, each an event at most two. */
	private static final int EVENTS_PER_STEP_MAX = 4096;

	/** So many steps at one time are work; more are a loop. */
	private static final int STEPS_AT_ONCE_MAX = 256;

	private static final int SENT_REMEMBERED = 32;

	private final GossipConfig config;

	private final LimitSettings limits;

	private final PacketDecoder decoder = new PacketDecoder();

	private final Packet[] sent = new Packet[SENT_REMEMBERED];

	private int sentCount;

	private int packets;

	private int events;

	private int incarnation;

	/** Not zero, so that a time that was forgotten to be set is noticed. */
	long now = 77_000_000_000L;

	final GossipEngine engine;

	FuzzedNode() {
		this.config = GossipConfig.builder()
			.node((node) -> node.withCluster(CLUSTER).withName("node").withZone(new Zone("a")))
			.limits((limits) -> limits.withMembersMax(24)
				.withRumorsMax(16)
				.withTombstonesMax(6)
				.withSuspicionsMax(8)
				.withMessagesMax(8))
			.healing((healing) -> healing.withRetention(Duration.ofHours(1)))
			.failureDetection((detection) -> detection.withZoneUnreachableTimeout(Duration.ofSeconds(20)))
			.build();
		this.limits = this.config.limits();
		this.engine = new GossipEngine(new EngineSetup(this.config, NodeId.ofName(CLUSTER, "node"), 12345, "node",
				ADDRESS, new SplittableRandom(1), new MemberInterner(64), this, this, new byte[65536]));
	}

	/** A packet that the engine has sent of late; null if there is none. */
	@Nullable Packet sent(int choice) {
		return (this.sentCount == 0) ? null : this.sent[choice % Math.min(this.sentCount, SENT_REMEMBERED)];
	}

	/** Gives the engine an input, and checks what it made of it. */
	void step(Runnable input) {
		this.packets = 0;
		this.events = 0;
		input.run();
		require(this.packets <= PACKETS_PER_STEP_MAX, "packets in a step", this.packets);
		require(this.events <= EVENTS_PER_STEP_MAX, "events in a step", this.events);
		require(this.engine.rumorsQueued() <= this.limits.rumorsMax(), "rumors", this.engine.rumorsQueued());
		require(this.engine.figures().messagesQueued() <= this.limits.messagesMax(), "messages",
				this.engine.figures().messagesQueued());
		require(this.engine.suspicionsRunning() <= this.limits.suspicionsMax(), "suspicions",
				this.engine.suspicionsRunning());
		int dead = this.engine.count(MemberState.DEAD) + this.engine.count(MemberState.LEFT);
		int in = this.engine.count(MemberState.ALIVE) + this.engine.count(MemberState.SUSPECT);
		int self = isGone() ? 1 : 0;
		require(dead - self <= this.limits.tombstonesMax(), "tombstones", dead - self);
		require(in + dead <= this.limits.membersMax(), "members", in + dead);
		require(this.engine.view().size() == in, "members in the view", this.engine.view().size());
		require(this.engine.incarnation() >= this.incarnation, "incarnation", this.engine.incarnation());
		this.incarnation = this.engine.incarnation();
		requireSelf();
	}

	private void requireSelf() {
		if (this.engine.phase() == ClusterPhase.STOPPED) {
			return;
		}
		MemberStatus self = this.engine.view().find(this.engine.self().id()).orElseThrow();
		require(self.state() == (isGone() ? MemberState.LEFT : MemberState.ALIVE), "own state", self.state().ordinal());
	}

	private boolean isGone() {
		return this.engine.phase() == ClusterPhase.LEAVING || this.engine.phase() == ClusterPhase.LEFT;
	}

	private static void require(boolean holds, String what, int value) {
		if (!holds) {
			throw new AssertionError(what + ": " + value);
		}
	}

	/** Wakes the engine as often as it wants at this time. */
	void settle() {
		int steps = 0;
		while (this.engine.nextDeadline() != GossipEngine.NO_DEADLINE && this.engine.nextDeadline() - this.now <= 0) {
			require(++steps <= STEPS_AT_ONCE_MAX, "steps at one time", steps);
			step(() -> this.engine.onTimer(this.now));
		}
	}

	/** Lets time pass; the engine is woken whenever it wants to be. */
	void pass(long nanos) {
		long end = this.now + nanos;
		settle();
		while (this.engine.nextDeadline() != GossipEngine.NO_DEADLINE && this.engine.nextDeadline() - end <= 0) {
			this.now = this.engine.nextDeadline();
			settle();
		}
		this.now = end;
	}

	@Override
	public void sendDatagram(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length) {
		require(length <= this.config.transport().datagramBudgetBytes(), "bytes of a datagram", length);
		sent(to, false, Arrays.copyOfRange(buffer, offset, offset + length));
	}

	@Override
	public void sendFrame(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length) {
		require(length <= this.config.transport().frameBytesMax(), "bytes of a frame", length);
		sent(to, true, Arrays.copyOfRange(buffer, offset, offset + length));
	}

	private void sent(Address to, boolean isFrame, byte[] bytes) {
		this.packets++;
		DropReason reason = this.decoder.open(bytes, 0, bytes.length);
		reason = (reason == null) ? this.decoder.validate() : reason;
		if (reason != null) {
			throw new AssertionError("a packet was sent that is " + reason);
		}
		this.decoder.release();
		this.sent[this.sentCount++ % SENT_REMEMBERED] = new Packet(to, isFrame, bytes);
	}

	@Override
	public void emit(MembershipEvent event) {
		this.events++;
	}

	/** What was sent. */
	@SuppressWarnings("ArrayRecordComponent")
	record Packet(Address to, boolean isFrame, byte[] bytes) {
	}

}
