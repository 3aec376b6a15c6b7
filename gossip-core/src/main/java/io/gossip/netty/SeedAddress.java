package io.gossip.netty;

import io.gossip.GossipException.InvalidSetting;

/**
 * A seed as people write it: {@code host}, {@code host:port}, {@code [ipv6]},
 * {@code [ipv6]:port}, or an IPv6 address alone.
 *
 * @param host a name or an address, without brackets
 * @param port the port, 1 to 65535
 */
record SeedAddress(String host, int port) {

	static final int PORT_DEFAULT = 7946;

	private static final String RULE = "must be host, host:port or [ipv6]:port with a port of 1 to 65535, srv:"
			+ " and a domain name, or file: and a path";

	static SeedAddress parse(String text) {
		String seed = text.strip();
		int colon = seed.lastIndexOf(':');
		if (seed.startsWith("[")) {
			int close = seed.indexOf(']');
			if (close < 0 || (close != seed.length() - 1 && colon != close + 1)) {
				throw invalid(text);
			}
			int port = (close == seed.length() - 1) ? PORT_DEFAULT : port(text, seed.substring(colon + 1));
			return of(text, seed.substring(1, close), port);
		}
		if (colon < 0 || seed.indexOf(':') != colon) {
			return of(text, seed, PORT_DEFAULT);
		}
		return of(text, seed.substring(0, colon), port(text, seed.substring(colon + 1)));
	}

	private static SeedAddress of(String text, String host, int port) {
		if (host.isEmpty() || host.length() > 255
				|| host.chars().anyMatch((c) -> c <= ' ' || "/[]@,;".indexOf(c) >= 0)) {
			throw invalid(text);
		}
		boolean literalIpv6 = host.indexOf(':') >= 0;
		if (literalIpv6 && !host.matches("[0-9a-fA-F:.]+(%[0-9A-Za-z._-]+)?")) {
			throw invalid(text);
		}
		return new SeedAddress(host, port);
	}

	private static int port(String text, String digits) {
		if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			throw invalid(text);
		}
		int port = Integer.parseInt(digits);
		if (port < 1 || port > 65535) {
			throw invalid(text);
		}
		return port;
	}

	private static InvalidSetting invalid(String text) {
		return new InvalidSetting("seeds", "'" + text + "'", RULE);
	}

	/** Host and port, in the form that {@link #parse} reads. */
	@Override
	public String toString() {
		return ((this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host) + ":" + this.port;
	}

}
