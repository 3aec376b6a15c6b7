package io.gossip.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
 *
 * <p>
 * Whatever fails, be it the provider, a file, a service or a host, still leads to where
 * it led before. It holds nothing else back: who has moved is gone from the old place.
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

	private List<String> lastTexts = List.of();

	private final LastFound<String> lines = new LastFound<>();

	private final LastFound<SeedAddress> hosts = new LastFound<>();

	private final LastFound<InetAddress> addresses = new LastFound<>();

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
	 * @param addresses what they resolve to, now or before, without duplicates and
	 * without this node
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
		this.lines.next();
		this.hosts.next();
		this.addresses.next();
		try {
			this.lastTexts = List.copyOf(this.provider.seeds());
		}
		catch (Throwable ex) {
			// It is not ours, and may throw what it does not declare: if the search ended
			// with that, a lone node would never find anybody again.
			answer.problem("the seed provider has failed: " + ex);
			LOGGER.debug("The seed provider has failed", ex);
		}
		for (String text : this.lastTexts) {
			resolve(text, false, answer);
		}
		return answer.toSeeds(this.lastTexts);
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
				for (String line : lines(text, file, answer)) {
					resolve(line, true, answer);
				}
			}
			else {
				answer.problem(text, "is in a file of seeds, which cannot name another one");
			}
		}
		catch (InvalidSetting ex) {
			answer.problem(text, "is not a seed: it " + ex.rule());
		}
	}

	private List<String> lines(String text, SeedSource.ListFile file, SeedAnswer answer) {
		String path = file.path().toString();
		try {
			return this.lines.found(path, SeedFile.read(file.path()));
		}
		catch (IOException ex) {
			answer.problem(text, String.valueOf(ex.getMessage()));
			return this.lines.notFound(path);
		}
	}

	private void resolve(String text, SeedSource.Service service, SeedAnswer answer) {
		if (!answer.takeLookup()) {
			return;
		}
		for (SeedAddress host : hosts(text, service.name(), answer)) {
			resolve(text, host, answer);
		}
	}

	private List<SeedAddress> hosts(String text, String service, SeedAnswer answer) {
		try {
			List<SeedAddress> found = this.services.services(service);
			return this.hosts.found(service, found.stream().limit(SERVICE_HOSTS_MAX).toList());
		}
		catch (NotFound ex) {
			answer.problem(text, "cannot be resolved: " + ex.getMessage());
			return this.hosts.notFound(service);
		}
		catch (RuntimeException | LinkageError ex) {
			// Of a resolver that was plugged into the JVM: it must not end the search.
			answer.problem(text, "cannot be resolved: " + ex);
			return this.hosts.notFound(service);
		}
	}

	private void resolve(String text, SeedAddress seed, SeedAnswer answer) {
		if (!answer.takeLookup()) {
			return;
		}
		for (InetAddress host : addresses(text, seed.host(), answer)) {
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

	private List<InetAddress> addresses(String text, String host, SeedAnswer answer) {
		try {
			InetAddress[] found = this.lookup.addresses(host);
			return this.addresses.found(host, Stream.of(found).limit(SeedAnswer.ADDRESSES_MAX).toList());
		}
		catch (UnknownHostException ex) {
			answer.problem(text, "cannot be resolved" + (text.contains(host) ? "" : ": no host " + host));
			return this.addresses.notFound(host);
		}
		catch (RuntimeException | LinkageError ex) {
			answer.problem(text, "cannot be resolved: " + ex);
			return this.addresses.notFound(host);
		}
	}

	/** Gives up what runs and what waits. */
	void close() {
		this.executor.shutdownNow();
	}

}
