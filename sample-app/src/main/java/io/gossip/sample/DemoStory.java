package io.gossip.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.gossip.Address;
import io.gossip.MemberState;
import io.gossip.MemberStatus;
import io.gossip.MembershipEvent;
import io.gossip.NodeId;

/**
 * What happens to the three nodes. A step is done when the views and the events of the
 * nodes say so, and has failed when they do not within the limit; none is assumed.
 */
final class DemoStory {

	private static final long POLL_MILLIS = 10;

	private static final long CALLS_LATE_NANOS = Duration.ofMillis(500).toNanos();

	private final List<DemoNode> nodes;

	private final List<DemoNode> survivors;

	private final DemoNode victim;

	private final Duration stepLimit;

	private final DemoConsole console;

	/**
	 * A story that is not told yet.
	 * @param nodes three nodes that do not run; the last one will crash
	 * @param stepLimit how long a step may take
	 * @param console where it is printed
	 */
	DemoStory(List<DemoNode> nodes, Duration stepLimit, DemoConsole console) {
		this.nodes = List.copyOf(nodes);
		this.survivors = this.nodes.subList(0, nodes.size() - 1);
		this.victim = this.nodes.get(nodes.size() - 1);
		this.stepLimit = stepLimit;
		this.console = console;
	}

	/**
	 * Tells the story.
	 * @throws DemoFailure if a step does not happen
	 */
	void tell() {
		this.nodes.forEach(this::start);
		awaitEverybodyJoined();
		awaitEqualViews("all three hold the same view", this.nodes);
		try (DemoLoad load = new DemoLoad(this.survivors)) {
			awaitAnswers(load, System.nanoTime());
			crash(load);
			awaitEqualViews("both survivors hold the same view again", this.survivors);
			restart(load);
		}
		awaitEqualViews("all three hold the same view again", this.nodes);
	}

	private void awaitAnswers(DemoLoad load, long sinceNanos) {
		int asked = this.nodes.size();
		await("all nodes answer the calls of " + names(this.survivors),
				() -> (load.answeredSince(sinceNanos).size() == asked) ? Optional.of(true) : Optional.empty());
		this.console.event(
				names(this.survivors) + " keep calling http://quotes/quote, and all " + this.nodes.size() + " answer");
	}

	/**
	 * Lets the nodes leave one after the other, which those that stay must see.
	 * @throws DemoFailure if a node is not seen to leave
	 */
	void end() {
		for (int last = this.nodes.size() - 1; last > 0; last--) {
			DemoNode leaver = this.nodes.get(last);
			List<DemoNode> others = this.nodes.subList(0, last);
			long leaveNanos = System.nanoTime();
			leaver.close();
			for (DemoNode observer : others) {
				await(observer.name() + " sees " + leaver.name() + " leave",
						() -> observer.events().first(MembershipEvent.Left.class, leaver.name(), leaveNanos));
			}
			this.console.event(names(others) + " saw " + leaver.name() + " leave");
		}
		this.nodes.get(0).close();
	}

	private void start(DemoNode node) {
		List<Address> seeds = this.nodes.stream().filter(DemoNode::isUp).map(DemoNode::gossipAddress).toList();
		node.start(seeds);
		this.console.event(node.name() + " is up: gossip " + node.gossipAddress() + ", HTTP port " + node.httpPort());
	}

	private void awaitEverybodyJoined() {
		for (DemoNode observer : this.nodes) {
			for (DemoNode other : others(observer)) {
				await(observer.name() + " sees " + other.name() + " join",
						() -> observer.events().first(MembershipEvent.Joined.class, other.name(), 0));
			}
			this.console.event(observer.name() + " saw " + names(others(observer)) + " join");
		}
	}

	private void awaitEqualViews(String claim, List<DemoNode> observers) {
		await(claim, () -> {
			long hashes = observers.stream().mapToLong((observer) -> observer.view().hash()).distinct().count();
			boolean agreed = observers.stream().allMatch((observer) -> holdsExactly(observer, observers));
			return (hashes == 1 && agreed) ? Optional.of(true) : Optional.empty();
		});
		this.console.views(observers, this.nodes);
		this.console.done(claim);
	}

	/** Whether a node holds some nodes ALIVE, and nobody else. */
	private static boolean holdsExactly(DemoNode observer, List<DemoNode> members) {
		return observer.view().size() == members.size() && members.stream()
			.allMatch((member) -> observer.statusOf(member)
				.filter((status) -> status.state() == MemberState.ALIVE)
				.isPresent());
	}

	private void crash(DemoLoad load) {
		String name = this.victim.name();
		long crashNanos = System.nanoTime();
		this.victim.crash();
		this.console.event(name + " crashes: its sockets close, and it tells nobody");
		awaitSuspicion(name, crashNanos);
		for (DemoNode survivor : this.survivors) {
			DemoEvents.Seen<MembershipEvent.Failed> failed = await(survivor.name() + " declares " + name + " failed",
					() -> survivor.events().first(MembershipEvent.Failed.class, name, crashNanos));
			await(survivor.name() + " holds " + name + " DEAD",
					() -> survivor.statusOf(this.victim).filter((status) -> status.state() == MemberState.DEAD));
			this.console.event(survivor.name() + " declared " + name + " failed, "
					+ millis(failed.atNanos() - crashNanos) + " ms after the crash");
		}
		tellOfTheCalls(load, crashNanos);
	}

