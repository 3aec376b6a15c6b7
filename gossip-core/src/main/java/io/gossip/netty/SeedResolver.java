package io.gossip.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;

import io.gossip.Address;
import io.gossip.GossipException.InvalidSetting;
import io.gossip.SeedProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search for the addresses of the seeds: asks the provider, files and name servers,
 * all of which may block, on a thread of its own that ends when it has nothing to do.
 * Requests that come while one waits are that one.
 */
final class SeedResolver {

	/** The most hosts of one service that are looked up. */
	static final int SERVICE_HOSTS_MAX = 64;

	private static final Logger LOGGER = LoggerFactory.getLogger(SeedResolver.class);

	private final SeedProvider provider;

	private final Lookup lookup;

	private final ServiceLookup services;

	private final OwnAddresses own;

	private final ThreadPoolExecutor executor;

	SeedResolver(SeedProvider provider, Lookup lookup, ServiceLookup services, OwnAddresses own,
			ThreadFactory threadFactory) {
		this.provider = provider;
		this.lookup = lookup;
		this.services = services;
		this.own = own;
		this.executor = DaemonThreads.oneAtATime(1, threadFactory);
	}

	/** A search that asks what the host asks. */
	static SeedResolver ofHost(SeedProvider provider, OwnAddresses own, String node) {
		return new SeedResolver(provider, InetAddress::getAllByName, new DnsServices(DnsServices.HOST_SERVERS), own,
				new DaemonThreads("gossip-seeds-" + node));
	}

	/** The resolver of the host. */
	@FunctionalInterface
	interface Lookup {

		/** All addresses of a host. */
		InetAddress[] addresses(String host) throws UnknownHostException;

	}

	/** The resolver of services. */
	@FunctionalInterface
	interface ServiceLookup {

		/** The hosts and ports of a service, the best ones first; one at least. */
		List<SeedAddress> services(String name) throws NotFound;

	}

	/** A service of which nothing can be found. */
	static final class NotFound extends Exception {

		private static final long serialVersionUID = 1L;

		NotFound(@Nullable String problem, @Nullable Throwable cause) {
			super(problem, cause);
		}

	}

	/**
	 * What was found.
	 *
	 * @param texts the seeds as they were given
	 * @param addresses what they resolved to, without duplicates and without this node
	 * @param problems what went wrong, a sentence each
	 * @param isNone whether there are no seeds but this node, as opposed to none that can
	 * be found
	 */
	record Seeds(List<String> texts, List<Address> addresses, List<String> problems, boolean isNone) {
	}

	/** Asks again, and gives the answer to a receiver on the resolver's thread. */
	void request(Consumer<Seeds> receiver) {
		this.executor.execute(() -> receiver.accept(resolve()));
	}

	Seeds resolve() {
		SeedAnswer answer = new SeedAnswer();
		List<String> texts = List.of();
		try {
			texts = List.copyOf(this.provider.seeds());
		}
		catch (RuntimeException | LinkageError ex) {
			answer.problem("the seed provider has failed: " + ex);
			LOGGER.debug("The seed provider has failed", ex);
		}
		for (String text : texts) {
			resolve(text, false, answer);
		}
		return answer.toSeeds(texts);
	}

	private void resolve(String text, boolean isInFile, SeedAnswer answer) {
		try {
			SeedSource source = SeedSource.parse(text);
			if (source instanceof SeedSource.Host host) {
				resolve(text, host.address(), answer);
			}
			else if (source instanceof SeedSource.Service service) {
				resolve(text, service, answer);
			}
			else if (source instanceof SeedSource.ListFile file && !isInFile) {
				for (String line : SeedFile.read(file.path())) {
					resolve(line, true, answer);
				}
			}
			else {
				answer.problem(text, "is in a file of seeds, which cannot name another one");
			}
		}
		catch (IOException ex) {
			answer.problem(text, String.valueOf(ex.getMessage()));
		}
		catch (InvalidSetting ex) {
			answer.problem(text, "is not a seed: it " + ex.rule());
		}
	}

	private void resolve(String text, SeedSource.Service service, SeedAnswer answer) {
		if (!answer.takeLookup()) {
			return;
		}
		try {
			List<SeedAddress> hosts = this.services.services(service.name());
			for (SeedAddress host : hosts.subList(0, Math.min(hosts.size(), SERVICE_HOSTS_MAX))) {
				resolve(text, host, answer);
			}
		}
		catch (NotFound ex) {
			answer.problem(text, "cannot be resolved: " + ex.getMessage());
		}
	}

	private void resolve(String text, SeedAddress seed, SeedAnswer answer) {
		if (!answer.takeLookup()) {
			return;
		}
		try {
			for (InetAddress host : this.lookup.addresses(seed.host())) {
				if (host.isAnyLocalAddress()) {
					answer.problem(text, "is a wildcard address, at which nobody can be reached");
				}
				else if (this.own.contains(host, seed.port())) {
					answer.self();
				}
				else {
					answer.address(SocketAddresses.of(host, seed.port()));
				}
			}
		}
		catch (UnknownHostException ex) {
			answer.problem(text, "cannot be resolved" + (text.contains(seed.host()) ? "" : ": no host " + seed.host()));
		}
	}

	/** Gives up what runs and what waits. */
	void close() {
		this.executor.shutdownNow();
	}

}
