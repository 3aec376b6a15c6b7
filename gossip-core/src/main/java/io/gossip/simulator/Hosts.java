package io.gossip.simulator;

import java.util.Arrays;

import io.gossip.Address;

import org.jspecify.annotations.Nullable;

/**
 * The address book of the world: host numbers, their addresses in 10.0.0.0/8, and who
 * lives there. A node that moves takes a new host; nobody lives at the old one any more.
 */
final class Hosts {

	/** The port that every node listens on. */
	static final int PORT = 7946;

	private static final int NETWORK = 10 << 24;

	private Address[] addresses = new Address[16];

	private @Nullable SimulatedNode[] residents = new SimulatedNode[16];

	private int count = 1;

	/** Moves a node into a host that was never used before. */
	int add(SimulatedNode node) {
		if (this.count == this.addresses.length) {
			this.addresses = Arrays.copyOf(this.addresses, 2 * this.count);
			this.residents = Arrays.copyOf(this.residents, 2 * this.count);
		}
		int host = this.count++;
		this.addresses[host] = Address.ofIpv4(NETWORK | host, PORT);
		this.residents[host] = node;
		return host;
	}

	void vacate(int host) {
		this.residents[host] = null;
	}

	/** Where a host listens; always the same object. */
	Address address(int host) {
		return this.addresses[host];
	}

	/** Who lives at a host, null if nobody does or no such host exists. */
	@Nullable SimulatedNode resident(int host) {
		return (host > 0 && host < this.count) ? this.residents[host] : null;
	}

	/** The host of an address, 0 if it is of another world. */
	int host(Address address) {
		int ip = (int) address.low();
		return (address.isIpv4() && (ip & 0xFF000000) == NETWORK) ? ip & 0xFFFFFF : 0;
	}

	/** Host and port in one number. */
	long packed(Address address) {
		return ((long) host(address) << 16) | address.port();
	}

	Address unpacked(long packed) {
		int host = (int) (packed >>> 16);
		int port = (int) (packed & 0xFFFF);
		if (port == PORT && host > 0 && host < this.count) {
			return this.addresses[host];
		}
		return Address.ofIpv4(NETWORK | host, port);
	}

}
