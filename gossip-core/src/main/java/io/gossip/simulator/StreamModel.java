package io.gossip.simulator;

import java.util.Arrays;
import java.util.List;

import io.gossip.Address;
import io.gossip.protocol.UnreachableReason;

import org.jspecify.annotations.Nullable;

/**
 * The stream network: frames arrive whole and in order, and later where TCP would have
 * had to send again. A connection is refused where no process listens, and meets silence
 * where the host is gone or cut off.
 */
final class StreamModel {

	/** TCP's first pause after a lost SYN. */
	static final long SYN_RETRY_NANOS = 1_000_000_000L;

	/** TCP's first pause after a lost segment. */
	static final long RETRANSMISSION_NANOS = 200_000_000L;

	/** How often a frame is sent again before the stream breaks: 12.6 s in all. */
	private static final int RETRANSMISSIONS_MAX = 6;

	/** A stream that was not used for this long may be given up for another. */
	private static final long QUIET_NANOS = 1_000_000_000L;

	/** So may one on which whoever opened it has been answered, after this. */
	private static final long ANSWERED_NANOS = 150_000_000L;

	private static final int SEGMENT_BYTES = 1400;

	private static final int STEP_CONNECT = 0;

	private static final int STEP_SYN = 1;

	private static final int STEP_OPEN = 2;

	private static final int STEP_REFUSED = 3;

	private static final int STEP_BROKEN = 4;

	private static final int STEP_IDLE = 5;

	private final EventHeap events;

	private final PacketSlab packets;

	private final Hosts hosts;

	private final Network network;

	private final SeededRandom random;

	private final int connectionsMax;

	private final long connectTimeoutNanos;

	private final long idleTimeoutNanos;

	private @Nullable Stream[] streams = new Stream[16];

	private int[] freeIds = new int[16];

	private int freeCount;

	private int idCount;

	StreamModel(EventHeap events, PacketSlab packets, Hosts hosts, Network network, SimulationSettings settings,
			long seed) {
		this.events = events;
		this.packets = packets;
		this.hosts = hosts;
		this.network = network;
		this.random = new SeededRandom(seed);
		this.connectionsMax = settings.config().transport().connectionsMax();
		this.connectTimeoutNanos = settings.config().transport().connectTimeout().toNanos();
		this.idleTimeoutNanos = settings.config().transport().idleTimeout().toNanos();
	}

	/** How many streams are known, closed ones with events under way included. */
	int size() {
		return this.idCount - this.freeCount;
	}

	void send(long nowNanos, SimulatedNode from, Address to, byte[] buffer, int offset, int length) {
		int host = this.hosts.host(to);
		Stream stream = (to.port() != Hosts.PORT) ? openedBy(host, from, to) : openedTo(nowNanos, from, host);
		if (stream == null) {
			UnreachableReason why = (to.port() != Hosts.PORT) ? UnreachableReason.BROKEN : UnreachableReason.OVERLOAD;
			unreachable(nowNanos, from, from.epoch(), to, why);
			return;
		}
		int packet = this.packets.store(buffer, offset, length);
		int direction = (to.port() != Hosts.PORT) ? Stream.FROM_SERVER : Stream.FROM_CLIENT;
		if (stream.phase == Stream.Phase.CONNECTING) {
			stream.waiting.add(packet);
		}
		else {
			transmit(nowNanos, stream, direction, packet);
		}
	}

	/** The stream over which the other side spoke to us, from a port of its own. */
	private @Nullable Stream openedBy(int clientHost, SimulatedNode server, Address ephemeral) {
		@Nullable SimulatedNode client = this.hosts.resident(clientHost);
		if (client == null) {
			return null;
		}
		for (Stream stream : client.streams()) {
			if (stream.ephemeral.port() == ephemeral.port()) {
				boolean ours = stream.serverHost == server.host() && stream.serverEpoch == server.epoch();
				return (ours && stream.phase == Stream.Phase.OPEN) ? stream : null;
			}
		}
		return null;
	}

	private @Nullable Stream openedTo(long nowNanos, SimulatedNode client, int host) {
		List<Stream> open = client.streams();
		for (int i = 0; i < open.size(); i++) {
			Stream stream = open.get(i);
			if (stream.serverHost == host) {
				if (!knowsServerIsGone(stream)) {
					return stream;
				}
				close(stream);
				break;
			}
		}
		if (!makesRoom(nowNanos, client)) {
			return null;
		}
		Stream stream = new Stream(newId(), client, host, client.nextEphemeral(), nowNanos);
		this.streams[stream.id] = stream;
		open.add(stream);
		connect(nowNanos, stream, 0);
		return stream;
	}

