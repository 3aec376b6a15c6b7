package io.gossip.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import io.gossip.MembershipEvent;

import org.springframework.context.event.EventListener;

/** The events that one node's application context has received, the newest ones only. */
class DemoEvents {

	private static final int SEEN_MAX = 256;

	private final Deque<Seen<MembershipEvent>> seen = new ArrayDeque<>();

	/**
	 * Takes an event.
	 * @param event what has changed
	 */
	@EventListener
	synchronized void onEvent(MembershipEvent event) {
		if (this.seen.size() == SEEN_MAX) {
			this.seen.removeFirst();
		}
		this.seen.addLast(new Seen<>(event, System.nanoTime()));
	}

	/**
	 * The first event of a kind.
	 * @param <E> the kind
	 * @param kind the kind
	 * @param name the name of the member that it is about
	 * @param sinceNanos earlier events do not count
	 * @return the event, empty if there is none (yet)
	 */
	synchronized <E extends MembershipEvent> Optional<Seen<E>> first(Class<E> kind, String name, long sinceNanos) {
		return this.seen.stream()
			.filter((seen) -> seen.atNanos() - sinceNanos >= 0)
			.filter((seen) -> kind.isInstance(seen.event()) && seen.event().member().name().equals(name))
			.map((seen) -> new Seen<>(kind.cast(seen.event()), seen.atNanos()))
			.findFirst();
	}

	/**
	 * An event and when it arrived.
	 *
	 * @param <E> the kind of event
	 * @param event the event
	 * @param atNanos the arrival, by {@link System#nanoTime()}
	 */
	record Seen<E extends MembershipEvent>(E event, long atNanos) {
	}

}
