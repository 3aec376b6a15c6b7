package io.gossip.protocol.engine;

import io.gossip.Address;
import io.gossip.Member;
import io.gossip.protocol.TrafficClass;
import io.gossip.protocol.membership.MembershipTable;
import io.gossip.protocol.rumor.MessageSink;
import io.gossip.protocol.rumor.RumorKind;
import io.gossip.protocol.rumor.RumorSink;
import io.gossip.protocol.wire.PacketEncoder;
import io.gossip.protocol.wire.WireLimits;

/**
 * The packets that this node sends: each starts with the header, carries what it is for,
 * and is filled up with rumors.
 */
class OutboundPackets implements RumorSink {

	/** What a sealed packet grows by; the budget leaves room for it. */
	static final int SEAL_BYTES = 0;

	/** A header with a view hash has 41 bytes or a few more. */
	private static final int HEADER_BYTES_MAX = 48;

	private final EngineState state;

	private final SelfRecord self;

	private final PacketEncoder encoder;

	private int budgetBytes;

	private long nowNanos;

	private long excludedId;

	/** Made once, because a reference to a method is an object. */
	private final MessageSink messageSink = this::acceptMessage;

	/** Whether messages of the application are written before news, in turns. */
	private boolean messagesFirst;

	private int messageLimitBytes;

	private int messagesWritten;

	/** What the messages of the application take of the datagram under way. */
	private int messageBytes;

	OutboundPackets(EngineState state, SelfRecord self, byte[] scratch) {
		this.state = state;
		this.self = self;
		this.encoder = new PacketEncoder(scratch, state.clusterId);
		this.budgetBytes = state.config.transport().datagramBudgetBytes() - SEAL_BYTES;
	}

	void budget(int bytes) {
		this.budgetBytes = Math.min(bytes, this.state.config.transport().datagramBudgetBytes()) - SEAL_BYTES;
	}

	/** How many bytes of messages a datagram has room for, whatever its header. */
	int roomBytes() {
		return this.budgetBytes - HEADER_BYTES_MAX;
	}

	/** The packet under way. */
	PacketEncoder encoder() {
		return this.encoder;
	}

	/** Starts a datagram and gives the encoder to add messages to. */
	PacketEncoder begin(long destination) {
		this.encoder.start(this.budgetBytes, destination, this.state.selfId, this.state.selfInstance,
				this.self.incarnation());
		return this.encoder;
	}

	/** Starts a datagram with the view hash in its header. */
	PacketEncoder beginWithHash(long destination) {
		PacketEncoder packet = begin(destination);
		packet.viewHash(this.state.table.viewHash());
		return packet;
	}

	/** Starts a frame, which may be larger than a datagram. */
	PacketEncoder beginFrame(long destination) {
		int bytes = Math.min(this.state.config.transport().frameBytesMax(), this.encoder.buffer().length);
		this.encoder.start(bytes, destination, this.state.selfId, this.state.selfInstance, this.self.incarnation());
		return this.encoder;
	}

	/**
	 * Fills the datagram of a probe up with rumors and sends it. What rides on it is
	 * granted and paid for like other news: a tick has so much less to send.
	 */
	void sendProbe(long now, Address to, long destination) {
		int bytes = this.encoder.length();
		boolean withNews = this.state.rumors.size() > 0 && this.state.budgets.grantsRumors(now);
		boolean withMessages = this.state.messages.size() > 0 && this.state.budgets.grantsMessages(now);
		fill(now, destination, withNews, withMessages);
		send(to, TrafficClass.PROBE);
		this.state.budgets.spendProbe(now, bytes);
		this.state.budgets.spendRiding(now, this.encoder.length() - bytes - this.messageBytes, this.messageBytes);
	}

	/** Sends the datagram as it is. */
	void send(Address to, TrafficClass trafficClass) {
		this.state.effects.sendDatagram(to, trafficClass, this.encoder.buffer(), 0, this.encoder.length());
		this.state.observer.onDatagramSent(trafficClass, this.encoder.length());
	}

	/** Sends the packet as a frame. */
	void sendFrame(Address to, TrafficClass trafficClass) {
		this.state.effects.sendFrame(to, trafficClass, this.encoder.buffer(), 0, this.encoder.length());
		this.state.observer.onFrameSent(trafficClass, this.encoder.length());
	}