	/**
	 * A process that dies has its sockets closed by its host, if that lives and is heard.
	 */
	private boolean knowsServerIsGone(Stream stream) {
		@Nullable SimulatedNode server = this.hosts.resident(stream.serverHost);
		return stream.phase == Stream.Phase.OPEN && server != null && server.isHostUp()
				&& server.epoch() != stream.serverEpoch
				&& !this.network.isBlocked(server.index(), stream.client.index());
	}

	private void connect(long nowNanos, Stream stream, int attempt) {
		if (attempt > 0 && nowNanos - stream.startedNanos >= this.connectTimeoutNanos) {
			fail(nowNanos, stream, UnreachableReason.TIMEOUT);
			return;
		}
		@Nullable SimulatedNode server = this.hosts.resident(stream.serverHost);
		if (server == null || isLostBothWays(stream.client, server)) {
			long retryNanos = Math.min(nowNanos + (SYN_RETRY_NANOS << Math.min(attempt, 6)),
					stream.startedNanos + this.connectTimeoutNanos);
			push(retryNanos, stream, STEP_CONNECT, attempt + 1);
			return;
		}
		push(nowNanos + latencyNanos(stream.client, server), stream, STEP_SYN, attempt);
	}

	private boolean isLostBothWays(SimulatedNode client, SimulatedNode server) {
		if (!server.isHostUp() || this.network.isBlocked(client.index(), server.index())
				|| this.network.isBlocked(server.index(), client.index())) {
			return true;
		}
		return this.random.chance(this.network.links().between(client, server).loss)
				|| this.random.chance(this.network.links().between(server, client).loss);
	}

	private long latencyNanos(SimulatedNode from, SimulatedNode to) {
		return this.network.links().between(from, to).latencyNanos(this.random);
	}

	/** The connection request is at the server. */
	private void accept(long nowNanos, Stream stream) {
		@Nullable SimulatedNode server = this.hosts.resident(stream.serverHost);
		if (server == null) {
			push(stream.startedNanos + this.connectTimeoutNanos, stream, STEP_CONNECT, 1);
			return;
		}
		long backNanos = nowNanos + latencyNanos(server, stream.client);
		if (!server.isRunning() || server.refusesStreams()) {
			push(backNanos, stream, STEP_REFUSED, 0);
		}
		else if (!makesRoom(nowNanos, server)) {
			push(backNanos, stream, STEP_BROKEN, 0);
		}
		else {
			stream.serverEpoch = server.epoch();
			server.inbound().add(stream);
			push(backNanos, stream, STEP_OPEN, 0);
		}
	}

	/**
	 * Whether a process may have one more stream; gives up the one unused for longest.
	 */
	private boolean makesRoom(long nowNanos, SimulatedNode node) {
		if (node.streams().size() + node.inbound().size() < this.connectionsMax) {
			return true;
		}
		Stream quietest = quieter(nowNanos, node.inbound(), quieter(nowNanos, node.streams(), null));
		if (quietest == null) {
			return false;
		}
		close(quietest);
		return true;
	}

	private static @Nullable Stream quieter(long nowNanos, List<Stream> candidates, @Nullable Stream best) {
		Stream quietest = best;
		for (Stream stream : candidates) {
			long quietNanos = stream.answered ? ANSWERED_NANOS : QUIET_NANOS;
			// Only the event of its idle timeout knows a stream on which nothing is under
			// way.
			boolean quiet = stream.phase == Stream.Phase.OPEN && stream.eventsPending <= 1
					&& nowNanos - stream.usedNanos >= quietNanos;
			if (quiet && (quietest == null || stream.usedNanos < quietest.usedNanos)) {
				quietest = stream;
			}
		}
		return quietest;
	}

	private void opened(long nowNanos, Stream stream) {
		stream.phase = Stream.Phase.OPEN;
		stream.usedNanos = nowNanos;
		push(nowNanos + this.idleTimeoutNanos, stream, STEP_IDLE, 0);
		while (!stream.waiting.isEmpty()) {
			transmit(nowNanos, stream, Stream.FROM_CLIENT, stream.waiting.remove());
		}
	}

