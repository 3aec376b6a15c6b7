package io.gossip.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

import io.gossip.Address;
import org.jspecify.annotations.Nullable;

/**
 * The translation between {@link Address} and {@link InetSocketAddress}, remembered both
 * ways so that steady traffic allocates nothing for it. Each table has one slot for a
 * hash: a colliding address replaces the one before, so the size is fixed.
 */
final class SocketAddresses {

	static final int SLOTS = 1 << 12;

	private final @Nullable InetSocketAddress[] inboundKeys = new InetSocketAddress[SLOTS];

	private final @Nullable Address[] inboundValues = new Address[SLOTS];

	private final @Nullable Address[] outboundKeys = new Address[SLOTS];

	private final @Nullable InetSocketAddress[] outboundValues = new InetSocketAddress[SLOTS];

	Address toAddress(InetSocketAddress socketAddress) {
		int slot = slot(socketAddress.hashCode());
		Address known = this.inboundValues[slot];
		if (known != null && socketAddress.equals(this.inboundKeys[slot])) {
			return known;
		}
		Address address = of(socketAddress.getAddress(), socketAddress.getPort());
		this.inboundKeys[slot] = socketAddress;
		this.inboundValues[slot] = address;
		return address;
	}

	InetSocketAddress toSocketAddress(Address address) {
		int slot = slot(address.hashCode());
		InetSocketAddress known = this.outboundValues[slot];
		if (known != null && address.equals(this.outboundKeys[slot])) {
			return known;
		}
		InetSocketAddress socketAddress = of(address);
		this.outboundKeys[slot] = address;
		this.outboundValues[slot] = socketAddress;
		return socketAddress;
	}

	static Address of(InetAddress host, int port) {
		return Address.ofOctets(host.getAddress(), port);
	}

	static InetSocketAddress of(Address address) {
		try {
			return new InetSocketAddress(InetAddress.getByAddress(address.octets()), address.port());
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("octets have a legal length, so nothing is resolved", ex);
		}
	}

	private static int slot(int hash) {
		int mixed = hash * 0x9E3779B9;
		return mixed >>> (Integer.SIZE - 12);
	}

}
