package io.gossip.protocol.engine;

/**
 * Makes those parts of an engine that decide what is believed, what is sent and what is
 * answered. It is a class of its own so that a test can plant a fault in one of them and
 * see whether the simulator finds it.
 */
class EngineFactory {

	SelfRecord self(EngineSetup setup, EngineState state) {
		return new SelfRecord(setup, state);
	}

	OutboundPackets packets(EngineSetup setup, EngineState state, SelfRecord self) {
		return new OutboundPackets(state, self, setup.scratch());
	}

	MemberRecords records(EngineState state, EngineParts parts) {
		return new MemberRecords(state, parts);
	}

}