	private void transmit(long nowNanos, Stream stream, int direction, int packet) {
		stream.usedNanos = nowNanos;
		stream.answered = direction == Stream.FROM_SERVER;
		@Nullable SimulatedNode server = this.hosts.resident(stream.serverHost);
		int length = this.packets.length(packet);
		long arrives = nowNanos + RETRANSMISSION_NANOS;
		if (server != null) {
			SimulatedNode from = (direction == Stream.FROM_CLIENT) ? stream.client : server;
			SimulatedNode to = (direction == Stream.FROM_CLIENT) ? server : stream.client;
			Link link = this.network.links().between(from, to);
			long departs = stream.departure(direction, nowNanos, link.transmissionNanos(length));
			arrives = departs + link.latencyNanos(this.random) + retransmissionNanos(link.loss, length);
		}
		pushFrame(stream.arrival(direction, arrives), stream, direction, packet, 0);
	}

	/** The delay by the segment of a frame that is lost most often in a row. */
	private long retransmissionNanos(double loss, int length) {
		if (loss == 0) {
			return 0;
		}
		int worst = 0;
		for (int sent = 0; sent <= length; sent += SEGMENT_BYTES) {
			int losses = 0;
			while (losses < RETRANSMISSIONS_MAX && this.random.chance(loss)) {
				losses++;
			}
			worst = Math.max(worst, losses);
		}
		return ((1L << worst) - 1) * RETRANSMISSION_NANOS;
	}

	/** Takes the event that the heap gave last. */
	void onStreamEvent(long nowNanos) {
		Stream stream = stream((int) this.events.value());
		int step = this.events.argument() & 0xFF;
		int attempt = this.events.argument() >>> 8;
		stream.eventsPending--;
		if (stream.phase == Stream.Phase.CLOSED) {
			forgetIfDone(stream);
			return;
		}
		switch (step) {
			case STEP_CONNECT -> connect(nowNanos, stream, attempt);
			case STEP_SYN -> accept(nowNanos, stream);
			case STEP_OPEN -> opened(nowNanos, stream);
			case STEP_REFUSED -> fail(nowNanos, stream, UnreachableReason.REFUSED);
			case STEP_BROKEN -> fail(nowNanos, stream, UnreachableReason.BROKEN);
			default -> idle(nowNanos, stream);
		}
	}

	private void idle(long nowNanos, Stream stream) {
		long idleAtNanos = stream.usedNanos + this.idleTimeoutNanos;
		if (idleAtNanos <= nowNanos && stream.eventsPending == 0) {
			close(stream);
		}
		else {
			push(Math.max(idleAtNanos, nowNanos + RETRANSMISSION_NANOS), stream, STEP_IDLE, 0);
		}
	}

	/**
	 * Takes the event that the heap gave last.
	 * @return whether the frame is to be delivered to the resident of the target host;
	 * otherwise its packet is no longer the caller's
	 */
	boolean onFrameEvent(long nowNanos) {
		Stream stream = stream((int) (this.events.value() >>> 1));
		int direction = (int) (this.events.value() & 1);
		int attempt = this.events.argument();
		int packet = this.events.packet();
		stream.eventsPending--;
		if (stream.phase == Stream.Phase.CLOSED) {
			this.packets.release(packet);
			forgetIfDone(stream);
			return false;
		}
		if (stream.stalledNanos(direction) > nowNanos) {
			pushFrame(stream.stalledNanos(direction), stream, direction, packet, attempt);
			return false;
		}
		@Nullable SimulatedNode server = this.hosts.resident(stream.serverHost);
		if (server == null || isCut(stream, server, direction)) {
			stall(nowNanos, stream, direction, packet, attempt);
			return false;
		}
		if (!reachesProcess(stream, server, direction)) {
			this.packets.release(packet);
			breakStream(nowNanos, stream, direction);
			return false;
		}
		return true;
	}

	/** The address that the receiver of a frame sees, packed. */
	long source(long value) {
		Stream stream = stream((int) (value >>> 1));
		return this.hosts
			.packed(((value & 1) == Stream.FROM_CLIENT) ? stream.ephemeral : this.hosts.address(stream.serverHost));
	}

