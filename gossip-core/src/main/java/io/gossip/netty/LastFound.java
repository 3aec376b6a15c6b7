package io.gossip.netty;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What names have led to, for those that lead nowhere at the moment. It holds what the
 * look for seeds before this one has used, and no name that is not asked for any more.
 *
 * @param <T> what a name leads to several of
 */
final class LastFound<T> {

	private Map<String, List<T>> before = Map.of();

	private Map<String, List<T>> now = new HashMap<>();

	/** Begins the next look. */
	void next() {
		this.before = this.now;
		this.now = new HashMap<>();
	}

	/** Takes what a name leads to. */
	List<T> found(String name, List<T> found) {
		this.now.put(name, found);
		return found;
	}

	/** A name leads nowhere now: what it led to before, nothing if it never did. */
	List<T> notFound(String name) {
		return this.now.computeIfAbsent(name, (any) -> this.before.getOrDefault(name, List.of()));
	}

}
