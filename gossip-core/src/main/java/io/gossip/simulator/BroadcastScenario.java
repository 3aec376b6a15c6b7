package io.gossip.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.gossip.GossipMessage;
import io.gossip.MembershipEvent;
import io.gossip.protocol.wire.MessageBody;
import io.gossip.protocol.wire.WireLimits;

/** Nodes broadcast messages of the application, and publish new metadata meanwhile. */
final class BroadcastScenario extends IncidentScenario {

	private static final int PAYLOAD_BYTES = 400;

	/** How many nodes broadcast when one publishes. */
	private static final int BROADCASTS = 5;

	@Override
	public String name() {
		return "broadcast";
	}

	@Override
	public String summary() {
		return "nodes broadcast messages while others publish metadata: how soon, and to how many, both come";
	}

	@Override
	void happen(ScenarioRun run, SimulatedNode node) {
		int version = node.engine().self().contentVersion() + 1;
		run.spreads()
			.watch(node,
					(event) -> event instanceof MembershipEvent.Updated && event.member().contentVersion() >= version,
					() -> {
					});
		node.updateMetadata(Map.of("version", Integer.toString(version)));
		Receipts receipts = run.receipts();
		for (SimulatedNode origin : run.some(Math.min(BROADCASTS, run.options().nodes()))) {
			receipts.broadcast(origin, PAYLOAD_BYTES);
		}
	}

	@Override
	void measure(ScenarioRun run) {
		Receipts receipts = run.receipts();
		run.figures().number("broadcasts", receipts.sent());
		run.figures().number("broadcastsRefused", receipts.refused());
		run.figures().number("broadcastCopiesMissing", receipts.missing());
		run.figures().millis("broadcastSpread99Millis", receipts.ninetyNine());
		run.figures().millis("broadcastSpreadMillis", receipts.all());
		run.figures().millis("spread99Millis", run.spreads().ninetyNine());
		run.figures().millis("spreadMillis", run.spreads().all());
		run.figures().curve("nodes that have a broadcast, over the time since it was sent", receipts.each());
	}

	/** Who has taken which broadcast, and when. */
	static final class Receipts {

		private final Simulation simulation;

		private final List<long[]> tookNanos = new ArrayList<>();

		private final List<Long> sentNanos = new ArrayList<>();

		private int refused;

		Receipts(Simulation simulation) {
			this.simulation = simulation;
			simulation.world().onMessage(this::took);
		}

		private void broadcast(SimulatedNode origin, int bytes) {
			World world = this.simulation.world();
			long[] took = new long[this.simulation.nodes().size()];
			Arrays.fill(took, -1);
			took[origin.index()] = 0;
			this.tookNanos.add(took);
			this.sentNanos.add(world.nowNanos());
			String topic = Integer.toString(this.sentNanos.size() - 1);
			if (!world.broadcast(origin,
					MessageBody.encode(topic, new byte[bytes], WireLimits.BROADCAST_BYTES_MAX, ""))) {
				this.tookNanos.remove(this.tookNanos.size() - 1);
				this.sentNanos.remove(this.sentNanos.size() - 1);
				this.refused++;
			}
		}

		/** Nobody may take a message twice. */
		private void took(SimulatedNode node, GossipMessage message) {
			int number = Integer.parseInt(message.topic());
			long[] took = this.tookNanos.get(number);
			if (took[node.index()] >= 0) {
				throw this.simulation.failure(node + " has taken " + message + " twice, or its own");
			}
			took[node.index()] = this.simulation.world().nowNanos() - this.sentNanos.get(number);
		}

		int sent() {
			return this.sentNanos.size();
		}

		int refused() {
			return this.refused;
		}

		long missing() {
			return this.tookNanos.stream().flatMapToLong(Arrays::stream).filter((nanos) -> nanos < 0).count();
		}

		Samples each() {
			Samples samples = new Samples();
			this.tookNanos.stream().flatMapToLong(Arrays::stream).filter((nanos) -> nanos > 0).forEach(samples::add);
			return samples;
		}

		Samples ninetyNine() {
			return quantiles(0.99);
		}

		Samples all() {
			return quantiles(1);
		}

		/** Of each broadcast that came so far, when a share of all nodes had it. */
		private Samples quantiles(double share) {
			Samples samples = new Samples();
			for (long[] took : this.tookNanos) {
				long[] times = Arrays.stream(took).filter((nanos) -> nanos >= 0).sorted().toArray();
				int wanted = (int) StrictMath.ceil(share * took.length);
				if (times.length >= wanted) {
					samples.add(times[wanted - 1]);
				}
			}
			return samples;
		}

	}

}
