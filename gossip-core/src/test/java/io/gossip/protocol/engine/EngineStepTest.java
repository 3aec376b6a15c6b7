package io.gossip.protocol.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import io.gossip.Address;
import io.gossip.ClusterPhase;
import io.gossip.ClusterView;
import io.gossip.GossipConfig;
import io.gossip.MemberState;
import io.gossip.MembershipEvent;
import io.gossip.NodeId;
import io.gossip.protocol.Effects;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.UnreachableReason;
import io.gossip.protocol.membership.MemberInterner;
import io.gossip.protocol.wire.PacketEncoder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EngineStepTest {

	private static final Address HERE = Address.ofIpv4(0x7F000001, 1);

	private static final Address THERE = Address.ofIpv4(0x7F000001, 2);

	@Test
	void anEffectThatCallsTheEngineBackIsABug() {
		List<Runnable> calls = new ArrayList<>();
		AtomicReference<GossipEngine> engine = new AtomicReference<>();
		calls.add(() -> Objects.requireNonNull(engine.get()).onTimer(1));
		calls.add(() -> Objects.requireNonNull(engine.get()).join(1, List.of()));
		calls.add(() -> Objects.requireNonNull(engine.get()).leave(1));
		calls.add(() -> Objects.requireNonNull(engine.get()).onWritable(1, true));
		calls.add(() -> Objects.requireNonNull(engine.get()).updateMetadata(1, new TreeMap<>()));
		calls.add(() -> Objects.requireNonNull(engine.get()).onDatagram(1, THERE, new byte[0], 0, 0));
		calls.add(() -> Objects.requireNonNull(engine.get()).onFrame(1, THERE, new byte[0], 0, 0));
		calls.add(() -> Objects.requireNonNull(engine.get()).onUnreachable(1, THERE, UnreachableReason.REFUSED));
		for (Runnable call : calls) {
			Calling effects = new Calling();
			engine.set(new GossipEngine(new EngineSetup(GossipConfig.defaults(), new NodeId(1), 1, "n", HERE,
					new SplittableRandom(1), new MemberInterner(16), effects, ProtocolObserver.NONE, new byte[65536])));
			Objects.requireNonNull(engine.get()).join(0, List.of());
			effects.call = call;
			byte[] ping = ping();
			assertThatThrownBy(() -> Objects.requireNonNull(engine.get()).onDatagram(0, THERE, ping, 0, ping.length))
				.isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("within one of its own steps");
			effects.call = () -> effects.sent++;
			Objects.requireNonNull(engine.get()).onDatagram(0, THERE, ping, 0, ping.length);
			assertThat(effects.sent).as("after the bug was reported the engine is not stuck").isPositive();
		}
	}

	@Test
	void whatMayBeReadWithinAStepCanBeRead() {
		AtomicReference<GossipEngine> engine = new AtomicReference<>();
		Calling effects = new Calling();
		engine.set(new GossipEngine(new EngineSetup(GossipConfig.defaults(), new NodeId(1), 1, "n", HERE,
				new SplittableRandom(1), new MemberInterner(16), effects, ProtocolObserver.NONE, new byte[65536])));
		Objects.requireNonNull(engine.get()).join(0, List.of());
		effects.call = () -> effects.sent += Objects.requireNonNull(engine.get()).view().size();
		byte[] ping = ping();
		Objects.requireNonNull(engine.get()).onDatagram(0, THERE, ping, 0, ping.length);
		assertThat(effects.sent).isPositive();
	}

	@Test
	void aTimerThatIsNotDueDoesNothing() {
		EngineHarness harness = new EngineHarness(3);
		List<Node> nodes = harness.cluster(3, (config) -> config);
		for (int round = 0; round < 2000; round++) {
			harness.run(7 * EngineHarness.MILLI);
			for (Node node : nodes) {
				if (node.engine.nextDeadline() > harness.now) {
					ClusterView view = node.engine.view();
					long deadline = node.engine.nextDeadline();
					int sent = harness.sent.size();
					node.engine.onTimer(harness.now);
					assertThat(node.engine.view()).isSameAs(view);
					assertThat(node.engine.nextDeadline()).isEqualTo(deadline);
					assertThat(harness.sent).hasSize(sent);
				}
			}
		}
	}

	@Test
	void theViewIsTheSameInstanceUntilSomethingChanged() {
		EngineHarness harness = new EngineHarness(4);
		List<Node> nodes = harness.cluster(4, (config) -> config);
		harness.run(2 * EngineHarness.SECOND);
		ClusterView before = nodes.get(0).engine.view();
		harness.run(60 * EngineHarness.SECOND);
		assertThat(nodes.get(0).engine.view()).as("after a minute of probes").isSameAs(before);
		nodes.get(1).engine.updateMetadata(harness.now, new TreeMap<>(Map.of("k", "v")));
		assertThat(harness.runUntil(() -> nodes.get(0).engine.view() != before, EngineHarness.SECOND)).isTrue();
		ClusterView after = nodes.get(0).engine.view();
		assertThat(after.version()).isGreaterThan(before.version());
		assertThat(after.hash()).isNotEqualTo(before.hash());
		assertThat(before.find(nodes.get(1).id()).orElseThrow().member().metadata()).as("the view before").isEmpty();
		assertThat(after.find(nodes.get(1).id()).orElseThrow().member().metadata()).containsEntry("k", "v");
		assertThat(after.find(nodes.get(2).id())).isEqualTo(before.find(nodes.get(2).id()));
	}

	@Test
	void aViewTellsTheSameInAllItsWays() {
		EngineHarness harness = new EngineHarness(5);
		Node node = harness.node("node");
		node.join();
		List<TestPeer> peers = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			TestPeer peer = harness.peer("p" + i);
			peers.add(peer);
			peer.introduce(node);
		}
		for (int i = 0; i < 300; i += 3) {
			peers.get(1).claim(node, peers.get(i), MemberState.of(1 + i % 2), 1, 7);
		}
		ClusterView view = node.engine.view();
		assertThat(view.all()).hasSize(301)
			.isSortedAccordingTo((one, two) -> one.member().id().compareTo(two.member().id()));
		assertThat(view.members()).hasSize(view.size());
		for (MemberState state : MemberState.values()) {
			assertThat(view.count(state)).isEqualTo(node.engine.count(state))
				.isEqualTo((int) view.all().stream().filter((status) -> status.state() == state).count());
		}
		for (TestPeer peer : peers) {
			assertThat(view.find(peer.id).orElseThrow().member()).isEqualTo(peer.member());
		}
		assertThat(view.find(new NodeId(12345))).isEmpty();
		assertThatThrownBy(() -> view.members().clear()).isInstanceOf(UnsupportedOperationException.class);
	}

	@Test
	void aNodeWithoutSeedsIsTheClusterAtOnce() {
		EngineHarness harness = new EngineHarness(6);
		Node node = harness.node("alone");
		assertThat(node.engine.phase()).isEqualTo(ClusterPhase.STOPPED);
		node.join();
		assertThat(node.engine.phase()).isEqualTo(ClusterPhase.JOINED);
		assertThat(node.engine.view().size()).isOne();
		assertThat(node.engine.isolated()).isFalse();
		assertThat(harness.sent).isEmpty();
	}

	@Test
	void aNodeThatHasNobodyToTellSleepsBetweenItsTimers() {
		EngineHarness harness = new EngineHarness(7);
		Node node = harness.node("alone",
				(config) -> config.dissemination((settings) -> settings.withEagerDelay(Duration.ZERO)));
		node.join();
		node.engine.updateMetadata(harness.now, new TreeMap<>(Map.of("k", "v")));
		assertThat(steps(harness, EngineHarness.SECOND)).as("steps in a second").isLessThan(20);
		assertThat(node.engine.rumorsQueued()).isZero();
	}

	@Test
	void aRumorThatNobodyElseNeedsIsDropped() {
		EngineHarness harness = new EngineHarness(8);
		List<Node> nodes = harness.cluster(2, (config) -> config);
		harness.run(5 * EngineHarness.SECOND);
		for (Node node : nodes) {
			assertThat(node.engine.rumorsQueued()).as("rumors of a node about its only peer").isZero();
		}
		assertThat(steps(harness, 10 * EngineHarness.SECOND)).as("steps in ten seconds").isLessThan(100);
	}

	@Test
	void whileTheTransportIsFullNewsWaitsWithoutBusyTimers() {
		EngineHarness harness = new EngineHarness(9);
		List<Node> nodes = harness.cluster(3,
				(config) -> config.dissemination((settings) -> settings.withEagerDelay(Duration.ZERO)));
		harness.run(5 * EngineHarness.SECOND);
		Node node = nodes.get(0);
		node.engine.onWritable(harness.now, false);
		// So long only repair waits, in the hope that this is enough.
		harness.run(EngineHarness.SECOND / 5);
		node.engine.updateMetadata(harness.now, new TreeMap<>(Map.of("k", "v")));
		long before = rumorPackets(node);
		assertThat(steps(harness, EngineHarness.SECOND)).as("steps in a second").isLessThan(60);
		assertThat(rumorPackets(node)).isEqualTo(before);
		node.engine.onWritable(harness.now, true);
		assertThat(harness.runUntil(() -> EngineHarness.agree(nodes, 3), EngineHarness.SECOND)).isTrue();
	}

	private static long rumorPackets(Node node) {
		return node.sent().stream().filter((packet) -> packet.trafficClass() == TrafficClass.RUMOR).count();
	}

	/** How much happens within a time; stops at a thousand. */
	private static int steps(EngineHarness harness, long nanos) {
		int[] steps = new int[1];
		harness.runUntil(() -> steps[0]++ >= 1000, nanos);
		return steps[0];
	}

	private static byte[] ping() {
		PacketEncoder encoder = new PacketEncoder(new byte[100],
				EngineState.clusterId(GossipConfig.defaults().node().cluster()));
		encoder.start(100, 0, 2, 2, 1);
		encoder.ping(1);
		return Arrays.copyOf(encoder.buffer(), encoder.length());
	}

	private static final class Calling implements Effects {

		private Runnable call = () -> {
		};

		private int sent;

		@Override
		public void sendDatagram(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length) {
			this.call.run();
		}

		@Override
		public void sendFrame(Address to, TrafficClass trafficClass, byte[] buffer, int offset, int length) {
			this.call.run();
		}

		@Override
		public void emit(MembershipEvent event) {
			this.call.run();
		}

	}

}
