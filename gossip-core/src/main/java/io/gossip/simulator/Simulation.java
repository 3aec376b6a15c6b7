package io.gossip.simulator;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

import io.gossip.ClusterPhase;
import io.gossip.GossipConfig;

/**
 * A world of nodes in virtual time, a pure function of its seed and of what is done to
 * it. To be used by one thread.
 *
 * <p>
 * A test describes a world, starts it, subscribes its own listeners to some nodes, does
 * harm, lets virtual time pass, and looks at what the listeners or the nodes have seen.
 * Nothing waits in real time, and the same seed gives the same events every time:
 *
 * <pre>
 * Simulation world = Simulation.builder().nodes(9).zones(3).seed(7).build();
 * world.startConverged();
 * world.node(0).subscribe(listener);
 * world.failZone(2);
 * world.run(Duration.ofSeconds(30));
 * assertThat(world.node(0).events(MembershipEvent.Failed.class)).hasSize(3);
 * </pre>
 *
 * <p>
 * While it runs, a world checks the invariants of the protocol after every step, and ends
 * with a {@link SimulationFailure} where one does not hold; {@link #validate()} checks
 * what must hold at rest. A listener may act upon the world, also on the node that it
 * listens to: what it does happens after the step that made the event.
 */
public final class Simulation {

	private static final long PREDICATE_INTERVAL_NANOS = 10_000_000L;

	private static final int PULSE_EVENTS = 4096;

	private final World world;

	private final SeededRandom random;

	private Runnable pulse = () -> {
	};

	private int untilPulse = PULSE_EVENTS;

	Simulation(SimulationSettings settings) {
		this.world = new World(this, settings);
		this.random = this.world.randomStream(4);
		for (int i = 0; i < settings.nodes(); i++) {
			this.world.addNode();
		}
		Invariants.standard(this).forEach(this.world.invariants()::add);
	}

	/** A description of a world, to be completed. */
	public static SimulationBuilder builder() {
		return new SimulationBuilder();
	}

	/** Schedules the start of all nodes that do not run, spread over a while. */
	public void startAll() {
		long spreadNanos = this.world.settings().startSpread().toNanos();
		for (SimulatedNode node : this.world.nodes()) {
			long delay = (node.index() == 0 || spreadNanos == 0) ? 0 : this.random.nextLong(spreadNanos);
			this.world.at(this.world.nowNanos() + delay, node::start);
		}
	}

	/**
	 * Starts all nodes as a cluster that has been at rest for long: each knows all
	 * others, and nobody has heard an event of it. For experiments with what comes after.
	 * @throws IllegalStateException if a node runs already
	 */
	public void startConverged() {
		this.world.startConverged();
	}

	/** Adds a node, which has to be started. */
	public SimulatedNode addNode() {
		return this.world.addNode();
	}

	/** All nodes, those that do not run included. */
	public List<SimulatedNode> nodes() {
		return Collections.unmodifiableList(this.world.nodes());
	}

	/** A node by its number. */
	public SimulatedNode node(int index) {
		return this.world.nodes().get(index);
	}

	/**
	 * The nodes of a zone, in order.
	 * @param zone the number of the zone, from 0 on
	 */
	public List<SimulatedNode> zone(int zone) {
		checkIndex("zone", zone, this.world.settings().zones());
		return nodes().stream().filter((node) -> node.zoneIndex() == zone).toList();
	}

	/**
	 * The nodes of a rack, in order.
	 * @param zone the number of the zone, from 0 on
	 * @param rack the number of the rack within the zone, from 0 on
	 */
	public List<SimulatedNode> rack(int zone, int rack) {
		checkIndex("rack", rack, this.world.settings().racksPerZone());
		return zone(zone).stream().filter((node) -> node.rackIndex() == rack).toList();
	}

	private static void checkIndex(String name, int index, int count) {
		if (index < 0 || index >= count) {
			throw new IllegalArgumentException(
					name + " " + index + " does not exist; there are " + count + ", from 0 on");
		}
	}

	/** Takes all hosts of a zone away at once. */
	public void failZone(int zone) {
		zone(zone).forEach(SimulatedNode::vanish);
	}

	/** Takes all hosts of a rack away at once. */
	public void failRack(int zone, int rack) {
		rack(zone, rack).forEach(SimulatedNode::vanish);
	}

	/** Lets virtual time pass. */
	public void run(Duration duration) {
		long endNanos = this.world.nowNanos() + duration.toNanos();
		boolean more = true;
		while (more) {
			more = this.world.step(endNanos);
			if (--this.untilPulse == 0) {
				this.untilPulse = PULSE_EVENTS;
				this.pulse.run();
			}
		}
	}

	/**
	 * Lets virtual time pass until something holds, which is looked at every 10 ms.
	 * @param condition what to wait for
	 * @param limit how long to wait
	 * @return whether it came to hold
	 */
	public boolean runUntil(Predicate<Simulation> condition, Duration limit) {
		long endNanos = this.world.nowNanos() + limit.toNanos();
		while (!condition.test(this)) {
			long nowNanos = this.world.nowNanos();
			if (nowNanos >= endNanos) {
				return false;
			}
			run(Duration.ofNanos(Math.min(PREDICATE_INTERVAL_NANOS, endNanos - nowNanos)));
		}
		return true;
	}

