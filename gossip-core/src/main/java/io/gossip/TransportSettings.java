package io.gossip;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Sockets and sizes.
 *
 * @param bindAddress the address to listen on, a literal or a name of this host
 * @param port the UDP and TCP port, 0 for any that is free
 * @param portRange how many consecutive ports to try, from {@code port} on
 * @param advertiseAddress the address that others reach; null to find one
 * @param advertisePort the port that others reach this node at, 0 for the bound one
 * @param datagramBudgetBytes the largest UDP payload to send, 576 to 8192 bytes
 * @param frameBytesMax the largest frame on a stream, 24 KiB to 1 MiB
 * @param connectionsMax the most streams open at once, in and out together
 * @param connectTimeout how long a stream may take to connect
 * @param idleTimeout how long an unused stream is kept
 */
public record TransportSettings(String bindAddress, int port, int portRange, @Nullable String advertiseAddress,
		int advertisePort, int datagramBudgetBytes, int frameBytesMax, int connectionsMax, Duration connectTimeout,
		Duration idleTimeout) {

	public static final TransportSettings DEFAULTS = new TransportSettings("0.0.0.0", 7946, 1, null, 0, 1400, 65536,
			256, Duration.ofSeconds(2), Duration.ofSeconds(15));

	public TransportSettings withBindAddress(String bindAddress) {
		return new TransportSettings(bindAddress, this.port, this.portRange, this.advertiseAddress, this.advertisePort,
				this.datagramBudgetBytes, this.frameBytesMax, this.connectionsMax, this.connectTimeout,
				this.idleTimeout);
	}

	public TransportSettings withPort(int port) {
		return new TransportSettings(this.bindAddress, port, this.portRange, this.advertiseAddress, this.advertisePort,
				this.datagramBudgetBytes, this.frameBytesMax, this.connectionsMax, this.connectTimeout,
				this.idleTimeout);
	}

	public TransportSettings withPortRange(int portRange) {
		return new TransportSettings(this.bindAddress, this.port, portRange, this.advertiseAddress, this.advertisePort,
				this.datagramBudgetBytes, this.frameBytesMax, this.connectionsMax, this.connectTimeout,
				this.idleTimeout);
	}

	public TransportSettings withAdvertiseAddress(@Nullable String advertiseAddress) {
		return new TransportSettings(this.bindAddress, this.port, this.portRange, advertiseAddress, this.advertisePort,
				this.datagramBudgetBytes, this.frameBytesMax, this.connectionsMax, this.connectTimeout,
				this.idleTimeout);
	}

	public TransportSettings withAdvertisePort(int advertisePort) {
		return new TransportSettings(this.bindAddress, this.port, this.portRange, this.advertiseAddress, advertisePort,
				this.datagramBudgetBytes, this.frameBytesMax, this.connectionsMax, this.connectTimeout,
				this.idleTimeout);
	}

	public TransportSettings withDatagramBudgetBytes(int datagramBudgetBytes) {
		return new TransportSettings(this.bindAddress, this.port, this.portRange, this.advertiseAddress,
				this.advertisePort, datagramBudgetBytes, this.frameBytesMax, this.connectionsMax, this.connectTimeout,
				this.idleTimeout);
	}

	public TransportSettings withFrameBytesMax(int frameBytesMax) {
		return new TransportSettings(this.bindAddress, this.port, this.portRange, this.advertiseAddress,
				this.advertisePort, this.datagramBudgetBytes, frameBytesMax, this.connectionsMax, this.connectTimeout,
				this.idleTimeout);
	}

	public TransportSettings withConnectionsMax(int connectionsMax) {
		return new TransportSettings(this.bindAddress, this.port, this.portRange, this.advertiseAddress,
				this.advertisePort, this.datagramBudgetBytes, this.frameBytesMax, connectionsMax, this.connectTimeout,
				this.idleTimeout);
	}

	public TransportSettings withConnectTimeout(Duration connectTimeout) {
		return new TransportSettings(this.bindAddress, this.port, this.portRange, this.advertiseAddress,
				this.advertisePort, this.datagramBudgetBytes, this.frameBytesMax, this.connectionsMax, connectTimeout,
				this.idleTimeout);
	}

	public TransportSettings withIdleTimeout(Duration idleTimeout) {
		return new TransportSettings(this.bindAddress, this.port, this.portRange, this.advertiseAddress,
				this.advertisePort, this.datagramBudgetBytes, this.frameBytesMax, this.connectionsMax,
				this.connectTimeout, idleTimeout);
	}

}
