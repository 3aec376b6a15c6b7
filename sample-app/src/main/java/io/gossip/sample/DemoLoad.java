package io.gossip.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.web.client.RestClientException;

/**
 * A steady load: each caller asks the service for a quote, by its name, so many times a
 * second. What became of each call is kept.
 */
final class DemoLoad implements AutoCloseable {

	private static final long PAUSE_MILLIS = 20;

	private static final int CALLS_MAX = 100_000;

	private final List<Call> calls = new ArrayList<>();

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean closed;

	/**
	 * A call that has ended.
	 *
	 * @param startNanos when it was made, by {@link System#nanoTime()}
	 * @param by who answered, empty if it failed
	 */
	record Call(long startNanos, String by) {

		boolean isFailed() {
			return this.by.isEmpty();
		}

	}

	/**
	 * Starts to call.
	 * @param callers who calls, each on a thread of its own
	 */
	DemoLoad(List<DemoNode> callers) {
		for (DemoNode caller : callers) {
			QuoteClient client = caller.quoteClient();
			Thread thread = new Thread(() -> run(client), "load-of-" + caller.name());
			thread.setDaemon(true);
			this.threads.add(thread);
			thread.start();
		}
	}

	private void run(QuoteClient client) {
		try {
			while (!this.closed) {
				long startNanos = System.nanoTime();
				add(new Call(startNanos, call(client)));
				Thread.sleep(PAUSE_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String call(QuoteClient client) {
		try {
			return client.quote().by();
		}
		catch (RestClientException | IllegalStateException ex) {
			// refused, reset or, for want of any instance, not made at all
			return "";
		}
	}

	private synchronized void add(Call call) {
		if (this.calls.size() < CALLS_MAX) {
			this.calls.add(call);
		}
	}

	/** The calls made since then that have ended. */
	synchronized List<Call> since(long nanos) {
		return this.calls.stream().filter((call) -> call.startNanos() - nanos >= 0).toList();
	}

	/** Who has answered calls made since then. */
	Set<String> answeredSince(long nanos) {
		Set<String> names = new TreeSet<>();
		since(nanos).stream().filter((call) -> !call.isFailed()).forEach((call) -> names.add(call.by()));
		return names;
	}

	/** Ends the calls, and waits for those under way. */
	@Override
	public void close() {
		this.closed = true;
		for (Thread thread : this.threads) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