	/** Calls something every few thousand events; it must not act upon the world. */
	void pulse(Runnable something) {
		this.pulse = something;
	}

	/** Runs an action after some time. */
	public void after(Duration delay, Runnable action) {
		this.world.at(this.world.nowNanos() + delay.toNanos(), action);
	}

	/** The virtual time since the world began. */
	public Duration now() {
		return Duration.ofNanos(this.world.nowNanos());
	}

	/** A source of randomness for scripts, part of the world's own. */
	public RandomGenerator random() {
		return this.random;
	}

	/**
	 * Cuts the network between nodes of different sides.
	 * @param sideOf the side of a node, 0 for a bystander
	 * @return the cut, to heal it
	 */
	public Partition partition(ToIntFunction<SimulatedNode> sideOf) {
		return cut(new Partition(sideOf, false));
	}

	/**
	 * Stops what goes from a lower side to a higher one.
	 * @param sideOf the side of a node, 0 for a bystander
	 * @return the cut, to heal it
	 */
	public Partition partitionOneWay(ToIntFunction<SimulatedNode> sideOf) {
		return cut(new Partition(sideOf, true));
	}

	/** Cuts a zone off from the others; within it all reach each other. */
	public Partition cutZone(int zone) {
		checkIndex("zone", zone, this.world.settings().zones());
		return partitionZones(List.of(zone));
	}

	/** Cuts the network into two halves, drawn at random. */
	public Partition partitionHalves() {
		long salt = this.random.nextLong();
		return partition((node) -> (SeededRandom.derive(salt, node.index()) < 0) ? 1 : 2);
	}

	/** Cuts some zones off from the others. */
	public Partition partitionZones(List<Integer> zones) {
		return partition((node) -> (zones.contains(node.zoneIndex())) ? 1 : 2);
	}

	/** Cuts one node off from all others. */
	public Partition isolate(SimulatedNode lonely) {
		return partition((node) -> (node == lonely) ? 1 : 2);
	}

	private Partition cut(Partition partition) {
		this.world.network().cut(partition, this.world.nodes());
		return partition;
	}

	/** Heals all cuts. */
	public void healAll() {
		this.world.network().healAll();
	}

	/** Changes the links from one zone to another, or within one, in this direction. */
	public void link(int fromZone, int toZone, LinkProfile profile) {
		this.world.network().links().zonePair(fromZone, toZone, profile);
	}

	/** Changes what goes from one node to another. */
	public void link(SimulatedNode from, SimulatedNode to, LinkProfile profile) {
		this.world.network().links().exception(from.index(), to.index(), profile);
	}

	/** Changes all that a node sends. */
	public void linkFrom(SimulatedNode from, LinkProfile profile) {
		this.world.network().links().exception(from.index(), Links.ANY, profile);
	}

	/** Changes all that a node receives. */
	public void linkTo(SimulatedNode to, LinkProfile profile) {
		this.world.network().links().exception(Links.ANY, to.index(), profile);
	}

	/** Takes back the changes of links of single nodes. */
	public void restoreLinks() {
		this.world.network().links().clearExceptions();
	}

	/** Changes the links of all zones: within each, and between any two. */
	public void links(LinkProfile within, LinkProfile between) {
		int zones = this.world.settings().zones();
		for (int from = 0; from < zones; from++) {
			for (int to = 0; to < zones; to++) {
				link(from, to, (from == to) ? within : between);
			}
		}
	}

	/** Adds a receiver of the events of all nodes. */
	public void listen(SimulationListener listener) {
		this.world.listeners().add(listener);
	}

	/** Adds a rule to check after every step. */
	public void require(Invariant invariant) {
		this.world.invariants().add(invariant);
	}

	/** Whether all nodes that run hold exactly each other, and agree in their hashes. */
	public boolean isConverged() {
		SimulatedNode first = null;
		int count = 0;
		for (SimulatedNode node : this.world.nodes()) {
			if (node.isStaying()) {
				first = (first != null) ? first : node;
				count++;
				if (node.phase() != ClusterPhase.JOINED || node.engine().viewHash() != first.engine().viewHash()) {
					return false;
				}
			}
		}
		return first == null || first.view().size() == count;
	}

	/**
	 * Checks what must hold when a world has come to rest: among those who reach each
	 * other one view, nobody well held dead, and nothing left to do.
	 * @throws SimulationFailure if something does not hold
	 */
	public void validate() {
		for (Validation validation : Validations.STANDARD) {
			require(validation);
		}
	}

	/** Checks one rule for a world at rest. */
	void require(Validation validation) {
		this.world.fail(validation.check(this));
	}

	/**
	 * Ends the run as failed.
	 * @param violation what is wrong
	 * @return the failure, to be thrown
	 */
	public SimulationFailure failure(String violation) {
		return this.world.failure(violation, null);
	}

	/** A hash of all that has happened so far. */
	public long traceHash() {
		return this.world.trace().value();
	}

	/** How many events have happened. */
	public long eventsDone() {
		return this.world.eventsDone();
	}

	/** The settings that all nodes have in common. */
	public GossipConfig config() {
		return this.world.settings().config();
	}

	SimulationSettings settings() {
		return this.world.settings();
	}

	Statistics statistics() {
		return this.world.statistics();
	}

	Network network() {
		return this.world.network();
	}

	World world() {
		return this.world;
	}

}
