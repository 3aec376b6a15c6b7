package io.gossip.netty;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import io.gossip.GossipException.InvalidSetting;

/**
 * What a seed means: a host, a service whose hosts the DNS knows, or a file of seeds.
 */
sealed interface SeedSource {

	/** A host, of which all addresses are meant. */
	record Host(SeedAddress address) implements SeedSource {
	}

	/** The SRV records of a full domain name. */
	record Service(String name) implements SeedSource {
	}

	/** A list of seeds. */
	record ListFile(Path path) implements SeedSource {
	}

	/**
	 * Reads a seed as people write it.
	 * @throws InvalidSetting if it is none
	 */
	static SeedSource parse(String text) {
		String seed = text.strip();
		int colon = seed.indexOf(':');
		String rest = seed.substring(colon + 1);
		// A host may have the name of a kind: 'file:7946' is a host and a port.
		if (colon > 0 && !rest.isEmpty() && !rest.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			String kind = seed.substring(0, colon);
			if (kind.equals("srv")) {
				return new Service(domainName(text, rest));
			}
			if (kind.equals("file")) {
				return new ListFile(path(text, rest));
			}
		}
		return new Host(SeedAddress.parse(text));
	}

	private static String domainName(String text, String name) {
		String full = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
		if (full.length() > 253 || !full.matches("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})+")) {
			throw new InvalidSetting("seeds", "'" + text + "'",
					"must be srv: and a full domain name, such as srv:_gossip._udp.example.org");
		}
		return full;
	}

	private static Path path(String text, String path) {
		try {
			return Path.of(path);
		}
		catch (InvalidPathException ex) {
			throw new InvalidSetting("seeds", "'" + text + "'",
					"must be file: and the path of a file, which it is not: " + ex.getMessage());
		}
	}

}
