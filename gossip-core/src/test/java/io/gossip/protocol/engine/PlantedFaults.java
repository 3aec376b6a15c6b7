package io.gossip.protocol.engine;

import io.gossip.MemberState;
import io.gossip.protocol.wire.PacketEncoder;

/** Engines with one fault each, for the tests of those who must find it. */
public final class PlantedFaults {

	private PlantedFaults() {
	}

	/**
	 * An engine that believes any claim that a dead member is alive, however old the
	 * claim.
	 */
	public static GossipEngine staleAliveOverDead(EngineSetup setup) {
		return new GossipEngine(setup, new EngineFactory() {

			@Override
			MemberRecords records(EngineState state, EngineParts parts) {
				return new Credulous(state, parts);
			}

		});
	}

	/** An engine that fills packets up to the end of its buffer. */
	public static GossipEngine packetWithoutBound(EngineSetup setup) {
		return new GossipEngine(setup, new EngineFactory() {

			@Override
			OutboundPackets packets(EngineSetup parts, EngineState state, SelfRecord self) {
				return new Boundless(parts, state, self);
			}

		});
	}

	/** An engine that lets every third accusation of itself pass. */
	public static GossipEngine everyThirdRefutationDropped(EngineSetup setup) {
		return new GossipEngine(setup, new EngineFactory() {

			@Override
			SelfRecord self(EngineSetup parts, EngineState state) {
				return new Resigned(parts, state);
			}

		});
	}

	private static final class Credulous extends MemberRecords {

		private final EngineState state;

		Credulous(EngineState state, EngineParts parts) {
			super(state, parts);
			this.state = state;
		}

		@Override
		int mergeLiveness(long nowNanos, int slot, MemberState claimed, int incarnation, int instance, long accuser,
				long bornNanos, boolean isNews) {
			if (claimed == MemberState.ALIVE && this.state.table.state(slot) == MemberState.DEAD) {
				apply(nowNanos, slot, claimed, incarnation, instance, accuser);
				return 1;
			}
			return super.mergeLiveness(nowNanos, slot, claimed, incarnation, instance, accuser, bornNanos, isNews);
		}

	}

	private static final class Boundless extends OutboundPackets {

		private final EngineState state;

		private final SelfRecord self;

		Boundless(EngineSetup setup, EngineState state, SelfRecord self) {
			super(state, self, setup.scratch());
			this.state = state;
			this.self = self;
		}

		@Override
		PacketEncoder begin(long destination) {
			PacketEncoder packet = encoder();
			packet.start(packet.buffer().length, destination, this.state.selfId, this.state.selfInstance,
					this.self.incarnation());
			return packet;
		}

	}

	private static final class Resigned extends SelfRecord {

		private int refutations;

		Resigned(EngineSetup setup, EngineState state) {
			super(setup, state);
		}

		@Override
		void refute(long nowNanos, MemberState claimed, int incarnation) {
			boolean isRefutation = claimed != MemberState.ALIVE && incarnation >= incarnation();
			if (isRefutation && ++this.refutations % 3 == 0) {
				return;
			}
			super.refute(nowNanos, claimed, incarnation);
		}

	}

}