	/**
	 * Sends a datagram of news, of messages of the application, or of both, each at its
	 * own expense; nothing if there is none that the member needs.
	 * @return how many of them were sent
	 */
	int sendRumors(long now, int slot, boolean withNews, boolean withMessages) {
		long destination = this.state.table.id(slot);
		begin(destination);
		int count = fill(now, destination, withNews, withMessages);
		if (count > 0) {
			send(this.state.table.member(slot).address(), TrafficClass.RUMOR);
			if (withNews) {
				this.state.budgets.spendRumors(now, this.encoder.length() - this.messageBytes);
				this.state.budgets.spendRiding(now, 0, this.messageBytes);
			}
			else {
				this.state.budgets.spendMessages(now, this.encoder.length());
			}
		}
		return count;
	}

	/**
	 * Sends the rumors that nobody was told yet to some members, all of them to each.
	 * @return how many rumors were sent
	 */
	int sendFreshRumors(long now, int[] slots, int count) {
		if (count == 0) {
			return 0;
		}
		begin(this.state.table.id(slots[0]));
		this.nowNanos = now;
		this.excludedId = 0;
		int written = this.state.rumors.drainFreshTo(this, count, this.state.sendsLimit());
		for (int i = 0; i < count && written > 0; i++) {
			this.encoder.redirect(this.state.table.id(slots[i]));
			sendNews(now, slots[i]);
		}
		return written;
	}

	private void sendNews(long now, int slot) {
		send(this.state.table.member(slot).address(), TrafficClass.RUMOR);
		this.state.budgets.spendRumors(now, this.encoder.length());
	}

	/** Sends the datagram at the expense of repair. */
	void sendBulk(long now, Address to) {
		sendBulk(now, to, false);
	}

	/**
	 * Sends the packet as a frame or a datagram, as it was begun, at the expense of
	 * repair.
	 */
	void sendBulk(long now, Address to, boolean overStream) {
		if (overStream) {
			sendFrame(to, TrafficClass.BULK);
		}
		else {
			send(to, TrafficClass.BULK);
		}
		this.state.budgets.spendBulk(now, this.encoder.length());
	}

	/**
	 * Sends the record of a member at the expense of repair: in a datagram if it fits,
	 * else over a stream.
	 */
	void sendRecord(long now, Address to, long destination, int slot, int ageMillis, boolean isHearsay) {
		Member member = this.state.table.member(slot);
		boolean fits = fitsDatagram(member);
		PacketEncoder packet = fits ? begin(destination) : beginFrame(destination);
		if (isHearsay) {
			packet.markHearsay();
		}
		record(slot, ageMillis);
		sendBulk(now, fits ? to : streamAddress(to, destination), !fits);
	}

	/** The source of a datagram is no address for streams; what a member tells is. */
	private Address streamAddress(Address source, long destination) {
		int slot = this.state.table.slotOf(destination);
		return (slot != MembershipTable.NO_SLOT) ? this.state.table.member(slot).address() : source;
	}

	/** Adds the record of a member to the packet. */
	boolean record(int slot, int ageMillis) {
		MembershipTable table = this.state.table;
		return this.encoder.record(table.member(slot), this.state.told(slot), table.incarnation(slot),
				table.instance(slot), ageMillis, this.state.suspicions.accuser(slot));
	}

	/** Adds the state of a member to the packet. */
	boolean liveness(int slot, long accuser, int ageMillis) {
		MembershipTable table = this.state.table;
		return this.encoder.liveness(table.id(slot), this.state.told(slot), table.incarnation(slot),
				table.instance(slot), ageMillis, accuser);
	}

	/** Adds the versions that are held of a member to the packet. */
	boolean versions(int slot) {
		MembershipTable table = this.state.table;
		Member member = table.member(slot);
		return this.encoder.versions(table.id(slot), this.state.told(slot), table.incarnation(slot),
				table.instance(slot), member.contentVersion(), member.instance());
	}

	private boolean refusal(int slot, long accuser, int ageMillis) {
		MembershipTable table = this.state.table;
		return this.encoder.refusal(table.id(slot), table.incarnation(slot), table.instance(slot), ageMillis, accuser);
	}

	/** Adds what is held of the receiver to the packet. */
	void correction(int slot) {
		MembershipTable table = this.state.table;
		this.encoder.correction(table.state(slot), table.incarnation(slot), table.instance(slot),
				table.member(slot).contentVersion());
	}

