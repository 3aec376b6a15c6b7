package io.gossip.netty;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.gossip.Address;
import io.gossip.GossipException.InvalidSetting;
import io.gossip.SeedProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search for the addresses of the seeds: asks the provider and the resolver of the
 * host, both of which may block, on a thread of its own that ends when it has nothing to
 * do. Requests that come while one waits are that one.
 */
final class SeedResolver {

	/** The most addresses that one answer may name. */
	static final int ADDRESSES_MAX = 256;

	private static final Logger LOGGER = LoggerFactory.getLogger(SeedResolver.class);

	private static final long THREAD_IDLE_MILLIS = 500;

	private final SeedProvider provider;

	private final Lookup lookup;

	private final ThreadPoolExecutor executor;

	SeedResolver(SeedProvider provider, Lookup lookup, ThreadFactory threadFactory) {
		this.provider = provider;
		this.lookup = lookup;
		this.executor = new ThreadPoolExecutor(1, 1, THREAD_IDLE_MILLIS, TimeUnit.MILLISECONDS,
				new ArrayBlockingQueue<>(1), threadFactory, new ThreadPoolExecutor.DiscardPolicy());
		this.executor.allowCoreThreadTimeOut(true);
	}

	/** The resolver of the host. */
	@FunctionalInterface
	interface Lookup {

		/** All addresses of a host. */
		InetAddress[] addresses(String host) throws UnknownHostException;

	}

	/**
	 * What was found.
	 *
	 * @param texts the seeds as they were given
	 * @param addresses what they resolved to, without duplicates
	 * @param problems what went wrong, a sentence each
	 */
	record Seeds(List<String> texts, List<Address> addresses, List<String> problems) {

		/** Whether there are no seeds, as opposed to none that can be found. */
		boolean isNone() {
			return this.texts.isEmpty() && this.problems.isEmpty();
		}

	}

	/** Asks again, and gives the answer to a receiver on the resolver's thread. */
	void request(Consumer<Seeds> receiver) {
		this.executor.execute(() -> receiver.accept(resolve()));
	}

	Seeds resolve() {
		List<String> problems = new ArrayList<>();
		List<String> texts = List.of();
		try {
			texts = List.copyOf(this.provider.seeds());
		}
		catch (RuntimeException | LinkageError ex) {
			problems.add("the seed provider has failed: " + ex);
			LOGGER.debug("The seed provider has failed", ex);
		}
		Set<Address> addresses = new LinkedHashSet<>();
		for (String text : texts) {
			if (addresses.size() < ADDRESSES_MAX) {
				resolve(text, addresses, problems);
			}
		}
		return new Seeds(texts, List.copyOf(addresses), List.copyOf(problems));
	}

	private void resolve(String text, Set<Address> addresses, List<String> problems) {
		try {
			SeedAddress seed = SeedAddress.parse(text);
			for (InetAddress host : this.lookup.addresses(seed.host())) {
				if (host.isAnyLocalAddress()) {
					problems.add("'" + text + "' is a wildcard address, at which nobody can be reached");
				}
				else if (addresses.size() < ADDRESSES_MAX) {
					addresses.add(SocketAddresses.of(host, seed.port()));
				}
			}
		}
		catch (UnknownHostException ex) {
			problems.add("'" + text + "' cannot be resolved");
		}
		catch (InvalidSetting ex) {
			problems.add("'" + text + "' is not a seed: it " + ex.rule());
		}
	}

	/** Gives up what runs and what waits. */
	void close() {
		this.executor.shutdownNow();
	}

}
