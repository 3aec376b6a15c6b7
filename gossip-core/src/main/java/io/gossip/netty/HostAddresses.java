package io.gossip.netty;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

import io.gossip.Address;
import io.gossip.GossipException.InvalidSetting;
import io.gossip.TransportSettings;
import org.slf4j.LoggerFactory;

/**
 * The choice of addresses: what to bind, and what to tell others. A wildcard is never
 * told to others. May ask a resolver, so it runs off the event loop.
 */
final class HostAddresses {

	/** Bridges and tunnels of this host, which other hosts seldom reach. */
	private static final Pattern INNER = Pattern
		.compile("(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|cali|tun|tap).*");

	private HostAddresses() {
	}

	static InetAddress toBind(TransportSettings transport) {
		String text = transport.bindAddress();
		InetAddress host = resolve("transport.bind-address", text);
		try {
			if (!host.isAnyLocalAddress() && NetworkInterface.getByInetAddress(host) == null
					&& !host.isLoopbackAddress()) {
				throw new InvalidSetting("transport.bind-address", "'" + text + "'",
						"must be an address of this host, such as 0.0.0.0 for all of them");
			}
		}
		catch (SocketException ex) {
			return host;
		}
		return host;
	}

	static Address toAdvertise(TransportSettings transport, InetAddress bound, int boundPort) {
		int port = (transport.advertisePort() != 0) ? transport.advertisePort() : boundPort;
		String text = transport.advertiseAddress();
		if (text != null) {
			InetAddress host = resolve("transport.advertise-address", text);
			if (host.isAnyLocalAddress() || host.isMulticastAddress()) {
				throw new InvalidSetting("transport.advertise-address", "'" + text + "'",
						"must be an address that others can send to, neither a wildcard nor a group");
			}
			return SocketAddresses.of(host, port);
		}
		return SocketAddresses.of((bound.isAnyLocalAddress()) ? best(candidates()) : bound, port);
	}

	private static InetAddress resolve(String setting, String text) {
		String host = (text.startsWith("[") && text.endsWith("]")) ? text.substring(1, text.length() - 1) : text;
		try {
			return InetAddress.getByName(host);
		}
		catch (UnknownHostException ex) {
			throw new InvalidSetting(setting, "'" + text + "'",
					"must be an IP address, or a name that can be resolved on this host");
		}
	}

	/**
	 * The address of this host that others most likely reach, loopback if there is none.
	 */
	static InetAddress best(List<Candidate> candidates) {
		return candidates.stream()
			.filter(Candidate::isReachable)
			.min(Comparator.comparingInt(Candidate::rank)
				.thenComparingInt(Candidate::index)
				.thenComparing((candidate) -> candidate.address().getHostAddress()))
			.map(Candidate::address)
			.orElseGet(InetAddress::getLoopbackAddress);
	}

	private static List<Candidate> candidates() {
		List<Candidate> candidates = new ArrayList<>();
		try {
			for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
				boolean up = network.isUp() && !network.isLoopback();
				for (InetAddress address : Collections.list(network.getInetAddresses())) {
					candidates.add(new Candidate(address, network.getName(), network.getIndex(), up));
				}
			}
		}
		catch (SocketException ex) {
			LoggerFactory.getLogger(HostAddresses.class).debug("The network interfaces cannot be listed", ex);
		}
		return candidates;
	}

	/**
	 * An address of this host.
	 *
	 * @param address the address
	 * @param network the name of the interface
	 * @param index the index of the interface
	 * @param up whether the interface is up and not the loopback
	 */
	record Candidate(InetAddress address, String network, int index, boolean up) {

		boolean isReachable() {
			return this.up && !this.address.isAnyLocalAddress() && !this.address.isLoopbackAddress()
					&& !this.address.isLinkLocalAddress() && !this.address.isMulticastAddress();
		}

		/**
		 * Lower is better: interfaces to the outside before inner ones, IPv4 before IPv6.
		 */
		int rank() {
			return ((INNER.matcher(this.network).matches()) ? 2 : 0) + ((this.address instanceof Inet4Address) ? 0 : 1);
		}

	}

}
