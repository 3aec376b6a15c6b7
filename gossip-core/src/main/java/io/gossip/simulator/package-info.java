/**
 * A deterministic world of many engines in virtual time: the network, the processes and
 * the clocks are simulated, the engine is the one that ships. Uses {@code io.gossip},
 * {@code io.gossip.protocol} and what is below it, and the JDK only.
 *
 * <p>
 * {@link io.gossip.simulator.Simulation} is the way in for tests, also those of
 * applications: it takes listeners, scripts faults through
 * {@link io.gossip.simulator.SimulatedNode}, {@link io.gossip.simulator.Partition} and
 * {@link io.gossip.simulator.LinkProfile}, and lets virtual time pass.
 * {@link io.gossip.simulator.Simulate} is the way in for the command line. A world is a
 * pure function of its seed and its script: it runs on one thread, reads no wall clock,
 * and iterates no hash collection.
 */
@NullMarked
package io.gossip.simulator;

import org.jspecify.annotations.NullMarked;
