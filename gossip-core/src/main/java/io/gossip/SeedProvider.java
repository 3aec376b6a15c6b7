package io.gossip;

import java.nio.file.Path;
import java.util.List;

/**
 * A source of addresses to join through. It is asked off the event loop, again at every
 * attempt, and may block.
 *
 * <p>
 * A seed is one of
 * <ul>
 * <li>{@code host:port}, {@code host} (port 7946 is meant) or {@code [ipv6]:port}: all
 * addresses of the host are meant;</li>
 * <li>{@code srv:_gossip._udp.example.org}: the hosts and ports of the SRV records of
 * that full name, which search domains do not complete;</li>
 * <li>{@code file:/etc/gossip/seeds}: the seeds that the file names, one a line, where
 * what follows a {@code #} is a comment.</li>
 * </ul>
 * Names and files are looked up anew at every attempt, too. What cannot be found is told
 * in the log and asked for again; it takes nothing away that was found before.
 *
 * <p>
 * Hosts, those of a service included, are looked up by the JVM, which keeps an answer for
 * 30 seconds and a failure for 10 unless its security properties
 * {@code networkaddress.cache.ttl} and {@code networkaddress.cache.negative.ttl} say
 * otherwise: a host that has moved is found that much later. The records of a service are
 * not kept.
 */
@FunctionalInterface
public interface SeedProvider {

	/**
	 * The seeds as they are known now.
	 * @return the seeds; an empty list where none is known
	 */
	List<String> seeds();

	/**
	 * The seeds that a file names at the time, such as one that an orchestrator writes.
	 * @param file the file, which need not be there yet
	 * @return a provider of what the file says whenever it is asked
	 */
	static SeedProvider ofFile(Path file) {
		List<String> seeds = List.of("file:" + file.toAbsolutePath());
		return () -> seeds;
	}

}
