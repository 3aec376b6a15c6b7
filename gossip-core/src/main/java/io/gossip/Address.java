package io.gossip;

/**
 * An IP address and a port. It holds numbers, never a host name, so that comparing two of
 * them asks no resolver. An IPv4 address that is written in its IPv6-mapped form
 * ({@code ::ffff:a.b.c.d}) equals the plain one.
 */
public final class Address {

	private static final long MAPPED_PREFIX = 0xFFFFL << 32;

	private final long high;

	private final long low;

	private final int port;

	private Address(long high, long low, int port) {
		if (port < 0 || port > 0xFFFF) {
			throw new IllegalArgumentException("port " + port + " is not within 0 to 65535");
		}
		this.high = high;
		this.low = low;
		this.port = port;
	}

	/**
	 * An IPv4 address.
	 * @param ip the four octets, most significant first
	 * @param port the port, 0 to 65535
	 * @return the address
	 */
	public static Address ofIpv4(int ip, int port) {
		return new Address(0, MAPPED_PREFIX | (ip & 0xFFFFFFFFL), port);
	}

	/**
	 * An IPv6 address, or an IPv4 address in its mapped form.
	 * @param high the first eight octets
	 * @param low the last eight octets
	 * @param port the port, 0 to 65535
	 * @return the address
	 */
	public static Address ofIpv6(long high, long low, int port) {
		return new Address(high, low, port);
	}

	/**
	 * An address from the octets that {@code InetAddress.getAddress()} gives.
	 * @param octets four or sixteen octets
	 * @param port the port, 0 to 65535
	 * @return the address
	 */
	public static Address ofOctets(byte[] octets, int port) {
		if (octets.length == 4) {
			return ofIpv4((int) bigEndian(octets, 0, 4), port);
		}
		if (octets.length == 16) {
			return ofIpv6(bigEndian(octets, 0, 8), bigEndian(octets, 8, 8), port);
		}
		throw new IllegalArgumentException("an IP address has 4 or 16 octets, not " + octets.length);
	}

	private static long bigEndian(byte[] octets, int offset, int length) {
		long value = 0;
		for (int i = 0; i < length; i++) {
			value = (value << 8) | (octets[offset + i] & 0xFF);
		}
		return value;
	}

	/** Whether this is an IPv4 address. */
	public boolean isIpv4() {
		return this.high == 0 && (this.low >>> 32) == 0xFFFFL;
	}

	/** Whether this is the wildcard address, which no peer can answer. */
	public boolean isWildcard() {
		return (isIpv4()) ? (int) this.low == 0 : this.high == 0 && this.low == 0;
	}

	/** Whether this is a loopback address, which only this host can reach. */
	public boolean isLoopback() {
		return (isIpv4()) ? ((this.low >>> 24) & 0xFF) == 127 : this.high == 0 && this.low == 1;
	}

	/** Whether this is an address that only hosts of the same link can reach. */
	public boolean isLinkLocal() {
		return (isIpv4()) ? ((this.low >>> 16) & 0xFFFF) == 0xA9FE : (this.high >>> 54) == 0xFE80 >>> 6;
	}

	/** The octets, four for IPv4 and sixteen for IPv6. */
	public byte[] octets() {
		byte[] octets = new byte[isIpv4() ? 4 : 16];
		for (int i = 0; i < octets.length; i++) {
			int fromEnd = octets.length - 1 - i;
			octets[i] = (byte) ((fromEnd < 8) ? this.low >>> (8 * fromEnd) : this.high >>> (8 * (fromEnd - 8)));
		}
		return octets;
	}

	/** The first eight octets of the IPv6 form. */
	public long high() {
		return this.high;
	}

	/** The last eight octets of the IPv6 form. */
	public long low() {
		return this.low;
	}

	/** The port, 0 to 65535. */
	public int port() {
		return this.port;
	}

	/**
	 * The same host with another port.
	 * @param newPort the port, 0 to 65535
	 * @return the address
	 */
	public Address withPort(int newPort) {
		return new Address(this.high, this.low, newPort);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Address that && this.high == that.high && this.low == that.low
				&& this.port == that.port;
	}

	@Override
	public int hashCode() {
		return 31 * (31 * Long.hashCode(this.high) + Long.hashCode(this.low)) + this.port;
	}

	/** The host alone, such as {@code 10.0.0.7} or {@code 2001:db8:0:0:0:0:0:1}. */
	public String host() {
		StringBuilder text = new StringBuilder();
		if (isIpv4()) {
			for (int shift = 24; shift >= 0; shift -= 8) {
				text.append((this.low >>> shift) & 0xFF).append((shift > 0) ? "." : "");
			}
			return text.toString();
		}
		for (int group = 0; group < 8; group++) {
			long half = (group < 4) ? this.high : this.low;
			text.append((group > 0) ? ":" : "").append(Long.toHexString((half >>> (48 - 16 * (group % 4))) & 0xFFFF));
		}
		return text.toString();
	}

	/** Host and port, such as {@code 10.0.0.7:7946} or {@code [2001:db8::1]:7946}. */
	@Override
	public String toString() {
		return ((isIpv4()) ? host() : "[" + host() + "]") + ":" + this.port;
	}

}