	private boolean isCut(Stream stream, SimulatedNode server, int direction) {
		SimulatedNode from = (direction == Stream.FROM_CLIENT) ? stream.client : server;
		SimulatedNode to = (direction == Stream.FROM_CLIENT) ? server : stream.client;
		return !to.isHostUp() || this.network.isBlocked(from.index(), to.index())
				|| this.network.links().between(from, to).loss >= 1;
	}

	private static boolean reachesProcess(Stream stream, SimulatedNode server, int direction) {
		return (direction == Stream.FROM_CLIENT) ? server.epoch() == stream.serverEpoch && server.isRunning()
				: stream.client.epoch() == stream.clientEpoch && stream.client.isRunning();
	}

	private void stall(long nowNanos, Stream stream, int direction, int packet, int attempt) {
		if (attempt >= RETRANSMISSIONS_MAX) {
			this.packets.release(packet);
			breakStream(nowNanos, stream, direction);
			return;
		}
		long againNanos = nowNanos + (RETRANSMISSION_NANOS << attempt);
		stream.stall(direction, againNanos);
		pushFrame(againNanos, stream, direction, packet, attempt + 1);
	}

	/** Ends a stream and tells the sender, if it is still the same process. */
	private void breakStream(long nowNanos, Stream stream, int direction) {
		@Nullable SimulatedNode server = this.hosts.resident(stream.serverHost);
		if (direction == Stream.FROM_CLIENT) {
			unreachable(nowNanos, stream.client, stream.clientEpoch, this.hosts.address(stream.serverHost),
					UnreachableReason.BROKEN);
		}
		else if (server != null) {
			unreachable(nowNanos, server, stream.serverEpoch, stream.ephemeral, UnreachableReason.BROKEN);
		}
		close(stream);
	}

	private void fail(long nowNanos, Stream stream, UnreachableReason why) {
		unreachable(nowNanos, stream.client, stream.clientEpoch,
				this.hosts.unpacked(((long) stream.serverHost << 16) | Hosts.PORT), why);
		close(stream);
	}

	private void unreachable(long atNanos, SimulatedNode node, int epoch, Address to, UnreachableReason why) {
		this.events.push(atNanos, EventKind.UNREACHABLE, node.index(), (epoch << 3) | why.ordinal(), PacketSlab.NONE,
				this.hosts.packed(to));
	}

	/** Ends a stream without a word. */
	void close(Stream stream) {
		@Nullable SimulatedNode server = this.hosts.resident(stream.serverHost);
		if (server != null) {
			server.inbound().remove(stream);
		}
		stream.phase = Stream.Phase.CLOSED;
		stream.client.streams().remove(stream);
		while (!stream.waiting.isEmpty()) {
			this.packets.release(stream.waiting.remove());
		}
		forgetIfDone(stream);
	}

	/** Ends all streams that a process has opened. */
	void closeAll(SimulatedNode client) {
		List<Stream> open = client.streams();
		while (!open.isEmpty()) {
			close(open.get(open.size() - 1));
		}
	}

	private void push(long atNanos, Stream stream, int step, int attempt) {
		stream.eventsPending++;
		this.events.push(atNanos, EventKind.STREAM, stream.client.index(), (attempt << 8) | step, PacketSlab.NONE,
				stream.id);
	}

	private void pushFrame(long atNanos, Stream stream, int direction, int packet, int attempt) {
		stream.eventsPending++;
		int target = (direction == Stream.FROM_CLIENT) ? stream.serverHost : stream.client.host();
		this.events.push(atNanos, EventKind.FRAME, target, attempt, packet, ((long) stream.id << 1) | direction);
	}

	private Stream stream(int id) {
		Stream stream = this.streams[id];
		if (stream == null) {
			throw new IllegalStateException("stream " + id + " is forgotten but has events");
		}
		return stream;
	}

	private int newId() {
		if (this.freeCount > 0) {
			return this.freeIds[--this.freeCount];
		}
		if (this.idCount == this.streams.length) {
			this.streams = Arrays.copyOf(this.streams, 2 * this.idCount);
			this.freeIds = Arrays.copyOf(this.freeIds, 2 * this.idCount);
		}
		return this.idCount++;
	}

	private void forgetIfDone(Stream stream) {
		if (stream.eventsPending == 0 && this.streams[stream.id] == stream) {
			this.streams[stream.id] = null;
			this.freeIds[this.freeCount++] = stream.id;
		}
	}

}