	private int fill(long now, long destination, boolean withNews, boolean withMessages) {
		this.nowNanos = now;
		this.excludedId = destination;
		this.messageBytes = 0;
		int sendsLimit = this.state.sendsLimit();
		boolean isNews = withNews && this.state.rumors.size() > 0;
		boolean isMessage = withMessages && this.state.messages.size() > 0;
		if (!isMessage) {
			return isNews ? this.state.rumors.drainTo(this, sendsLimit) : 0;
		}
		if (!isNews) {
			return fillMessages(this.encoder.remaining(), sendsLimit);
		}
		// In turns: of two packets one has room for a message, the other one for news.
		this.messagesFirst = !this.messagesFirst;
		if (this.messagesFirst) {
			int messages = fillMessages(this.encoder.remaining() / 2, sendsLimit);
			return messages + this.state.rumors.drainTo(this, sendsLimit);
		}
		int news = this.state.rumors.drainTo(this, sendsLimit);
		return news + fillMessages(this.encoder.remaining(), sendsLimit);
	}

	private int fillMessages(int bytes, int sendsLimit) {
		int start = this.encoder.length();
		this.messageLimitBytes = start + bytes;
		this.messagesWritten = 0;
		int count = this.state.messages.drainTo(this.messageSink, sendsLimit);
		this.messageBytes = this.encoder.length() - start;
		return count;
	}

	/**
	 * Sends the messages of the application that nobody was told yet to some members, in
	 * one datagram to each.
	 * @return how many messages were sent
	 */
	int sendFreshMessages(long now, int[] slots, int count) {
		if (count == 0) {
			return 0;
		}
		begin(this.state.table.id(slots[0]));
		this.nowNanos = now;
		this.excludedId = 0;
		this.messageLimitBytes = this.encoder.length() + this.encoder.remaining();
		this.messagesWritten = 0;
		int written = this.state.messages.drainFreshTo(this.messageSink, count, this.state.sendsLimit());
		for (int i = 0; i < count && written > 0; i++) {
			this.encoder.redirect(this.state.table.id(slots[i]));
			send(this.state.table.member(slots[i]).address(), TrafficClass.RUMOR);
			this.state.budgets.spendMessages(now, this.encoder.length());
		}
		return written;
	}

	private Verdict acceptMessage(long origin, int instance, int sequence, long bornNanos, byte[] body) {
		if (origin == this.excludedId) {
			return Verdict.SKIPPED;
		}
		// One is always taken, or a large one would wait for ever.
		if (this.messagesWritten > 0 && this.encoder.length() + body.length > this.messageLimitBytes) {
			return Verdict.FULL;
		}
		Verdict verdict = verdict(this.encoder.broadcast(origin, instance, sequence, ageMillis(bornNanos), body));
		this.messagesWritten += (verdict == Verdict.WRITTEN) ? 1 : 0;
		return verdict;
	}

	@Override
	public Verdict accept(int slot, RumorKind kind, long accuser, long bornNanos) {
		// The receiver knows best about itself; what is wrong is told by a correction.
		if (this.state.table.id(slot) == this.excludedId) {
			return Verdict.SKIPPED;
		}
		int ageMillis = ageMillis(bornNanos);
		if (kind == RumorKind.LIVENESS) {
			return verdict(this.state.suspicions.hasRefused(slot, accuser) ? refusal(slot, accuser, ageMillis)
					: liveness(slot, accuser, ageMillis));
		}
		if (kind == RumorKind.PAUSE) {
			return verdict(pause(slot));
		}
		Member member = this.state.table.member(slot);
		if (fitsDatagram(member)) {
			return verdict(record(slot, ageMillis));
		}
		return verdict(this.encoder.notice(member.id().value(), member.instance(), member.contentVersion()));
	}

	/** One that is over, or was made before a refutation, has nothing left of it. */
	private boolean pause(int slot) {
		MembershipTable table = this.state.table;
		long id = table.id(slot);
		int incarnation = table.incarnation(slot);
		if (!this.state.pauses.isAnnounced(id, incarnation, table.instance(slot))) {
			return this.encoder.pause(id, incarnation, table.instance(slot), 0, 0);
		}
		long leftMillis = (this.state.pauses.endNanos(id) - this.nowNanos) / 1_000_000;
		return this.encoder.pause(id, incarnation, table.instance(slot), this.state.pauses.number(id),
				(int) Math.min(Math.max(leftMillis, 0), WireLimits.AGE_MILLIS_MAX));
	}

	private static Verdict verdict(boolean written) {
		return written ? Verdict.WRITTEN : Verdict.FULL;
	}

	private boolean fitsDatagram(Member member) {
		return PacketEncoder.recordLengthMax(member) <= roomBytes();
	}

	private int ageMillis(long bornNanos) {
		// To the nearest, so that what is cut off does not add up over the hops.
		long millis = (this.nowNanos - bornNanos + 500_000) / 1_000_000;
		return (int) Math.min(Math.max(millis, 0), WireLimits.AGE_MILLIS_MAX);
	}

}
