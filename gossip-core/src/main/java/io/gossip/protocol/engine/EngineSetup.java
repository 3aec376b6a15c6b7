package io.gossip.protocol.engine;

import java.util.random.RandomGenerator;

import io.gossip.Address;
import io.gossip.GossipConfig;
import io.gossip.NodeId;
import io.gossip.protocol.Effects;
import io.gossip.protocol.ProtocolObserver;
import io.gossip.protocol.membership.MemberInterner;

/**
 * What an engine is made of.
 *
 * @param config the settings
 * @param id the identity of the node
 * @param instance 32 random bits for this start
 * @param name the name for people; the identity as text where none is configured
 * @param address where the others reach the node
 * @param random the source of randomness
 * @param interner shared by the nodes of one thread
 * @param effects the world to act upon
 * @param observer hears what happens
 * @param scratch the buffer that packets are encoded to, of the size of a frame; it may
 * be shared by the nodes of one thread
 */
@SuppressWarnings("ArrayRecordComponent")
public record EngineSetup(GossipConfig config, NodeId id, int instance, String name, Address address,
		RandomGenerator random, MemberInterner interner, Effects effects, ProtocolObserver observer, byte[] scratch) {
}
