package io.gossip.netty;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.gossip.GossipException;
import io.gossip.TransportSettings;

/**
 * A network between nodes of this host that loses datagrams. Each node advertises a port
 * of the relay, which carries on what comes there; a datagram arrives from the advertised
 * port of its sender, as it would without the relay. Streams lose nothing, and stand
 * still when they are told to.
 */
final class LossyRelay implements Closeable {

	private static final InetAddress HOST = InetAddress.getLoopbackAddress();

	private static final int BUFFER_BYTES = 65536;

	private static final int TRIES = 20;

	private final Map<SocketAddress, Gate> gatesByNode = new ConcurrentHashMap<>();

	private final List<Closeable> open = new CopyOnWriteArrayList<>();

	private final AtomicInteger lost = new AtomicInteger();

	private final TestNodes nodes;

	private volatile Loss loss = (from, to, random) -> false;

	private volatile boolean streamsStandStill;

	LossyRelay(TestNodes nodes) {
		this.nodes = nodes;
	}

	/** Which datagrams are lost. */
	@FunctionalInterface
	interface Loss {

		boolean loses(String from, String to, Random random);

	}

	/** From now on, loses datagrams so. */
	void lose(Loss newLoss) {
		this.loss = newLoss;
		this.lost.set(0);
	}

	/** From now on, carries no byte of any stream, and takes connections all the same. */
	void haltStreams() {
		this.streamsStandStill = true;
	}

	/** How many datagrams were lost in the present way. */
	int lost() {
		return this.lost.get();
	}

	/** Starts a node that the others reach through this relay. */
	NettyGossipCluster start(String cluster, String name, NettyGossipCluster... seeds) {
		BoundPort outer = BoundPort.bind(HOST, TransportSettings.DEFAULTS.withPort(0));
		this.open.add(outer::close);
		for (int i = 0;; i++) {
			int port = freePort();
			NettyGossipCluster node = this.nodes.node(cluster, name,
					(builder) -> builder.config(TestNodes.fast(cluster, name)
						.transport((transport) -> transport.withPort(port).withAdvertisePort(outer.port()))
						.build()),
					seeds);
			Gate gate = new Gate(name, outer, new InetSocketAddress(HOST, port));
			this.gatesByNode.put(gate.node, gate);
			try {
				node.start();
			}
			catch (GossipException.PortInUse ex) {
				// somebody else was given the port meanwhile
				this.gatesByNode.remove(gate.node);
				if (i == TRIES) {
					throw ex;
				}
				continue;
			}
			run(gate::carryDatagrams);
			run(gate::carryStreams);
			return node;
		}
	}

	/** All that has come over the first stream to a node. */
	byte[] firstBytesTo(NettyGossipCluster node) {
		return this.gatesByNode.values()
			.stream()
			.filter((gate) -> gate.outer.port() == node.address().port())
			.findFirst()
			.orElseThrow()
			.firstBytes();
	}

	private static int freePort() {
		BoundPort free = BoundPort.bind(HOST, TransportSettings.DEFAULTS.withPort(0));
		free.close();
		return free.port();
	}

	@Override
	public void close() throws IOException {
		for (Closeable closeable : this.open) {
			closeable.close();
		}
	}

	/** A task that ends when what it reads or writes is closed. */
	private interface Task {

		void run() throws IOException;

	}

	private static void run(Task task) {
		new DaemonThreads("relay").newThread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// closed, by the test or by a node
			}
		}).start();
	}

	/** What stands before one node. */
	private final class Gate {

		private final String name;

		private final BoundPort outer;

		private final InetSocketAddress node;

		private final ByteArrayOutputStream first = new ByteArrayOutputStream();

		private final Random random = new Random(42);

		private boolean hadStream;

		private Gate(String name, BoundPort outer, InetSocketAddress node) {
			this.name = name;
			this.outer = outer;
			this.node = node;
		}

		private byte[] firstBytes() {
			synchronized (this.first) {
				return this.first.toByteArray();
			}
		}

		private void carryDatagrams() throws IOException {
			LossyRelay relay = LossyRelay.this;
			ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
			while (true) {
				SocketAddress from = this.outer.datagrams().receive(buffer.clear());
				Gate sender = (from != null) ? relay.gatesByNode.get(from) : null;
				if (sender == null) {
					continue;
				}
				if (relay.loss.loses(sender.name, this.name, this.random)) {
					relay.lost.incrementAndGet();
				}
				else {
					sender.outer.datagrams().send(buffer.flip(), this.node);
				}
			}
		}

		private void carryStreams() throws IOException {
			while (true) {
				SocketChannel from = this.outer.streams().accept();
				SocketChannel to = SocketChannel.open(this.node);
				LossyRelay.this.open.add(from);
				LossyRelay.this.open.add(to);
				boolean isFirst = !this.hadStream;
				this.hadStream = true;
				run(() -> carry(from, to, isFirst));
				run(() -> carry(to, from, false));
			}
		}

		private void carry(SocketChannel from, SocketChannel to, boolean keeps) throws IOException {
			try (from; to) {
				ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
				while (from.read(buffer.clear()) >= 0) {
					if (keeps) {
						synchronized (this.first) {
							this.first.write(buffer.array(), 0, buffer.position());
						}
					}
					if (!LossyRelay.this.streamsStandStill) {
						buffer.flip();
						while (buffer.hasRemaining()) {
							to.write(buffer);
						}
					}
				}
			}
		}

	}

}
