package io.gossip.netty;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

import io.gossip.Address;

/**
 * The addresses at which a node finds itself, so that it is no seed of its own under any
 * of them. Asks the operating system, so it is used off the event loop.
 *
 * @param bound the address that is bound, which may be a wildcard
 * @param port the port that is bound, which need not be the advertised one
 * @param advertised what others are told
 */
record OwnAddresses(InetAddress bound, int port, Address advertised) {

	boolean contains(InetAddress host, int hostPort) {
		if (SocketAddresses.of(host, hostPort).equals(this.advertised)) {
			return true;
		}
		if (hostPort != this.port) {
			return false;
		}
		// Beside a specific address another process may have the port on any other.
		return this.bound.isAnyLocalAddress() ? isOfThisHost(host) : this.bound.equals(host);
	}

	private static boolean isOfThisHost(InetAddress host) {
		try {
			// The whole of 127.0.0.0/8 leads here, though interfaces name little of it.
			return host.isLoopbackAddress() || NetworkInterface.getByInetAddress(host) != null;
		}
		catch (SocketException ex) {
			return false;
		}
	}

}
