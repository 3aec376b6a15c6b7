package io.gossip.netty;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;

import io.gossip.GossipException;
import io.gossip.TransportSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A TCP and a UDP socket that are bound to one port number.
 *
 * @param streams the TCP socket
 * @param datagrams the UDP socket
 * @param port the number
 */
record BoundPort(ServerSocketChannel streams, DatagramChannel datagrams, int port) {

	/** How many free TCP ports to try for one that is free for UDP as well. */
	private static final int FREE_PORT_TRIES = 32;

	private static final int BACKLOG = 512;

	/**
	 * Binds the port that the settings ask for, or the first of their range that is free.
	 * @param host the address to bind
	 * @param transport the settings
	 * @return the sockets
	 * @throws GossipException.PortInUse if no port can be bound
	 */
	static BoundPort bind(InetAddress host, TransportSettings transport) {
		int tries = (transport.port() == 0) ? FREE_PORT_TRIES : transport.portRange();
		IOException last = null;
		for (int i = 0; i < tries; i++) {
			int port = (transport.port() == 0) ? 0 : transport.port() + i;
			try {
				return bind(host, port);
			}
			catch (BindException ex) {
				last = ex;
			}
			catch (IOException ex) {
				throw new GossipException("The sockets for gossip on " + host.getHostAddress() + ":" + port
						+ " cannot be opened (" + ex.getMessage() + "): look at the limits on open files and at"
						+ " the network of this host", ex);
			}
		}
		throw new GossipException.PortInUse(transport.port(), message(host, transport, last), last);
	}

	private static BoundPort bind(InetAddress host, int port) throws IOException {
		ServerSocketChannel streams = ServerSocketChannel.open();
		DatagramChannel datagrams = null;
		try {
			streams.bind(new InetSocketAddress(host, port), BACKLOG);
			int bound = ((InetSocketAddress) streams.getLocalAddress()).getPort();
			datagrams = DatagramChannel.open();
			datagrams.bind(new InetSocketAddress(host, bound));
			return new BoundPort(streams, datagrams, bound);
		}
		catch (IOException | RuntimeException ex) {
			closeQuietly(streams);
			closeQuietly(datagrams);
			throw ex;
		}
	}

	private static String message(InetAddress host, TransportSettings transport, @Nullable IOException last) {
		String reason = (last != null) ? " (" + last.getMessage() + ")" : "";
		if (transport.port() == 0) {
			return "No port on " + host.getHostAddress() + " is free for both UDP and TCP" + reason
					+ ": end what occupies them, or set transport.port";
		}
		if (transport.portRange() == 1) {
			return "Port " + transport.port() + " on " + host.getHostAddress() + " cannot be bound for both UDP and TCP"
					+ reason + ": end the process that uses it,"
					+ " or set transport.port to another port (0 takes any that is free)";
		}
		return "None of the ports " + transport.port() + " to " + (transport.port() + transport.portRange() - 1)
				+ " on " + host.getHostAddress() + " can be bound for both UDP and TCP" + reason
				+ ": end the processes that use them, or raise transport.port-range, or set transport.port";
	}

	void close() {
		closeQuietly(this.streams);
		closeQuietly(this.datagrams);
	}

	private static void closeQuietly(@Nullable AutoCloseable socket) {
		if (socket == null) {
			return;
		}
		try {
			socket.close();
		}
		catch (Exception ex) {
			LoggerFactory.getLogger(BoundPort.class).debug("A socket did not close", ex);
		}
	}

}
