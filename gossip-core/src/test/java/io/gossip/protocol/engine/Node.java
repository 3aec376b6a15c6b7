package io.gossip.protocol.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.gossip.Address;
import io.gossip.GossipMessage;
import io.gossip.Member;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.NodeId;
import io.gossip.protocol.DropReason;
import io.gossip.protocol.Effects;
import io.gossip.protocol.ProbeOutcome;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.TrafficClass;
import org.jspecify.annotations.Nullable;

/** An engine in the harness, with all that it did to the world. */
final class Node implements Effects, ProtocolObserver {

	final EngineHarness harness;

	final Address address;

	final List<MembershipEvent> events = new ArrayList<>();

	final Map<DropReason, Integer> drops = new EnumMap<>(DropReason.class);

	final Map<ProbeOutcome, Integer> probes = new EnumMap<>(ProbeOutcome.class);

	final List<GossipMessage> messages = new ArrayList<>();

	int messageDuplicates;

	final List<Long> rumorAges = new ArrayList<>();

	int conflicts;

	int stalls;

	int selfRefutations;

	int syncs;

	int joinAttempts;

	GossipEngine engine;

	@SuppressWarnings("NullAway.Init")
	Node(EngineHarness harness, Address address) {
		this.harness = harness;
		this.address = address;
	}

	void join(List<Address> seeds) {
		this.engine.join(this.harness.now, seeds);
	}

	void join(Node... seeds) {
		join(Arrays.stream(seeds).map((seed) -> seed.address).toList());
	}

	void receive(EngineHarness.Packet packet) {
		// As little as possible around the packet, so that a read beyond it is noticed.
		byte[] buffer = new byte[packet.bytes().length + 3];
		System.arraycopy(packet.bytes(), 0, buffer, 3, packet.bytes().length);
		if (packet.isFrame()) {
			this.engine.onFrame(this.harness.now, packet.from(), buffer, 3, packet.bytes().length);
		}
		else {
			this.engine.onDatagram(this.harness.now, packet.from(), buffer, 3, packet.bytes().length);
		}
	}

	NodeId id() {
		return this.engine.self().id();
	}

	/** The state that this node holds of another; null if it does not know it. */
	@Nullable MemberState stateOf(NodeId id) {
		return this.engine.view().find(id).map((status) -> status.state()).orElse(null);
	}

	long incarnationOf(NodeId id) {
		return this.engine.view().find(id).orElseThrow().incarnation();
	}

	Member memberOf(NodeId id) {
		return this.engine.view().find(id).orElseThrow().member();
	}

	int drops(DropReason reason) {
		return this.drops.getOrDefault(reason, 0);
	}

	int allDrops() {
		return this.drops.values().stream().mapToInt((count) -> count).sum();
	}

	/** What this node has sent so far. */
	List<EngineHarness.Packet> sent() {
		return this.harness.sent.stream().filter((packet) -> packet.from().equals(this.address)).toList();
	}

	@Override
	public void sendDatagram(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length) {
		send(to, false, trafficClass, Arrays.copyOfRange(buffer, offset, offset + length));
	}

	@Override
	public void sendFrame(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length) {
		send(to, true, trafficClass, Arrays.copyOfRange(buffer, offset, offset + length));
	}

	private void send(Address to, boolean isFrame, TrafficClass trafficClass, byte[] bytes) {
		this.harness.send(new EngineHarness.Packet(this.address, to, isFrame, trafficClass, bytes, this.harness.now));
	}

	@Override
	public void emit(MembershipEvent event) {
		this.events.add(event);
	}

	@Override
	public void deliver(GossipMessage message) {
		this.messages.add(message);
	}

	@Override
	public void onMessageDuplicate() {
		this.messageDuplicates++;
	}

	@Override
	public void onDropped(DropReason reason) {
		this.drops.merge(reason, 1, Integer::sum);
	}

	@Override
	public void onProbe(ProbeOutcome outcome, long roundTripNanos) {
		this.probes.merge(outcome, 1, Integer::sum);
	}

	@Override
	public void onIdentityConflict(Member self, Address rival) {
		this.conflicts++;
	}

	@Override
	public void onRumorHeard(long ageNanos) {
		this.rumorAges.add(ageNanos);
	}

	@Override
	public void onStall(long stallNanos) {
		this.stalls++;
	}

	@Override
	public void onSelfRefuted(int incarnation) {
		this.selfRefutations++;
	}

	@Override
	public void onSyncStarted() {
		this.syncs++;
	}

	@Override
	public void onJoinAttempt(int attempt, long retryDelayNanos) {
		this.joinAttempts++;
	}

}