	/**
	 * Says what the crash has cost. No call may go wrong once the failure is known, which
	 * takes a moment to be told to both load balancers.
	 */
	private void tellOfTheCalls(DemoLoad load, long crashNanos) {
		long knownNanos = System.nanoTime();
		int enough = 50;
		await(enough + " calls after that",
				() -> (load.since(knownNanos).size() >= enough) ? Optional.of(true) : Optional.empty());
		List<DemoLoad.Call> calls = load.since(crashNanos);
		List<DemoLoad.Call> failed = calls.stream().filter(DemoLoad.Call::isFailed).toList();
		long lastFailedMillis = failed.stream()
			.mapToLong((call) -> millis(call.startNanos() - crashNanos))
			.max()
			.orElse(0);
		this.console.event(failed.size() + " of " + calls.size() + " calls since the crash failed, the last "
				+ lastFailedMillis + " ms after it");
		if (failed.stream().anyMatch((call) -> call.startNanos() - knownNanos > CALLS_LATE_NANOS)) {
			throw new DemoFailure("a call failed though " + this.victim.name() + " was known to be gone");
		}
	}

	/**
	 * Waits for the suspicion that comes before a failure. A survivor may hear of the
	 * failure alone, but not both of them.
	 */
	private void awaitSuspicion(String name, long crashNanos) {
		await("a survivor suspects " + name,
				() -> this.survivors.stream()
					.flatMap((survivor) -> suspicion(survivor, name, crashNanos).stream())
					.findFirst());
		for (DemoNode survivor : this.survivors) {
			await(survivor.name() + " hears that " + name + " does not answer",
					() -> survivor.events().first(MembershipEvent.class, name, crashNanos));
			suspicion(survivor, name, crashNanos).ifPresent((seen) -> this.console
				.event(survivor.name() + " suspects " + name + ", " + millis(seen.atNanos() - crashNanos)
						+ " ms after the crash (accused by " + nameOf(seen.event().accuser()) + ")"));
		}
	}

	private static Optional<DemoEvents.Seen<MembershipEvent.Suspected>> suspicion(DemoNode survivor, String name,
			long sinceNanos) {
		return survivor.events().first(MembershipEvent.Suspected.class, name, sinceNanos);
	}

	private void restart(DemoLoad load) {
		String name = this.victim.name();
		long incarnationOfDead = this.survivors.stream()
			.flatMap((survivor) -> survivor.statusOf(this.victim).stream())
			.mapToLong(MemberStatus::incarnation)
			.max()
			.orElseThrow();
		long restartNanos = System.nanoTime();
		this.console.event(name + " is started again: the same name, a new process as far as the others know");
		start(this.victim);
		long upNanos = System.nanoTime();
		for (DemoNode survivor : this.survivors) {
			DemoEvents.Seen<MembershipEvent.Joined> joined = await(
					survivor.name() + " sees " + name + " join with an incarnation above " + incarnationOfDead,
					() -> survivor.events()
						.first(MembershipEvent.Joined.class, name, restartNanos)
						.filter((seen) -> seen.event().incarnation() > incarnationOfDead));
			this.console.event(survivor.name() + " saw " + name + " join again, incarnation "
					+ joined.event().incarnation() + " (it died with " + incarnationOfDead + ")");
		}
		await(name + " answers calls again",
				() -> load.answeredSince(upNanos).contains(name) ? Optional.of(true) : Optional.empty());
		this.console
			.event(name + " answers calls again, " + millis(System.nanoTime() - upNanos) + " ms after it was up");
	}

	private <T> T await(String step, Supplier<Optional<T>> condition) {
		long startNanos = System.nanoTime();
		while (true) {
			Optional<T> result = condition.get();
			if (result.isPresent()) {
				return result.get();
			}
			if (System.nanoTime() - startNanos > this.stepLimit.toNanos()) {
				throw new DemoFailure("step \"" + step + "\" did not happen within " + this.stepLimit.toMillis()
						+ " ms; " + situation());
			}
			pause(step);
		}
	}

	private static void pause(String step) {
		try {
			Thread.sleep(POLL_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new DemoFailure("step \"" + step + "\" was interrupted");
		}
	}

	private String situation() {
		List<String> views = new ArrayList<>();
		for (DemoNode observer : this.nodes) {
			views.add((observer.isUp()) ? observer.name() + " sees "
					+ observer.view()
						.all()
						.stream()
						.map((status) -> status.member().name() + " " + status.state())
						.collect(Collectors.joining(", "))
					: observer.name() + " is down");
		}
		return String.join("; ", views);
	}

	private List<DemoNode> others(DemoNode node) {
		return this.nodes.stream().filter((other) -> other != node).toList();
	}

	private String nameOf(NodeId id) {
		return this.survivors.stream()
			.flatMap((survivor) -> survivor.view().find(id).stream())
			.map((status) -> status.member().name())
			.findFirst()
			.orElse(id.toString());
	}

	private static String names(List<DemoNode> nodes) {
		return nodes.stream().map(DemoNode::name).collect(Collectors.joining(" and "));
	}

	private static long millis(long nanos) {
		return Duration.ofNanos(nanos).toMillis();
	}

}
